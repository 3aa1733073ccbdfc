import Glibc
import Loop
import Synchronization
import TestKit

/// Stands between libpq and the server on a Unix socket, and cuts the wire when the server answers.
final class CuttingProxy: Sendable {
    let directory: String
    private let listener: Int32
    private let isCutting = Atomic<Bool>(false)

    init(to server: String) throws {
        directory = try TestFolder.make()
        listener = try Self.socket("\(directory)/.s.PGSQL.5432") { bind($0, $1, $2) }
        guard listen(listener, 64) == 0 else { throw LoopError.system("listen", errno) }
        _ = Thread { [self] in accept(server) }
    }

    func cutAnswers() { isCutting.store(true, ordering: .releasing) }

    func passAnswers() { isCutting.store(false, ordering: .releasing) }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        unlink("\(directory)/.s.PGSQL.5432")
    }

    private func accept(_ server: String) {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            guard let upstream = try? Self.socket(server, { connect($0, $1, $2) }) else {
                close(client)
                continue
            }
            _ = Thread { [self] in copy(client, to: upstream, isAnswer: false) }
            _ = Thread { [self] in copy(upstream, to: client, isAnswer: true) }
        }
    }

    private func copy(_ source: Int32, to sink: Int32, isAnswer: Bool) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &bytes, bytes.count)
            if count <= 0 || (isAnswer && isCutting.load(ordering: .acquiring)) { break }
            // Whoever reads the other end sees all of it or a closed socket.
            guard send(sink, bytes, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(sink, Int32(SHUT_RDWR))
    }

    private static func socket(
        _ path: String, _ open: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        let fd = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                open(fd, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw LoopError.system("socket", errno) }
        return fd
    }
}
