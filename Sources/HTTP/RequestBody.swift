internal import Loop

/// The bytes behind a request's head, read from the socket as they are asked for; a class because reading
/// uses them up. Call it on the loop that the responder was called on.
///
/// The connection checks that it is called on its loop.
public final class RequestBody: Sendable {
    /// The length that the head declares, 0 without a body, nil when it comes in chunks of unknown sum.
    public let declaredLength: Int64?
    private let connection: Connection?
    private let serial: UInt64

    /// The body of every request that has none.
    static let empty = RequestBody()

    init(of connection: Connection, serial: UInt64, declaredLength: Int64?) {
        self.connection = connection
        self.serial = serial
        self.declaredLength = declaredLength
    }

    private init() {
        connection = nil
        serial = 0
        declaredLength = 0
    }

    /// The next bytes, never none, at most 64 KiB; nil at the end.
    ///
    /// - Throws: `malformed`, `timedOut`, `disconnected`, or `tooLarge` over the server's own limit.
    public func next() async throws(HTTPError) -> [UInt8]? {
        guard let connection else { return nil }
        return try await connection.nextBody(serial)
    }

    /// All of it.
    ///
    /// - Throws: `tooLarge` over `limit` bytes, before reading when the length was declared; and as `next()`.
    public func collect(limit: Int) async throws(HTTPError) -> [UInt8] {
        try checkDeclared(Int64(limit))
        var all: [UInt8] = []
        while let chunk = try await next() {
            if all.isEmpty {
                all = chunk
                if let declaredLength, declaredLength > chunk.count {
                    all.reserveCapacity(Int(declaredLength))
                }
            } else {
                all.append(contentsOf: chunk)
            }
            guard all.count <= limit else { throw .tooLarge(limit: Int64(limit)) }
        }
        return all
    }

    /// Writes all of it to a new file that only this user may read, and gives its length in bytes.
    ///
    /// What was written is removed when it fails. The file isn't synced.
    /// - Throws: `tooLarge` over `limit` bytes, before reading when the length was declared; `storage`; and
    ///   as `next()`.
    public func save(to path: String, limit: Int64) async throws(HTTPError) -> Int64 {
        try checkDeclared(limit)
        return try await FileSink.save(to: path, limit: limit, pool: files) { () throws(HTTPError) in
            try await self.next()
        }
    }

    /// Where its files are written, off the loop.
    var files: BlockingPool? { connection?.home.files }

    func checkDeclared(_ limit: Int64) throws(HTTPError) {
        if let declaredLength, declaredLength > limit { throw .tooLarge(limit: limit) }
    }
}
