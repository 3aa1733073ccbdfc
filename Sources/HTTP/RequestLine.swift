/// `method SP request-target SP HTTP/1.1 CRLF` (RFC 9112, 3), with single spaces.
struct RequestLine {
    /// No method that anyone uses is longer.
    private static let methodLimit = 32

    let method: Method
    let target: Range<Int>
    /// Where the first field begins.
    let end: Int

    init(_ bytes: [UInt8]) throws(Refusal) {
        var position = 0
        while position < bytes.count, ASCII.isToken(bytes[position]) { position += 1 }
        guard position > 0, position <= Self.methodLimit, position < bytes.count,
            bytes[position] == ASCII.space
        else { throw Self.fault(bytes, at: position) }
        method = Self.method(bytes[..<position])
        position += 1
        let start = position
        while position < bytes.count, bytes[position] > 32, bytes[position] < 127 { position += 1 }
        guard position > start, position < bytes.count, bytes[position] == ASCII.space else {
            throw Self.fault(bytes, at: position)
        }
        target = start..<position
        end = try Self.version(bytes, from: position + 1)
    }

    /// Where the line after the version begins.
    private static func version(_ bytes: [UInt8], from start: Int) throws(Refusal) -> Int {
        let end = start + 8
        guard end + 1 < bytes.count, bytes[start..<start + 5].elementsEqual("HTTP/".utf8),
            ASCII.isDigit(bytes[start + 5]), bytes[start + 6] == UInt8(ascii: "."),
            ASCII.isDigit(bytes[start + 7])
        else { throw .invalidRequestLine }
        guard bytes[end] == ASCII.carriageReturn else { throw fault(bytes, at: end) }
        guard bytes[end + 1] == ASCII.lineFeed else { throw .bareCarriageReturn }
        guard bytes[start + 5] == UInt8(ascii: "1"), bytes[start + 7] == UInt8(ascii: "1") else {
            throw .unsupportedVersion
        }
        return end + 2
    }

    private static func fault(_ bytes: [UInt8], at position: Int) -> Refusal {
        guard position + 1 < bytes.count else { return .invalidRequestLine }
        if bytes[position] == ASCII.carriageReturn, bytes[position + 1] != ASCII.lineFeed {
            return .bareCarriageReturn
        }
        let isControl = bytes[position] < 32 && bytes[position] != ASCII.carriageReturn
        return isControl || bytes[position] == 127 ? .controlCharacter : .invalidRequestLine
    }

    private static func method(_ token: ArraySlice<UInt8>) -> Method {
        if token.elementsEqual("GET".utf8) { return .get }
        return Method(String(decoding: token, as: UTF8.self))
    }
}
