import Postgres
import Synchronization
import Testing

@Suite struct ListenTests {
    /// What a listener has been told, in order.
    private enum Told: Equatable, Sendable {
        case trust(Bool)
        case notification(String, String)
    }

    @Test func `notifications arrive, and a lost connection is told and mended`() async throws {
        let (stream, heard) = AsyncStream.makeStream(of: Told.self)
        try await PostgresFixture.run(loops: 1) { fixture in
            fixture.database.listen(channels: ["one", "Two words"]) { channel, payload in
                heard.yield(.notification(channel, payload))
            } onTrust: { isTrusted in
                heard.yield(.trust(isTrusted))
            }
            var told = stream.makeAsyncIterator()
            #expect(await told.next() == .trust(true))
            try fixture.maintenance.execute("notify one, 'a'; notify \"Two words\", 'b'; notify three")
            #expect(await told.next() == .notification("one", "a"))
            #expect(await told.next() == .notification("Two words", "b"))
            for _ in 0..<2 {
                try fixture.terminateConnections()
                #expect(await told.next() == .trust(false))
                #expect(await told.next() == .trust(true))
                try fixture.maintenance.execute("notify one, 'again'")
                #expect(await told.next() == .notification("one", "again"))
            }
        }
    }
}
