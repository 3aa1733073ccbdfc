import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// What a process does about streams when there are none.
@Suite struct StreamRestTests {
    @Test func `behind the end nobody waits`() async throws {
        let platform = try await TestPlatform()
        let streams = platform.runtime.streams
        #expect(try await platform.onLoop { await streams.catchUp() })
        streams.stop()
        #expect(try await platform.onLoop { await streams.catchUp() } == false)
    }

    @Test func `while nobody hears the database is not asked, and who comes then hears`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rests")
        func sent() -> Int { platform.runtime.database.statistics().reduce(0) { $0 + $1.sent } }
        let before = sent()
        // What was under way may still come.
        #expect(try await Deadline.holds(within: 3500) { sent() > before + 2 } == false)
        let unheard = try company.make("accounts", ["name": "Unheard"])
        let stream = try EventReader(platform, token: company.admin.token)
        try #require(stream.awaitPlace())
        let heard = try company.make("accounts", ["name": "Heard"])
        #expect(stream.events(until: heard)?.contains { $0.record == unheard } == false)
    }
}
