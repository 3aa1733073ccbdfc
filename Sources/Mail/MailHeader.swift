internal import Wire

/// What may stand in a header, and how it gets there.
enum MailHeader {
    /// Headers that the message writes itself; `Content-` ones too.
    private static let own: Set<String> = [
        "date", "from", "to", "subject", "message-id", "mime-version", "bcc", "sender", "return-path",
    ]

    /// Whether a caller may set a header of this name: printable ASCII without a colon (RFC 5322 section
    /// 2.2).
    static func isFree(_ name: String) -> Bool {
        let small = name.lowercased()
        return !name.isEmpty && name.utf8.count <= 60
            && name.utf8.allSatisfy { (33...126).contains($0) && $0 != 0x3A }
            && !own.contains(small) && !small.hasPrefix("content-")
    }

    /// No controls, so no way to begin another header.
    static func isOneLine(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// Whether no word is longer than a line may be (998 bytes), once folded.
    static func isFoldable(_ value: String) -> Bool {
        needsEncoding(value) || value.utf8.split(separator: 0x20).allSatisfy { $0.count <= 900 }
    }

    /// Whether the text must become encoded words: it isn't ASCII, or would be taken for one.
    static func needsEncoding(_ value: String) -> Bool {
        value.utf8.contains { $0 >= 0x80 } || value.contains("=?")
    }

    /// A value of ASCII, folded before words where lines would pass 76 bytes; unfolding gives the very same
    /// text.
    static func folded(_ value: String, after used: Int) -> [UInt8] {
        var result: [UInt8] = []
        var length = used
        for piece in pieces(Array(value.utf8)) {
            // A line of nothing but spaces is not allowed.
            if length + piece.count > 76, !result.isEmpty, piece.contains(where: { $0 != 0x20 }) {
                result += "\r\n".utf8
                length = 0
            }
            result += piece
            length += piece.count
        }
        return result
    }

    /// Words, each with the spaces before it.
    private static func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        for index in bytes.indices.dropFirst() where bytes[index] == 0x20 && bytes[index - 1] != 0x20 {
            pieces.append(bytes[start..<index])
            start = index
        }
        pieces.append(bytes[start...])
        return pieces
    }

    /// Any text as encoded words of RFC 2047 in base 64, each at most 64 bytes and of whole characters, one a
    /// line.
    static func encodedWords(_ value: String) -> [UInt8] {
        var words: [String] = []
        var chunk: [UInt8] = []
        for scalar in value.unicodeScalars {
            let bytes = Array(String(Character(scalar)).utf8)
            if chunk.count + bytes.count > 39 {
                words.append("=?UTF-8?B?\(Base64.encode(chunk))?=")
                chunk = []
            }
            chunk += bytes
        }
        words.append("=?UTF-8?B?\(Base64.encode(chunk))?=")
        return Array(words.joined(separator: "\r\n ").utf8)
    }
}
