import Glibc
import TestKit

/// A blocking client that sends exactly the bytes it is given.
final class Client {
    struct Reply: Equatable {
        var status = 0
        var fields: [String: String] = [:]
        var body: [UInt8] = []
        var text: String { String(decoding: body, as: UTF8.self) }
        subscript(name: String) -> String? { fields[name.lowercased()] }
    }

    enum Failure: Error { case ended, malformed(String) }

    private let socket: LoopbackSocket
    private var buffer: [UInt8] = []

    /// `receiveBuffer` makes the client's window small, so that a server soon has to wait; `segment` has the
    /// server's socket take as little at once as over a real network. `source` is the loopback address that it
    /// comes from.
    init(_ port: Int, source: String? = nil, receiveBuffer: Int32? = nil, segment: Int32? = nil) throws {
        // No test waits for ever.
        socket = try LoopbackSocket(port: port, from: source, patience: 20_000) { descriptor in
            if var receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, 4) }
            if var segment { setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_MAXSEG, &segment, 4) }
        }
    }

    /// Sends all; stops when the server has closed.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool { socket.send(bytes) }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// How long a read waits.
    func setPatience(milliseconds: Int) { socket.setPatience(milliseconds: milliseconds) }

    /// Waits for input as long as its patience lasts.
    func hasInput() -> Bool {
        var byte: UInt8 = 0
        return recv(socket.descriptor, &byte, 1, Int32(MSG_PEEK)) >= 0
    }

    /// Waits, without reading, until the server has broken the connection off.
    func awaitReset() {
        var watched = pollfd(fd: socket.descriptor, events: 0, revents: 0)
        poll(&watched, 1, 20_000)
    }

    func finishSending() { shutdown(socket.descriptor, Int32(SHUT_WR)) }

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

    private func receive() -> Bool { socket.receive(into: &buffer) > 0 }
}
