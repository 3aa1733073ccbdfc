extension JSONReader {
    /// Reads the string whose opening quote stands here.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return text(start..<(position - 1))
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            if byte < 0x20 { throw fault(byte == 0 ? .nulCharacter : .unexpected) }
            position += 1
        }
        throw fault(.unfinished)
    }

    /// The slow way, from the first backslash on.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var content = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try escape(into: &content)
            case 0..<0x20:
                throw fault(byte == 0 ? .nulCharacter : .unexpected)
            default:
                content.append(byte)
                position += 1
            }
        }
        throw fault(.unfinished)
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
        guard position + 1 < bytes.count else {
            position = bytes.count
            throw fault(.unfinished)
        }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""): content.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): content.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): content.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try scalar()
            content.append(contentsOf: String(Character(scalar)).utf8)
            return
        default: throw fault(.badEscape)
        }
        position += 2
    }

    /// Reads `\uXXXX` or a pair of them.
    private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
        let high = try codeUnit(at: position)
        guard high != 0 else { throw fault(.nulCharacter) }
        if let scalar = Unicode.Scalar(high) {
            position += 6
            return scalar
        }
        guard high < 0xDC00, position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"),
            bytes[position + 7] == UInt8(ascii: "u")
        else { throw fault(.badEscape) }
        let low = try codeUnit(at: position + 6)
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw fault(.badEscape) }
        position += 12
        return scalar
    }

    private func codeUnit(at offset: Int) throws(JSONError) -> UInt32 {
        guard offset + 6 <= bytes.count else { throw JSONError(offset: bytes.count, reason: .unfinished) }
        var value: UInt32 = 0
        for index in (offset + 2)..<(offset + 6) {
            guard let digit = Hex.value(of: bytes[index]) else { throw fault(.badEscape) }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
