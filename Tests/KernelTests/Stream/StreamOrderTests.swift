import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// In which order changes are told whose transactions end in another one.
@Suite struct StreamOrderTests {
    private static let accounts = "?types=directory.account"

    /// Two accounts: the first is changed by a transaction that is still open, the second one behind it.
    private struct Setting {
        let platform: TestPlatform
        let company: Company
        let first: String
        let second: String
        /// Who heard all along.
        let hearer: EventReader
        let changing: MaintenanceConnection

        static func make() async throws -> Setting {
            let platform = try await ApiPlatform.shared.value
            let company = try await ApiPlatform.company()
            let first = try company.make("accounts", ["name": "First"])
            let second = try company.make("accounts", ["name": "Second"])
            let hearer = try EventReader(
                platform, token: company.admin.token, query: StreamOrderTests.accounts)
            try #require(hearer.awaitPlace())
            let changing = try MaintenanceConnection(platform.database.adminConnection)
            try changing.execute("begin")
            try changing.query("update directory.accounts set name = 'Open' where id = \(first)::uuid")
            let renamed = try company.send("PATCH", "accounts/\(second)", ["name": "Behind"])
            try #require(renamed.status == 200)
            return Setting(
                platform: platform, company: company, first: first, second: second, hearer: hearer,
                changing: changing)
        }

        /// Opens a stream, for which all that may be read is read first.
        func open(after place: String? = nil) throws -> EventReader {
            let stream = try EventReader(
                platform, token: company.admin.token, query: StreamOrderTests.accounts, after: place)
            try #require(stream.status == 200)
            if place == nil { try #require(stream.awaitPlace()) }
            return stream
        }

        func commit() throws { try changing.execute("commit") }

        /// The place of the second account's change, as if told at a moment.
        func place(at moment: Instant) throws -> String? {
            let rows = try platform.database.admin(
                """
                select o.xid::text, o.position
                from kernel.outbox as o
                where o.record_id = \(second)::uuid
                order by o.position desc
                limit 1
                """)
            let xid = try #require(rows[0, 0].flatMap { UInt64($0) })
            let position = try #require(rows.integer(0, 1))
            return platform.runtime.streams.seal.text(
                StreamPosition(xid: xid, position: position, at: moment))
        }
    }

    @Test func `nothing is told past a transaction that is still open, and nothing twice`() async throws {
        let setting = try await Setting.make()
        let before = try #require(setting.hearer.lastEventID)
        let streams = [setting.hearer, try setting.open(), try setting.open(after: before)]
        try setting.commit()
        let mark = try setting.company.make("accounts", ["name": "Mark"])
        for stream in streams {
            let events = try #require(stream.events(until: mark))
            #expect(events.map(\.record) == [setting.first, setting.second, mark])
        }
    }

    @Test func `what a process that is ahead has told is not told again`() async throws {
        let setting = try await Setting.make()
        let stream = try setting.open(after: try setting.place(at: .now()))
        try setting.commit()
        let mark = try setting.company.make("accounts", ["name": "Mark"])
        #expect(stream.events(until: mark)?.map(\.record) == [mark])
    }

    @Test func `a place that is ahead in order and behind in time is of another count`() async throws {
        let setting = try await Setting.make()
        let stream = try setting.open(after: try setting.place(at: Instant.now().adding(seconds: -20)))
        try setting.commit()
        let mark = try setting.company.make("accounts", ["name": "Mark"])
        let events = try #require(stream.events(until: mark))
        #expect(events.first?.name == "reset")
        #expect(events.dropFirst().map(\.record) == [setting.first, setting.second, mark])
    }
}
