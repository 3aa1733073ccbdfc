import HTTP
import Loop
import Testing

@Suite struct `Ending` {
    private let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func server(
        _ answer: @escaping @Sendable (Request) async throws -> Response
    ) throws -> Server {
        let server = Server(
            configuration: ServerConfiguration(), loops: try Loops.single.get(),
            responder: Answering(answer: answer),
            onRefused: { .text($0.rawValue, status: $0.status) })
        try server.start()
        return server
    }

    /// Stops a server from a loop that serves nothing here.
    private func stop(_ server: Server, grace: Int) throws -> Gate {
        let stopped = Gate()
        try Loops.shared.get().loops[0].start {
            await server.stop(grace: grace)
            stopped.open()
        }
        return stopped
    }

    @Test func `a request under way is finished and idle connections are closed`() async throws {
        let (started, finish) = (Gate(), Gate())
        let server = try server { _ in
            started.open()
            await finish.wait()
            return .text("done")
        }
        let idle = try Client(server.port)
        let busy = try Client(server.port)
        busy.send(get)
        await started.wait()
        let stopped = try stop(server, grace: 20)
        // The idle one's end tells that stopping has begun.
        #expect(idle.isEnded)
        #expect(throws: (any Error).self) { try Client(server.port) }
        finish.open()
        let reply = try busy.reply()
        #expect(reply.text == "done")
        #expect(reply["Connection"] == "close")
        #expect(busy.isEnded)
        await stopped.wait()
        #expect(server.connectionCount == 0)
    }

    @Test func `a request that outlasts the grace is cancelled`() async throws {
        let (started, cancelled) = (Gate(), Gate())
        let server = try server { _ in
            await withTaskCancellationHandler {
                started.open()
                await cancelled.wait()
            } onCancel: {
                cancelled.open()
            }
            return .text("late")
        }
        let client = try Client(server.port)
        client.send(get)
        await started.wait()
        let stopped = try stop(server, grace: 0)
        #expect(client.isEnded)
        await cancelled.wait()
        await stopped.wait()
    }

    @Test func `a client that goes away cancels its request`() async throws {
        let (started, cancelled) = (Gate(), Gate())
        try await withServer { _ in
            await withTaskCancellationHandler {
                started.open()
                await cancelled.wait()
            } onCancel: {
                cancelled.open()
            }
            return .text("late")
        } _: { server in
            var client: Client? = try Client(server.port)
            client?.send(get)
            await started.wait()
            client = nil
            await cancelled.wait()
        }
    }

    @Test func `a server that was stopped leaves its port free`() async throws {
        let first = try server { _ in .text("first") }
        let port = first.port
        await first.stop(grace: 1)
        var configuration = ServerConfiguration()
        configuration.port = port
        try await withServer(configuration) { _ in
            .text("second")
        } _: { server in
            let client = try Client(port)
            client.send(get)
            #expect(try client.reply().text == "second")
            #expect(server.port == port)
        }
    }
}
