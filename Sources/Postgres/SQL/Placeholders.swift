/// Finds the `$n` of a statement, which are not those within quotes, comments and dollar-quoted bodies
/// (PostgreSQL manual, 4.1).
struct Placeholders {
    private let source: [UInt8]
    private var position = 0
    private var output: [UInt8] = []

    /// `text` with every `$n` become `$(n + offset)`.
    static func shifted(_ text: String, by offset: Int) -> String {
        var placeholders = Placeholders(text)
        placeholders.shift(by: offset)
        return String(decoding: placeholders.output, as: UTF8.self)
    }

    private init(_ text: String) {
        source = Array(text.utf8)
        output.reserveCapacity(source.count + 16)
    }

    private mutating func shift(by offset: Int) {
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: "'"): copyQuoted(UInt8(ascii: "'"), escapes: followsEscapePrefix)
            case UInt8(ascii: "\""): copyQuoted(UInt8(ascii: "\""), escapes: false)
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): copy(through: [UInt8(ascii: "\n")])
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): copyComment()
            case UInt8(ascii: "$") where !followsName: copyDollar(offset)
            default: copyByte()
            }
        }
    }

    private func peek(_ distance: Int) -> UInt8? {
        position + distance < source.count ? source[position + distance] : nil
    }

    private mutating func copyByte() {
        output.append(source[position])
        position += 1
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a)
    }

    /// A `$` within a name belongs to it.
    private var followsName: Bool {
        guard position > 0 else { return false }
        let before = source[position - 1]
        return Self.isNameStart(before) || Self.isDigit(before) || before == UInt8(ascii: "$")
    }

    /// `E'…'` knows backslashes.
    private var followsEscapePrefix: Bool {
        guard position > 0, source[position - 1] | 0x20 == UInt8(ascii: "e") else { return false }
        guard position > 1 else { return true }
        return !Self.isNameStart(source[position - 2]) && !Self.isDigit(source[position - 2])
    }

    private mutating func copyQuoted(_ quote: UInt8, escapes: Bool) {
        copyByte()
        while position < source.count {
            let byte = source[position]
            copyByte()
            if byte == quote { return }
            if escapes, byte == UInt8(ascii: "\\"), position < source.count { copyByte() }
        }
    }

    private mutating func copyComment() {
        var depth = 0
        repeat {
            if peek(0) == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                copyByte()
            } else if peek(0) == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                copyByte()
            }
            copyByte()
        } while depth > 0 && position < source.count
    }

    private mutating func copy(through end: [UInt8]) {
        while position < source.count {
            if source[position...].starts(with: end) {
                for _ in end { copyByte() }
                return
            }
            copyByte()
        }
    }

    /// `$12`, `$$body$$`, `$tag$body$tag$` or a lone sign.
    private mutating func copyDollar(_ offset: Int) {
        var end = position + 1
        while end < source.count, Self.isDigit(source[end]) { end += 1 }
        if end > position + 1, let number = Int(String(decoding: source[(position + 1)..<end], as: UTF8.self))
        {
            output.append(contentsOf: "$\(number + offset)".utf8)
            position = end
            return
        }
        while end < source.count, Self.isNameStart(source[end]) || Self.isDigit(source[end]) { end += 1 }
        guard end < source.count, source[end] == UInt8(ascii: "$") else { return copyByte() }
        let tag = Array(source[position...end])
        for _ in tag { copyByte() }
        copy(through: tag)
    }
}
