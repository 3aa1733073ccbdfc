import Glibc
import HTTP
import Loop
import Testing

@Suite struct `Keeping connections` {
    private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `a connection is kept until the client asks to close`() async throws {
        try await withServer(answering: echo) { server in
            let client = try Client(server.port)
            for _ in 0..<3 {
                client.send(get)
                let reply = try client.reply()
                #expect(reply.status == 200)
                #expect(reply["Connection"] == nil)
                #expect(reply["Date"]?.hasSuffix(" GMT") == true)
            }
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Keep-Alive, Close\r\n\r\n")
            #expect(try client.reply()["Connection"] == "close")
            #expect(client.isEnded)
        }
    }

    @Test func `a responder can close the connection`() async throws {
        try await withServer { _ in
            Response(status: 200, headers: [(name: "connection", value: "close")])
        } _: { server in
            let client = try Client(server.port)
            client.send(get + get)
            let reply = try client.reply()
            #expect(reply["Connection"] == "close")
            #expect(reply["Content-Length"] == "0")
            #expect(client.isEnded)
        }
    }

    @Test func `a client that sends its request and closes its side is answered`() async throws {
        try await withServer(answering: echo) { server in
            let client = try Client(server.port)
            client.send(get + get)
            client.finishSending()
            #expect(try client.reply().status == 200)
            #expect(try client.reply().status == 200)
            #expect(client.isEnded)
        }
    }

    @Test func `HEAD is told the length and sent no body`() async throws {
        try await withServer { _ in
            .text("hello")
        } _: { server in
            let client = try Client(server.port)
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get)
            #expect(try client.reply(toHead: true)["Content-Length"] == "5")
            #expect(try client.reply().text == "hello")
        }
    }

    @Test(arguments: [204, 304])
    func `an answer without a body has no length`(_ status: Int) async throws {
        try await withServer { _ in
            Response(status: status, body: .bytes([1, 2, 3]))
        } _: { server in
            let client = try Client(server.port)
            client.send(get + get)
            for _ in 0..<2 {
                let reply = try client.reply()
                #expect(reply.status == status)
                #expect(reply["Content-Length"] == nil)
            }
        }
    }

    @Test(arguments: ["a\r\nSet-Cookie: b", "a\0", "a\nb"])
    func `an answer with a control character in a field is replaced`(_ value: String) async throws {
        try await withServer { _ in
            Response(status: 200, headers: [(name: "Location", value: value)], body: .bytes([1]))
        } _: { server in
            let client = try Client(server.port)
            client.send(get)
            let reply = try client.reply()
            #expect(reply.status == 500)
            #expect(reply.text == "invalid_response")
            #expect(reply["Location"] == nil && reply["Set-Cookie"] == nil)
        }
    }

    @Test func `framing fields of a responder are left out`() async throws {
        try await withServer { _ in
            let fields = [
                (name: "Content-Length", value: "99"), (name: "transfer-encoding", value: "chunked"),
            ]
            return Response(status: 200, headers: fields, body: .pieces([[97], [98, 99]]))
        } _: { server in
            let client = try Client(server.port)
            client.send(get)
            let reply = try client.reply()
            #expect(reply["Content-Length"] == "3")
            #expect(reply["Transfer-Encoding"] == nil)
            #expect(reply.text == "abc")
        }
    }

    @Test func `large answers arrive whole and in order`() async throws {
        let large = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try await withServer { request in
            request.path == "/pieces"
                ? Response(
                    status: 200,
                    body: .pieces([Array(large[..<7]), Array(large[7..<100_000]), Array(large[100_000...])]))
                : Response(status: 200, body: .bytes(large))
        } _: { server in
            let client = try Client(server.port, receiveBuffer: 4096)
            client.send("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n" + get)
            #expect(try client.reply().body == large)
            #expect(try client.reply().body == large)
        }
    }

    @Test func `IPv6 is served`() async throws {
        var configuration = ServerConfiguration()
        configuration.address = "::"
        try await withServer(configuration) { request in
            .text(request.remoteAddress)
        } _: { server in
            let client = try Client(server.port)
            client.send(get)
            #expect(try client.reply().text == "127.0.0.1")
        }
    }

    @Test func `an address that is none is told`() async throws {
        try await withServer(answering: echo) { server in
            var configuration = ServerConfiguration()
            configuration.address = "nowhere"
            let other = Server(
                configuration: configuration, loops: try Loops.shared.get(),
                responder: Answering(answer: echo),
                onRefused: { .text($0.rawValue, status: $0.status) })
            #expect(throws: ServerError.invalidAddress) { try other.start() }
            #expect(server.port > 0)
            #expect(other.port == 0)
        }
    }
}
