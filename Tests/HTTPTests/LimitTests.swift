import HTTP
import Loop
import Testing

@Suite struct `Bounds of time and number` {
    private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `a slow head is refused`() async throws {
        var configuration = ServerConfiguration()
        configuration.headTimeout = 200
        try await withServer(configuration, answering: echo) { server in
            let client = try Client(server.port)
            client.send("GET / HTTP/1.1\r\nHo")
            let reply = try client.reply()
            #expect(reply.status == 408)
            #expect(reply["Connection"] == "close")
            #expect(client.isEnded)
        }
    }

    @Test func `bytes that trickle in don't prolong a head's time`() async throws {
        var configuration = ServerConfiguration()
        configuration.headTimeout = 500
        try await withServer(configuration, answering: echo) { server in
            let client = try Client(server.port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n")
            // The client's own patience paces it: each wait for an answer ends without one.
            client.setPatience(milliseconds: 50)
            var trickled = 0
            while client.send("A: b\r\n"), !client.hasInput(), trickled < 80 { trickled += 1 }
            #expect(trickled < 80)
            #expect(try client.reply().status == 408)
        }
    }

    @Test func `an idle connection is closed without a word`() async throws {
        var configuration = ServerConfiguration()
        configuration.idleTimeout = 200
        try await withServer(configuration, answering: echo) { server in
            let fresh = try Client(server.port)
            let used = try Client(server.port)
            used.send(get)
            #expect(try used.reply().status == 200)
            #expect(fresh.isEnded)
            #expect(used.isEnded)
        }
    }

    @Test func `a body without progress is given up`() async throws {
        var configuration = ServerConfiguration()
        configuration.progressTimeout = 200
        try await withServer(configuration, answering: echo) { server in
            let client = try Client(server.port)
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
            let reply = try client.reply()
            #expect(reply.status == 408)
            #expect(reply["Connection"] == "close")
            #expect(client.isEnded)
        }
    }

    @Test func `a client that takes nothing stops the writer and is given up`() async throws {
        var configuration = ServerConfiguration()
        configuration.progressTimeout = 200
        let written = Noted(0)
        let done = Gate()
        try await withServer(configuration) { _ in
            Response(
                status: 200,
                body: .stream { writer in
                    defer { done.open() }
                    for _ in 0..<4096 {
                        try await writer.write([UInt8](repeating: 97, count: 65536))
                        written.change { $0 += 65536 }
                    }
                })
        } _: { server in
            let client = try Client(server.port, receiveBuffer: 4096)
            client.send(get)
            await done.wait()
            #expect(written.value < 32 << 20)
        }
    }

    @Test func `an answer that nobody takes is given up`() async throws {
        var configuration = ServerConfiguration()
        configuration.progressTimeout = 200
        try await withServer(configuration) { _ in
            Response(status: 200, body: .bytes([UInt8](repeating: 97, count: 16 << 20)))
        } _: { server in
            let client = try Client(server.port, receiveBuffer: 4096)
            client.send(get)
            _ = try client.head()
            client.awaitReset()
            #expect(client.rest().count < 16 << 20)
        }
    }

    @Test func `connections over the number in all are turned away while the others are served`() async throws
    {
        var configuration = ServerConfiguration()
        configuration.maximumConnections = 2
        try await turnsAway(configuration, beside: 2)
    }

    @Test func `connections over the number of one address are turned away likewise`() async throws {
        var configuration = ServerConfiguration()
        configuration.maximumConnectionsPerAddress = 1
        try await turnsAway(configuration, beside: 1)
    }

    /// Keeps so many connections busy and expects that one more is turned away, and no other.
    private func turnsAway(_ configuration: ServerConfiguration, beside count: Int) async throws {
        let begun = (1...count).map { _ in Gate() }
        let done = Gate()
        try await withServer(configuration, loops: try Loops.single.get()) { request in
            if let number = Int(request.segments[0]) { begun[number].open() }
            await done.wait()
            return .text("served")
        } _: { server in
            let clients = try begun.map { _ in try Client(server.port) }
            for (number, client) in clients.enumerated() {
                client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                await begun[number].wait()
            }
            let another = try Client(server.port)
            let reply = try another.reply()
            #expect(reply.status == 503)
            #expect(reply.text == "too_many_connections")
            done.open()
            for client in clients { #expect(try client.reply().text == "served") }
        }
    }
}
