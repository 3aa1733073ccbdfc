import Kernel
import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// How long a change of many records can be taken back.
@Suite struct BulkPruneTests {
    /// Runs the daily job on another server over the same database, so many days from now.
    private func prune(_ bulk: BulkCompany, after days: Int64) async throws {
        let clock = HandClock(Instant.now().adding(seconds: days * 86_400))
        let later = try await TestPlatform(beside: bulk.platform, clock: clock)
        let id = bulk.company.id
        try await later.onLoop {
            let context = try await Context.installation(later.runtime, request: "test").working(in: id)
            try await context.enqueue(PruneBulk.self)
        }
        try await later.drain()
    }

    private func lines(_ table: String, _ id: String, _ bulk: BulkCompany) throws -> Int64? {
        try bulk.platform.database.admin(
            "select count(*) from \(unsafeSQL: table) as l where l.bulk_change_id = \(id)::uuid"
        ).integer(0, 0)
    }

    @Test func `the log goes 30 days after the end, and with it the undo; the counts stay`() async throws {
        let bulk = try await BulkCompany("Prune Bulk")
        let ids = try bulk.accounts(["Alfa", "Beta"])
        let absent = UUIDv7.make().description
        let done = try await bulk.change(
            "accounts",
            ["ids": .array((ids + [absent]).map { .string($0) }), "set": ["industry": "Iron"]])
        let id = try #require(done["id"]?.stringValue)
        #expect(try lines("kernel.bulk_portions", id, bulk) == 0)
        #expect(try lines("kernel.bulk_rows", id, bulk) == 2)
        #expect(try lines("kernel.bulk_faults", id, bulk) == 1)

        try await prune(bulk, after: 29)
        #expect(try bulk.company.send("GET", "bulk/\(id)").json["undo_state"] == "available")
        try await prune(bulk, after: 31)
        let shown = try bulk.company.send("GET", "bulk/\(id)").json
        #expect(shown["undo_state"] == "expired")
        #expect(shown["counts"] == done["counts"])
        #expect(shown["errors"] == [])
        #expect(try lines("kernel.bulk_rows", id, bulk) == 0)
        #expect(try lines("kernel.bulk_faults", id, bulk) == 0)
        let refused = try bulk.company.send("POST", "bulk/\(id)/undo")
        #expect(refused.status == 409)
        #expect(refused.json["code"] == "bulk_expired")
        #expect(try bulk.field("industry", of: "accounts", ids) == ["Iron", "Iron"])
    }
}
