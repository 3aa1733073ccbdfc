/// How the bytes of a text file become characters.
///
/// ISO-8859-15 can't be told from windows-1252 by its bytes, so it is never proposed.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"

    /// The byte order mark that announces the encoding; windows-1252 has none.
    var byteOrderMark: [UInt8] {
        switch self {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .windows1252: []
        }
    }

    /// The name by which iconv knows it; the ones with an explicit byte order leave a mark alone.
    var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .windows1252: "CP1252"
        }
    }

    /// How many bytes one unit that can't be decoded takes.
    var unitLength: Int { self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 1 }

    /// How many bytes of the original file stand behind these UTF-8 bytes, which end at a character's end.
    ///
    /// Exact also for what could not be decoded: each such unit became one U+FFFD.
    func originalLength(of text: UnsafeBufferPointer<UInt8>) -> Int {
        var length = 0
        switch self {
        case .utf8: return text.count
        case .windows1252:
            for byte in text where byte & 0xC0 != 0x80 { length += 1 }
        case .utf16LittleEndian, .utf16BigEndian:
            for byte in text where byte & 0xC0 != 0x80 { length += byte >= 0xF0 ? 4 : 2 }
        }
        return length
    }
}
