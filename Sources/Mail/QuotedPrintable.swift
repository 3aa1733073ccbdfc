/// The encoding of RFC 2045 section 6.7: readable ASCII stays, lines have at most 76 bytes.
enum QuotedPrintable {
    /// Appends `text` with every line ending as CR LF, and one at the end.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        let source = Array(text.utf8)
        var index = 0
        var length = 0
        while index < source.count {
            let byte = source[index]
            index += 1
            if byte == 0x0D || byte == 0x0A {
                if byte == 0x0D, index < source.count, source[index] == 0x0A { index += 1 }
                bytes += "\r\n".utf8
                length = 0
                continue
            }
            let next = index < source.count ? source[index] : 0x0A
            let isLiteral = isLiteral(byte, isLastOfLine: next == 0x0D || next == 0x0A)
            let width = isLiteral ? 1 : 3
            if length + width > 75 {
                bytes += "=\r\n".utf8
                length = 0
            }
            length += width
            if isLiteral { bytes.append(byte) } else { escape(byte, to: &bytes) }
        }
        if length > 0 { bytes += "\r\n".utf8 }
    }

    /// Spaces and tabs at the end of a line get lost on the way.
    private static func isLiteral(_ byte: UInt8, isLastOfLine: Bool) -> Bool {
        switch byte {
        case 0x20, 0x09: !isLastOfLine
        case UInt8(ascii: "="): false
        default: (33...126).contains(byte)
        }
    }

    private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        bytes.append(UInt8(ascii: "="))
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 0x0F)])
    }
}
