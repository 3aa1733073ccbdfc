internal import Glibc

/// A connection to a server on the loopback address, blocking, that sends and takes bytes as they are.
///
/// A class because it owns a socket; one is used by one thread at a time.
public final class LoopbackSocket {
    /// For what the tests of connections alone do with it.
    public let descriptor: Int32

    /// Connects; waits for answers at most so many milliseconds, two minutes by default.
    ///
    /// `source` is the loopback address that it comes from; `options` are set before it connects.
    public init(
        port: Int, from source: String? = nil, patience: Int = 120_000, options: (Int32) -> Void = { _ in }
    ) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw APIClientError.connection(errno) }
        setPatience(milliseconds: patience)
        options(descriptor)
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        if let source { try Self.with(source, 0) { bind(descriptor, $0, $1) } }
        try Self.with("127.0.0.1", port) { connect(descriptor, $0, $1) }
    }

    deinit { close(descriptor) }

    /// Whether nobody listens on a port.
    public static func isFree(port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        return (try? with("127.0.0.1", port) { bind(descriptor, $0, $1) }) != nil
    }

    /// How long a read waits.
    public func setPatience(milliseconds: Int) {
        var patience = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Sends all; false when the server has closed before.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Waits for bytes and puts them behind those in the buffer: how many came, 0 at the connection's end, a
    /// negative number with the reason in `errno` where none came in time.
    public func receive(into buffer: inout [UInt8]) -> Int {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &piece, piece.count, 0)
        if count > 0 { buffer += piece[..<count] }
        return count
    }

    private static func with(
        _ address: String, _ port: Int, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(UInt16(port)).bigEndian
        inet_pton(AF_INET, address, &name.sin_addr)
        let status = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw APIClientError.connection(errno) }
    }
}
