import Postgres
import Synchronization
import TestKit
import Testing
import Wire

@testable import Kernel

/// Tells one thread of another's end.
private final class End: Sendable {
    let isReached = Atomic<Bool>(false)
}

/// How much a client may have missed.
@Suite struct StreamReplayTests {
    /// So many changes of the organization, as an import leaves them.
    private func fill(_ count: Int, _ company: Company) async throws {
        _ = try await ApiPlatform.shared.value.database.admin(
            """
            insert into kernel.outbox (organization_id, event, record_id, record_version, actor_kind)
            select \(company.id)::uuid, 'directory.contact.created', gen_random_uuid(), 1, 'system'
            from generate_series(1, \(count)::integer)
            """)
    }

    private func stream(_ company: Company, after place: String? = nil) async throws -> EventReader {
        let stream = try await EventReader(
            ApiPlatform.shared.value, token: company.admin.token, after: place)
        try #require(stream.status == 200)
        if place == nil { try #require(stream.awaitPlace()) }
        return stream
    }

    private func isContact(_ event: EventReader.Event) -> Bool {
        event.data["type"] == "directory.contact"
    }

    @Test func `what an import wrote before the client left keeps it from nothing`() async throws {
        let company = try await ApiPlatform.company()
        try await fill(12_000, company)
        let place = try await stream(company).lastEventID
        let account = try company.make("accounts", ["name": "Bianchi"])
        let events = try #require(try await stream(company, after: place).events(until: account))
        #expect(!events.contains { $0.name == "reset" || isContact($0) })
    }

    @Test func `thousands of changes are told to one who comes again`() async throws {
        let company = try await ApiPlatform.company()
        let place = try await stream(company).lastEventID
        try await fill(3000, company)
        let account = try company.make("accounts", ["name": "Bianchi"])
        let events = try #require(try await stream(company, after: place).events(until: account))
        #expect(events.count(where: isContact) == 3000)
        #expect(!events.contains { $0.name == "reset" })
    }

    @Test func `who has missed more than ten thousand changes reads anew`() async throws {
        let company = try await ApiPlatform.company()
        let place = try await stream(company).lastEventID
        try await fill(10_001, company)
        let again = try await stream(company, after: place)
        #expect(again.next()?.name == "reset")
        let account = try company.make("accounts", ["name": "Bianchi"])
        #expect(again.events(until: account)?.contains(where: isContact) == false)
    }

    @Test func `what can't be found in time is not looked for for ever`() async throws {
        let platform = try await ApiPlatform.shared.value
        let company = try await ApiPlatform.company()
        let streams = platform.runtime.streams
        let place = try #require(
            try await stream(company).lastEventID.flatMap { streams.seal.position($0) })
        let replay = StreamReplay(runtime: platform.runtime, entities: streams.entities)
        let locking = try MaintenanceConnection(platform.database.adminConnection)
        try locking.execute("begin; lock table kernel.outbox in access exclusive mode")
        let end = End()
        let organization = company.id
        let search = platform.task {
            defer { end.isReached.store(true, ordering: .releasing) }
            return try await replay.missed(from: place, to: place, in: organization)
        }
        // Stands for the end of the time that a statement has.
        while !end.isReached.load(ordering: .acquiring) {
            try locking.query(
                """
                select pg_cancel_backend(l.pid)
                from pg_locks as l
                where l.relation = 'kernel.outbox'::regclass
                  and l.database = (select d.oid from pg_database as d where d.datname = current_database())
                  and not l.granted
                """)
            await Task.yield()
        }
        try locking.execute("rollback")
        guard case .tooMany = try await search.value else {
            Issue.record("something was found")
            return
        }
    }
}
