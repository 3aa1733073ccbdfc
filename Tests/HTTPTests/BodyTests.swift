import Glibc
import HTTP
import Loop
import Testing

@Suite struct `Reading bodies` {
    @Test func `a declared length over the route's limit is refused before reading`() async throws {
        try await withServer { request in
            .text("\(try await request.body.collect(limit: 10).count)")
        } _: { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
            let reply = try client.reply()
            #expect(reply.status == 413)
            #expect(reply["Connection"] == "close")
            #expect(client.isEnded)
        }
    }

    @Test func `chunks over the route's limit are refused when they come`() async throws {
        try await withServer { request in
            .text("\(try await request.body.collect(limit: 4).count)")
        } _: { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n")
            #expect(try client.reply().status == 413)
        }
    }

    @Test func `chunks over the server's limit are refused on any route`() async throws {
        var configuration = ServerConfiguration()
        configuration.bodyLimit = 4
        try await withServer(configuration, answering: echo) { server in
            let client = try Client(server.port)
            client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n")
            #expect(try client.reply().status == 413)
        }
    }

    @Test func `a client that expects it is told to go on when the responder first reads`() async throws {
        try await withServer(answering: echo) { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n")
            #expect(try client.reply().status == 100)
            client.send("abc")
            let reply = try client.reply()
            #expect(reply.text == "POST / abc")
            #expect(reply["Connection"] == nil)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc")
            #expect(try client.reply().status == 200)
        }
    }

    @Test func `a client that expects it is not told to go on when the responder never reads`() async throws {
        try await withServer { _ in
            .text("no", status: 401)
        } _: { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            let reply = try client.reply()
            #expect(reply.status == 401)
            #expect(reply["Connection"] == "close")
            #expect(client.isEnded)
        }
    }

    @Test func `an unread body that is here already is dropped and the connection goes on`() async throws {
        try await withServer { _ in
            .text("no", status: 401)
        } _: { server in
            let client = try Client(server.port)
            for _ in 0..<2 {
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                let reply = try client.reply()
                #expect(reply.status == 401)
                #expect(reply["Connection"] == nil)
            }
        }
    }

    @Test func `a client that sends a body nobody reads still sees the answer`() async throws {
        try await withServer { _ in
            .text("no", status: 403)
        } _: { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")
            client.send([UInt8](repeating: 97, count: 8_000_000))
            let reply = try client.reply()
            #expect(reply.status == 403)
            #expect(reply["Connection"] == "close")
            client.finishSending()
            #expect(client.isEnded)
        }
    }

    @Test func `an upload streams to disk in flat memory`() async throws {
        let size = 200 << 20
        let path = "/tmp/http-upload-\(getpid())"
        defer { unlink(path) }
        let peak = Noted(0)
        try await withServer { request in
            let saved = try await request.body.save(to: path, limit: 1 << 30)
            peak.change { $0 = residentBytes() }
            return .text("\(saved)")
        } _: { server in
            let before = residentBytes()
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n")
            let piece = [UInt8](repeating: 97, count: 1 << 20)
            for _ in 0..<(size >> 20) { client.send(piece) }
            #expect(try client.reply().text == "\(size)")
            #expect(peak.value - before < 100 << 20)
        }
        var facts = stat()
        #expect(stat(path, &facts) == 0)
        #expect(facts.st_size == size)
        #expect(facts.st_mode & 0o777 == 0o600)
    }

    @Test func `an upload that breaks off leaves no file`() async throws {
        let path = "/tmp/http-broken-\(getpid())"
        let failure = Noted<HTTPError?>(nil)
        let done = Gate()
        try await withServer { request in
            defer { done.open() }
            do throws(HTTPError) {
                return .text("\(try await request.body.save(to: path, limit: 1 << 30))")
            } catch {
                failure.change { $0 = error }
                throw error
            }
        } _: { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            client.finishSending()
            await done.wait()
        }
        #expect(failure.value == .disconnected)
        #expect(access(path, F_OK) != 0)
    }
}

/// The memory that this process holds, in bytes.
func residentBytes() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY)
    defer { close(descriptor) }
    var text = [UInt8](repeating: 0, count: 200)
    let count = max(0, read(descriptor, &text, text.count))
    let words = String(decoding: text[..<count], as: UTF8.self).split(separator: " ")
    return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * 4096
}
