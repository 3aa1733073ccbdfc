/// One pass over the bytes of a document, after their UTF-8 is checked.
struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    private let limits: JSONLimits

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSON {
        if let offset = UTF8Text.firstInvalid(in: bytes) {
            throw JSONError(offset: offset, reason: .invalidUTF8)
        }
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw fault(.trailing) }
        return value
    }

    func fault(_ reason: JSONError.Reason) -> JSONError {
        JSONError(offset: min(position, bytes.count), reason: reason)
    }

    /// For a byte that isn't what must stand here.
    private var missing: JSONError {
        fault(position < bytes.count ? .unexpected : .unfinished)
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        skipSpace()
        guard position < bytes.count else { throw fault(.unfinished) }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw fault(.unexpected)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= limits.depth else { throw fault(.tooDeep) }
        position += 1
        var object = JSONObject()
        skipSpace()
        if take(UInt8(ascii: "}")) { return object }
        object.reserve(8)
        while true {
            skipSpace()
            let start = position
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw missing }
            let key = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw missing }
            guard object.append(key, try value(depth: depth)) else {
                throw JSONError(offset: start, reason: .duplicateKey)
            }
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw missing }
            return object
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSON] {
        guard depth <= limits.depth else { throw fault(.tooDeep) }
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw missing }
            return elements
        }
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        guard let end = JSONNumber.end(in: bytes, from: position), end - position <= limits.numberLength
        else {
            throw fault(.badNumber)
        }
        // A digit, sign or point right after the grammar's end, as in 01 or 1.2.3, belongs to a broken
        // number.
        if end < bytes.count, [0x2B, 0x2D, 0x2E].contains(bytes[end]) || bytes[end] &- 0x30 < 10 {
            throw fault(.badNumber)
        }
        let text = text(position..<end)
        position = end
        return JSONNumber(checked: text)
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for index in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[index]) else { throw missing }
        }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}
