/// Where a streamed answer is written; a class because writing changes the connection. Call it on the loop
/// that the stream's closure was called on; the connection checks that.
public final class ResponseWriter: Sendable {
    private let connection: Connection
    private let serial: UInt64

    init(_ connection: Connection, serial: UInt64) {
        self.connection = connection
        self.serial = serial
    }

    /// Sends bytes as one chunk and returns when the system has taken them, so that a slow client slows the
    /// writer.
    ///
    /// - Throws: `disconnected` when the client has gone or took no byte for too long; stop then.
    public func write(_ bytes: [UInt8]) async throws(HTTPError) {
        try await connection.writeChunk(bytes, serial)
    }

    /// Sends the head at once, before there is a first chunk.
    ///
    /// - Throws: `disconnected`.
    public func sendHead() async throws(HTTPError) {
        try await connection.writeChunk([], serial)
    }
}
