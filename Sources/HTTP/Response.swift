/// An answer. The server adds Date, Content-Length or Transfer-Encoding, and Connection.
public struct Response: Sendable {
    /// Between 200 and 599.
    public var status: Int
    /// The fields in their order. Content-Length, Transfer-Encoding and Date are the server's and left out
    /// here; `Connection: close` closes the connection behind the answer.
    public var headers: [(name: String, value: String)]
    /// What follows the head; not sent for HEAD, 204 and 304, but its length is told for HEAD.
    public var body: Body

    /// The ways in which a body is at hand.
    public enum Body: Sendable {
        /// No bytes.
        case none
        /// All of it.
        case bytes([UInt8])
        /// All of it, in order, to spare the copy.
        case pieces([[UInt8]])
        /// `length` bytes of a file from `offset`, sent by the system without passing through this process.
        case file(OpenFile, offset: Int64, length: Int64)
        /// Chunks, as they are written; a throw after the first chunk breaks the connection off.
        case stream(@Sendable (ResponseWriter) async throws -> Void)
        /// Events, sent by whoever holds the stream for as long as the client stays; the task ends with the
        /// answer.
        case events(any EventSubscriber)
    }

    /// Makes an answer.
    public init(status: Int, headers: [(name: String, value: String)] = [], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A text in UTF-8, for tests and plain pages.
    public static func text(_ text: String, status: Int = 200) -> Response {
        Response(
            status: status, headers: [(name: "Content-Type", value: "text/plain; charset=utf-8")],
            body: .bytes(Array(text.utf8)))
    }

    /// The first value of a field, by its case-insensitive name.
    public func header(_ name: String) -> String? {
        headers.first { HeaderName.equals($0.name, name) }?.value
    }
}

extension Response.Body {
    /// A whole file.
    ///
    /// - Throws: `HTTPError.storage` when it can't be opened or is no plain file.
    public static func file(path: String) throws(HTTPError) -> Response.Body {
        let file = try OpenFile(path: path)
        return .file(file, offset: 0, length: file.size)
    }

    /// How many bytes there are; nil for a stream.
    var length: Int64? {
        switch self {
        case .none: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .pieces(let pieces): pieces.reduce(0) { $0 + Int64($1.count) }
        case .file(_, _, let length): length
        case .stream, .events: nil
        }
    }
}

enum HeaderName {
    static func equals(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        return one.utf8.elementsEqual(other.utf8) { ASCII.lowercased($0) == ASCII.lowercased($1) }
    }
}
