/// The fields of a head, and what those say that the server itself heeds (RFC 9112, 5 and 6).
struct FieldList {
    private(set) var fields: [HeaderField] = []
    private(set) var framing = RequestHead.Framing.none
    private(set) var mustClose = false
    private(set) var expectsContinue = false
    private(set) var host = 0..<0
    private var isChunked = false
    private var length: Int64?

    init(_ bytes: [UInt8], from start: Int, limit: Int) throws(Refusal) {
        fields.reserveCapacity(12)
        var position = start
        while position + 2 < bytes.count {
            guard fields.count < limit else { throw .headTooLarge }
            let (field, next) = try Self.field(bytes, from: position)
            fields.append(field)
            try heed(field, in: bytes)
            position = next
        }
        guard position + 2 == bytes.count, bytes[position] == ASCII.carriageReturn else {
            throw .invalidHeaderName
        }
        guard !host.isEmpty else { throw .missingHost }
        if isChunked, length != nil { throw .ambiguousLength }
        framing = isChunked ? .chunked : length.map { $0 == 0 ? .none : .length($0) } ?? .none
    }

    /// One line, and where the next begins.
    static func field(_ bytes: [UInt8], from start: Int) throws(Refusal) -> (field: HeaderField, next: Int) {
        guard !ASCII.isBlank(bytes[start]) else { throw .foldedLine }
        var position = start
        while position < bytes.count, ASCII.isToken(bytes[position]) { position += 1 }
        guard position > start, position < bytes.count, bytes[position] == ASCII.colon else {
            throw fault(bytes, at: position, otherwise: .invalidHeaderName)
        }
        let nameEnd = position
        position += 1
        while position < bytes.count, ASCII.isBlank(bytes[position]) { position += 1 }
        let valueStart = position
        while position < bytes.count, ASCII.isFieldContent(bytes[position]) { position += 1 }
        guard position + 1 < bytes.count, bytes[position] == ASCII.carriageReturn,
            bytes[position + 1] == ASCII.lineFeed
        else { throw fault(bytes, at: position, otherwise: .controlCharacter) }
        var valueEnd = position
        while valueEnd > valueStart, ASCII.isBlank(bytes[valueEnd - 1]) { valueEnd -= 1 }
        let field = HeaderField(
            nameStart: UInt16(start), nameEnd: UInt16(nameEnd), valueStart: UInt16(valueStart),
            valueEnd: UInt16(valueEnd))
        return (field, position + 2)
    }

    private static func fault(_ bytes: [UInt8], at position: Int, otherwise: Refusal) -> Refusal {
        guard position + 1 < bytes.count else { return otherwise }
        if bytes[position] == ASCII.carriageReturn, bytes[position + 1] != ASCII.lineFeed {
            return .bareCarriageReturn
        }
        let isControl = bytes[position] < 32 && bytes[position] != ASCII.carriageReturn
        return isControl && bytes[position] != ASCII.tab ? .controlCharacter : otherwise
    }

    private mutating func heed(_ field: HeaderField, in bytes: [UInt8]) throws(Refusal) {
        switch field.name.count {
        case 4 where Self.equals(bytes[field.name], "host"): try heedHost(field.value, in: bytes)
        case 6 where Self.equals(bytes[field.name], "expect"):
            guard Self.equals(bytes[field.value], "100-continue") else { throw .unsupportedExpectation }
            expectsContinue = true
        case 10 where Self.equals(bytes[field.name], "connection"):
            for option in bytes[field.value].split(separator: UInt8(ascii: ",")) {
                let name = option.drop(while: ASCII.isBlank)
                if name.count >= 5, Self.equals(name.prefix(5), "close"),
                    name.dropFirst(5).allSatisfy(ASCII.isBlank)
                {
                    mustClose = true
                }
            }
        case 14 where Self.equals(bytes[field.name], "content-length"):
            guard length == nil else { throw .ambiguousLength }
            length = try Self.length(bytes[field.value])
        case 17 where Self.equals(bytes[field.name], "transfer-encoding"):
            guard !isChunked else { throw .repeatedCoding }
            guard Self.equals(bytes[field.value], "chunked") else { throw .unsupportedCoding }
            isChunked = true
        default: break
        }
    }

    private mutating func heedHost(_ value: Range<Int>, in bytes: [UInt8]) throws(Refusal) {
        guard host.isEmpty else { throw .repeatedHost }
        guard !value.isEmpty else { throw .missingHost }
        guard bytes[value].allSatisfy(RequestTarget.isHostByte) else { throw .invalidHost }
        host = value
    }

    /// Digits only, at most 18 of them.
    private static func length(_ digits: ArraySlice<UInt8>) throws(Refusal) -> Int64 {
        guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy(ASCII.isDigit) else {
            throw .invalidLength
        }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    /// Whether the bytes are `word`, which is in lower case.
    static func equals(_ bytes: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        var position = 0
        for byte in bytes {
            guard ASCII.lowercased(byte) == word.utf8Start[position] else { return false }
            position += 1
        }
        return true
    }
}
