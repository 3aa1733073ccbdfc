import CLinux
import Glibc

/// A blocking client that sends exactly the bytes it is given.
final class Client {
    struct Reply: Equatable {
        var status = 0
        var fields: [String: String] = [:]
        var body: [UInt8] = []
        var text: String { String(decoding: body, as: UTF8.self) }
        subscript(name: String) -> String? { fields[name.lowercased()] }
    }

    enum Failure: Error { case connect(Int32), ended, malformed(String) }

    let socket: Int32
    private var buffer: [UInt8] = []

    /// `receiveBuffer` makes the client's window small, so that a server soon has to wait; `segment` has the
    /// server's socket take as little at once as over a real network. `source` is the loopback address that it
    /// comes from.
    init(
        _ port: Int, address: String = "127.0.0.1", source: String? = nil, receiveBuffer: Int32? = nil,
        segment: Int32? = nil
    ) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        // No test waits for ever.
        setPatience(milliseconds: 20_000)
        if var receiveBuffer { setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
        if var segment { setsockopt(socket, Int32(IPPROTO_TCP), TCP_MAXSEG, &segment, 4) }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        if let source { try bind(to: source) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = UInt16(port).bigEndian
        inet_pton(AF_INET, address, &name.sin_addr)
        let outcome = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw Failure.connect(errno) }
    }

    deinit { close(socket) }

    private func bind(to source: String) throws {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, source, &name.sin_addr)
        let outcome = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard outcome == 0 else { throw Failure.connect(errno) }
    }

    /// Sends all; stops when the server has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// How long a read waits.
    func setPatience(milliseconds: Int) {
        var patience = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Waits for input as long as its patience lasts.
    func hasInput() -> Bool {
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, Int32(MSG_PEEK)) >= 0
    }

    /// Waits, without reading, until the server has broken the connection off.
    func awaitReset() {
        var watched = pollfd(fd: socket, events: 0, revents: 0)
        poll(&watched, 1, 20_000)
    }

    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// One reply, its body read by its framing.
    func reply(toHead isHead: Bool = false) throws -> Reply {
        var reply = try head()
        if isHead || reply.status == 204 || reply.status == 304 || reply.status == 100 { return reply }
        if reply["Transfer-Encoding"] == "chunked" {
            while case let size = try chunkSize(), size > 0 {
                reply.body += try take(size)
                guard try line().isEmpty else { throw Failure.malformed("chunk") }
            }
            guard try line().isEmpty else { throw Failure.malformed("trailer") }
        } else {
            guard let length = reply["Content-Length"].flatMap({ Int($0) }) else {
                throw Failure.malformed("length")
            }
            reply.body = try take(length)
        }
        return reply
    }

    func head() throws -> Reply {
        let words = try line().split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw Failure.malformed("status line")
        }
        var reply = Reply(status: status)
        while case let field = try line(), !field.isEmpty {
            let parts = field.split(separator: ":", maxSplits: 1)
            reply.fields[parts[0].lowercased()] = String(parts[1].dropFirst())
        }
        return reply
    }

    func chunkSize() throws -> Int {
        guard let size = Int(try line(), radix: 16) else { throw Failure.malformed("chunk size") }
        return size
    }

    func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { guard receive() else { throw Failure.ended } }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    /// What comes until the server closes.
    func rest() -> [UInt8] {
        while receive() {}
        defer { buffer = [] }
        return buffer
    }

    /// Whether the server has closed, with nothing more to read.
    var isEnded: Bool { rest().isEmpty }

    private func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeFirst(end + 1) }
                guard end > 0, buffer[end - 1] == UInt8(ascii: "\r") else { throw Failure.malformed("line") }
                return String(decoding: buffer[..<(end - 1)], as: UTF8.self)
            }
            guard receive() else { throw Failure.ended }
        }
    }

    private func receive() -> Bool {
        var piece = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &piece, piece.count, 0)
        guard count > 0 else { return false }
        buffer += piece[..<count]
        return true
    }
}
