import HTTP
import Loop
import Synchronization
import Testing

/// Notes what the connection tells, and sends on its loop.
private final class Listening: EventSubscriber {
    let isOpen = Gate()
    let isClosed = Gate()
    private let stream = Mutex<EventStream?>(nil)

    func opened(_ stream: EventStream) {
        self.stream.withLock { $0 = stream }
        isOpen.open()
    }

    func closed() {
        stream.withLock { $0 = nil }
        isClosed.open()
    }

    func heartbeat() -> EventChunk { EventChunk(Array(": alive\n\n".utf8)) }

    /// Whether there was a stream to send to.
    func send(_ bytes: [UInt8], on loop: EventLoop) async -> Bool {
        await Task(executorPreference: loop) {
            guard let stream = self.stream.withLock({ $0 }) else { return false }
            stream.send(EventChunk(bytes))
            return true
        }.value
    }

    func end(on loop: EventLoop) async {
        await Task(executorPreference: loop) { self.stream.withLock { $0 }?.end() }.value
    }
}

@Suite struct `Event streams` {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func answer(_ listening: Listening) -> Response {
        Response(
            status: 200, headers: [(name: "Content-Type", value: "text/event-stream")],
            body: .events(listening))
    }

    private func withStream(
        _ configuration: ServerConfiguration = ServerConfiguration(), isNarrow: Bool = false,
        _ body: (Listening, EventLoop, Client?) async throws -> Void
    ) async throws {
        let listening = Listening()
        let loops = try Loops.single.get()
        try await withServer(configuration, loops: loops, answering: { _ in Self.answer(listening) }) {
            server in
            let client = try Client(
                server.port, receiveBuffer: isNarrow ? 4096 : nil, segment: isNarrow ? 536 : nil)
            client.send(Self.get)
            await listening.isOpen.wait()
            try await body(listening, loops.loops[0], client)
        }
    }

    @Test func `what is sent comes as it is sent, and an end is told`() async throws {
        try await withStream { listening, loop, client in
            let client = try #require(client)
            let head = try client.head()
            #expect(head["Transfer-Encoding"] == "chunked")
            #expect(head["Connection"] == "close")
            for text in ["data: 1\n\n", "data: 2\n\n"] {
                #expect(await listening.send(Array(text.utf8), on: loop))
                let size = try client.chunkSize()
                #expect(String(decoding: try client.take(size), as: UTF8.self) == text)
                _ = try client.take(2)
            }
            await listening.end(on: loop)
            #expect(try client.chunkSize() == 0)
            #expect(await listening.send([1], on: loop) == false)
        }
    }

    @Test func `a subscriber that does not read is cut off`() async throws {
        try await withStream(isNarrow: true) { listening, loop, client in
            let event = [UInt8](repeating: 97, count: 32_768)
            var sent = 0
            while await listening.send(event, on: loop) {
                sent += 1
                try #require(sent < 10_000)
            }
            await listening.isClosed.wait()
            #expect(sent > 1)
            _ = client
        }
    }

    @Test func `a client that lags a little gets a whole portion, and what comes behind it`() async throws {
        try await withStream(isNarrow: true) { listening, loop, client in
            let client = try #require(client)
            let portion = [UInt8](repeating: 97, count: 240_000)
            #expect(await listening.send(portion, on: loop))
            #expect(await listening.send(Array("data: 2\n\n".utf8), on: loop))
            _ = try client.head()
            #expect(try client.take(try client.chunkSize()) == portion)
            _ = try client.take(2)
            #expect(String(decoding: try client.take(try client.chunkSize()), as: UTF8.self) == "data: 2\n\n")
        }
    }

    @Test func `an end leaves out what still waits for the client`() async throws {
        try await withStream(isNarrow: true) { listening, loop, client in
            let client = try #require(client)
            #expect(await listening.send([UInt8](repeating: 97, count: 240_000), on: loop))
            await listening.end(on: loop)
            await listening.isClosed.wait()
            #expect(client.rest().count < 240_000)
        }
    }

    @Test func `a client that goes away is told of`() async throws {
        let listening = Listening()
        try await withServer(loops: try Loops.single.get(), answering: { _ in Self.answer(listening) }) {
            server in
            var client: Client? = try Client(server.port)
            client?.send(Self.get)
            await listening.isOpen.wait()
            client = nil
            await listening.isClosed.wait()
            #expect(client == nil)
        }
    }

    @Test func `silence is broken by heartbeats`() async throws {
        var configuration = ServerConfiguration()
        configuration.silence = 1
        try await withStream(configuration) { _, _, client in
            let client = try #require(client)
            _ = try client.head()
            for _ in 1...2 {
                let size = try client.chunkSize()
                #expect(String(decoding: try client.take(size), as: UTF8.self) == ": alive\n\n")
                _ = try client.take(2)
            }
        }
    }

    @Test func `a server that stops ends its streams at once`() async throws {
        let listening = Listening()
        let server = Server(
            configuration: ServerConfiguration(), loops: try Loops.single.get(),
            responder: Answering { _ in Self.answer(listening) },
            onRefused: { .text($0.rawValue, status: $0.status) })
        try server.start()
        let client = try Client(server.port)
        client.send(Self.get)
        await listening.isOpen.wait()
        let stopped = Gate()
        try Loops.shared.get().loops[0].start {
            await server.stop(grace: 20)
            stopped.open()
        }
        _ = try client.head()
        #expect(try client.chunkSize() == 0)
        await listening.isClosed.wait()
        #expect(client.rest() == [13, 10])
        client.finishSending()
        await stopped.wait()
    }

    @Test func `a HEAD gets the head alone`() async throws {
        let listening = Listening()
        try await withServer(answering: { _ in Self.answer(listening) }) { server in
            let client = try Client(server.port)
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply(toHead: true)["Content-Type"] == "text/event-stream")
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply(toHead: true).status == 200)
        }
    }
}
