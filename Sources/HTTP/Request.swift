/// A request whose head has been read and found well-formed.
public struct Request: Sendable {
    let head: RequestHead
    /// What follows the head; read it on the loop that the responder was called on.
    public let body: RequestBody
    /// The client's address without the port, `192.0.2.1` or `2001:db8::1`; behind a trusted proxy what
    /// that one says, behind any other the proxy's.
    public let remoteAddress: String
    /// When the head was complete, in microseconds of `Monotonic.microseconds()`.
    public let receivedAt: Int64

    /// The method.
    public var method: Method { head.method }
    /// The target as it was sent: path and query, or a whole address, or `*`.
    public var target: String { head.text(head.target) }
    /// The path as it was sent, before the question mark, its escapes kept.
    public var path: String { head.text(head.path) }
    /// The path's segments with their escapes decoded: `/a%2Fb/c` is `["a/b", "c"]`, `/` is `[]`.
    ///
    /// A trailing slash is an empty last segment. `.` and `..` are plain data: never join them to a file's
    /// path.
    public var segments: [String] { head.segments }
    /// What stands behind the question mark, its escapes kept; nil without one.
    public var rawQuery: String? { head.query.map { head.text($0) } }
    /// The fields of the head.
    public var headers: Headers { Headers(bytes: head.bytes, fields: head.fields) }
    /// Whether the client is ready to send another request on the connection.
    public var isKeepAlive: Bool { head.isKeepAlive }

    /// The query's pairs in their order, decoded: `+` is a space, a name without `=` has the value "".
    ///
    /// - Throws: `HTTPError.malformed(.invalidQuery)` for an invalid escape, invalid UTF-8 or NUL.
    public var query: [(name: String, value: String)] {
        get throws(HTTPError) {
            guard let range = head.query else { return [] }
            guard let pairs = Query.pairs(head.bytes[range]) else { throw .malformed(.invalidQuery) }
            return pairs
        }
    }

    init(head: RequestHead, body: RequestBody, remoteAddress: String, receivedAt: Int64) {
        self.head = head
        self.body = body
        self.remoteAddress = remoteAddress
        self.receivedAt = receivedAt
    }
}
