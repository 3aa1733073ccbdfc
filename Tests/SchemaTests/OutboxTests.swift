import Postgres
import TestKit
import Testing

struct OutboxTests {
    private let database: ThingDatabase

    init() throws { database = try ThingDatabase() }

    @Test func `events are read in order, once per consumer, and pruned when all have them`() async throws {
        let id = try database.thing("One")
        try database.app.query("update sample.things set name = 'Two' where id = \(id)::uuid")
        try await awaitOlderTransactions()
        let events = try database.app.query(
            "select event, xid::text, position::text from platform.read_outbox('mail', 100)")
        try #require(events.count == 3)
        #expect(events[0, 0] == "sample.thing.created")
        #expect(events[1, 0] == "sample.thing.entered")
        #expect(events[2, 0] == "sample.thing.updated")
        let advance: SQL = """
            select platform.advance_outbox('mail', \(events[2, 1])::xid8, \(events[2, 2])::bigint)
            """
        #expect(try database.app.query(advance).bool(0, 0) == true)
        #expect(try database.app.query(advance).bool(0, 0) == false)
        #expect(try database.app.query("select event from platform.read_outbox('mail', 100)").isEmpty)
        let pruned = try database.app.query("select platform.prune_outbox(now() + interval '1 minute')")
        #expect(pruned.integer(0, 0) == 3)
    }

    @Test func `an event waits for every transaction that began before it ended`() async throws {
        let early = try MaintenanceConnection(database.admin)
        try early.execute("begin; select pg_current_xact_id()")
        _ = try database.thing("Late")
        #expect(try database.app.query("select event from platform.read_outbox('mail', 100)").isEmpty)
        try early.execute("commit")
        try await awaitOlderTransactions()
        #expect(try database.app.query("select event from platform.read_outbox('mail', 100)").count == 2)
    }

    /// Transaction numbers are the cluster's: those of tests beside this one hold events back too, for a
    /// moment. They may want this very thread to come to their end.
    private func awaitOlderTransactions() async throws {
        let arePast = try await Deadline.holds(within: 30_000) {
            let rows = try database.superuser.query(
                """
                select coalesce(
                    pg_snapshot_xmin(pg_current_snapshot()) > (select max(o.xid) from kernel.outbox as o),
                    true)
                """)
            return rows.bool(0, 0) == true
        }
        try #require(arePast, "older transactions don't end")
    }
}
