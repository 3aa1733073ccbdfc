internal import CLinux
internal import Glibc

/// Why a server can't start.
public enum ServerError: Error, Sendable, Equatable {
    /// The address is no numeric IPv4 or IPv6 address, or the port is out of range.
    case invalidAddress
    /// The system call and its errno, such as `bind` and EADDRINUSE.
    case system(call: String, errno: Int32)
}

/// Makes the listening sockets: one for each loop, all on the same port (SO_REUSEPORT).
enum ListeningSocket {
    /// Connections that may wait to be accepted.
    static let backlog: Int32 = 4096

    /// Refuses a port that somebody listens on already: SO_REUSEPORT would share it with any other server of
    /// the same account, and each would get some of the other's requests.
    static func demandFree(address: String, port: Int) throws(ServerError) {
        guard port != 0 else { return }
        close(try bound(address: address, port: port, isShared: false))
    }

    /// A socket that listens, and its port.
    static func open(address: String, port: Int) throws(ServerError) -> (socket: Int32, port: Int) {
        let descriptor = try bound(address: address, port: port, isShared: true)
        do throws(ServerError) {
            guard listen(descriptor, backlog) == 0 else { throw .system(call: "listen", errno: errno) }
            return (descriptor, try boundPort(descriptor))
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func bound(address: String, port: Int, isShared: Bool) throws(ServerError) -> Int32 {
        guard let port = UInt16(exactly: port) else { throw .invalidAddress }
        let isVersion6 = address.utf8.contains(ASCII.colon)
        let family = isVersion6 ? AF_INET6 : AF_INET
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(family, kind, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        do throws(ServerError) {
            set(descriptor, SOL_SOCKET, SO_REUSEADDR)
            if isShared { set(descriptor, SOL_SOCKET, SO_REUSEPORT) }
            // Accepted sockets inherit it.
            set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
            if isVersion6 {
                try bind6(descriptor, address, port)
            } else {
                try bind4(descriptor, address, port)
            }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func bind4(_ descriptor: Int32, _ address: String, _ port: UInt16) throws(ServerError) {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        guard inet_pton(AF_INET, address, &name.sin_addr) == 1 else { throw .invalidAddress }
        try bind(descriptor, &name, MemoryLayout<sockaddr_in>.size)
    }

    private static func bind6(_ descriptor: Int32, _ address: String, _ port: UInt16) throws(ServerError) {
        var name = sockaddr_in6()
        name.sin6_family = sa_family_t(AF_INET6)
        name.sin6_port = port.bigEndian
        guard inet_pton(AF_INET6, address, &name.sin6_addr) == 1 else { throw .invalidAddress }
        try bind(descriptor, &name, MemoryLayout<sockaddr_in6>.size)
    }

    private static func bind(
        _ descriptor: Int32, _ name: UnsafeRawPointer, _ length: Int
    ) throws(ServerError) {
        let outcome = Glibc.bind(descriptor, name.assumingMemoryBound(to: sockaddr.self), socklen_t(length))
        guard outcome == 0 else { throw .system(call: "bind", errno: errno) }
    }

    private static func boundPort(_ descriptor: Int32) throws(ServerError) -> Int {
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let outcome = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard outcome == 0 else { throw .system(call: "getsockname", errno: errno) }
        // The port has the same place in both families.
        return withUnsafeBytes(of: &name) {
            Int(UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)))
        }
    }
}
