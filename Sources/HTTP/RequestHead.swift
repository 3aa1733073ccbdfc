/// A head as it was sent, and where its parts stand; a class so that a request is cheap to pass on.
final class RequestHead: Sendable {
    /// How the end of the body is told.
    enum Framing: Sendable, Equatable {
        case none
        case length(Int64)
        case chunked
    }

    let bytes: [UInt8]
    let fields: [HeaderField]
    let method: Method
    let target: Range<Int>
    let path: Range<Int>
    let query: Range<Int>?
    let segments: [String]
    let framing: Framing
    let isKeepAlive: Bool
    let expectsContinue: Bool

    init(bytes: [UInt8], line: RequestLine, target: RequestTarget, fields: FieldList) {
        self.bytes = bytes
        self.fields = fields.fields
        method = line.method
        self.target = line.target
        path = target.path
        query = target.query
        segments = target.segments
        framing = fields.framing
        isKeepAlive = !fields.mustClose
        expectsContinue = fields.expectsContinue && fields.framing != .none
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Reads a whole head, from the method to the empty line.
    static func parse(_ bytes: [UInt8], fieldLimit: Int) throws(Refusal) -> RequestHead {
        let line = try RequestLine(bytes)
        let fields = try FieldList(bytes, from: line.end, limit: fieldLimit)
        let target = try RequestTarget(bytes, line: line, host: fields.host)
        return RequestHead(bytes: bytes, line: line, target: target, fields: fields)
    }
}
