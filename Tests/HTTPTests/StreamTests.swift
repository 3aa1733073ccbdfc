import HTTP
import Testing

private struct Broken: Error {}

@Suite struct `Streaming answers` {
    private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `a stream arrives in chunks and the connection goes on`() async throws {
        try await withServer { _ in
            Response(
                status: 200, headers: [(name: "Content-Type", value: "text/csv")],
                body: .stream { writer in
                    for number in 0..<300 { try await writer.write(Array("line \(number)\n".utf8)) }
                    try await writer.write([])
                    try await writer.write([UInt8](repeating: 97, count: 3_000_000))
                })
        } _: { server in
            let client = try Client(server.port)
            client.send(get + get)
            for _ in 0..<2 {
                let reply = try client.reply()
                #expect(reply["Content-Type"] == "text/csv")
                #expect(reply["Content-Length"] == nil)
                #expect(reply.body.starts(with: "line 0\nline 1\n".utf8))
                #expect(
                    reply.body.count == 3_000_000 + (0..<300).reduce(0) { $0 + "line \($1)\n".utf8.count })
            }
        }
    }

    @Test func `an empty stream is an empty body`() async throws {
        try await withServer { _ in
            Response(status: 200, body: .stream { _ in })
        } _: { server in
            let client = try Client(server.port)
            client.send(get + get)
            #expect(try client.reply().body.isEmpty)
            #expect(try client.reply().body.isEmpty)
        }
    }

    @Test func `the head can be sent before the first chunk`() async throws {
        let more = Gate()
        try await withServer { _ in
            Response(
                status: 202,
                body: .stream { writer in
                    try await writer.sendHead()
                    await more.wait()
                    try await writer.write([97])
                })
        } _: { server in
            let client = try Client(server.port)
            client.send(get)
            #expect(try client.head().status == 202)
            more.open()
            #expect(try client.chunkSize() == 1)
        }
    }

    @Test func `a stream that fails before its first chunk is an error`() async throws {
        try await withServer { _ in
            Response(status: 200, body: .stream { _ in throw Broken() })
        } _: { server in
            let client = try Client(server.port)
            client.send(get)
            let reply = try client.reply()
            #expect(reply.status == 500)
            #expect(reply.text == "invalid_response")
        }
    }

    @Test func `a stream that fails later breaks the connection off without a last chunk`() async throws {
        try await withServer { _ in
            Response(
                status: 200,
                body: .stream { writer in
                    try await writer.write([97])
                    throw Broken()
                })
        } _: { server in
            let client = try Client(server.port)
            client.send(get)
            #expect(try client.head().status == 200)
            #expect(client.rest() == Array("1\r\na\r\n".utf8))
        }
    }

    @Test func `HEAD runs no stream`() async throws {
        let ran = Noted(false)
        try await withServer { _ in
            Response(status: 200, body: .stream { _ in ran.change { $0 = true } })
        } _: { server in
            let client = try Client(server.port)
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply(toHead: true).status == 200)
            client.finishSending()
            #expect(client.isEnded)
        }
        #expect(!ran.value)
    }

    @Test func `a body can be sent back while it comes`() async throws {
        try await withServer { request in
            Response(
                status: 200,
                body: .stream { writer in
                    while let chunk = try await request.body.next() { try await writer.write(chunk) }
                })
        } _: { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc")
            #expect(try client.head().status == 200)
            #expect(try client.chunkSize() == 3)
            #expect(try client.take(5) == Array("abc\r\n".utf8))
            client.send("def")
            #expect(try client.chunkSize() == 3)
        }
    }
}
