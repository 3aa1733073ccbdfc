import Kernel
import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// Work under way for an organization that is suspended meanwhile.
@Suite struct SuspendedWorkTests {
    private func set(_ status: String, _ bulk: BulkCompany) throws {
        _ = try bulk.platform.database.admin(
            "update platform.organizations set status = \(status) where id = \(bulk.company.id)::uuid")
    }

    @Test func `a change of many rests between two portions, and goes on when it is lifted`() async throws {
        let bulk = try await BulkCompany("Rests Midway")
        try bulk.fill(3)
        try await bulk.platform.drain()
        let sent = try bulk.company.send(
            "POST", "accounts/bulk", ["filter": ["industry", "eq", "Wood"], "set": ["industry": "Paper"]])
        let id = try #require(sent.json["job"]?.stringValue)
        let worker = Worker(runtime: bulk.platform.runtime)
        let claimed = try await bulk.platform.onLoop { try await worker.queue.claim(100) }
        let job = try #require(claimed.first { $0.id.description == id })
        try set("suspended", bulk)
        for job in claimed { try await bulk.platform.onLoop { await worker.run(job) } }
        let rows = try bulk.platform.database.admin(
            """
            select j.state, j.attempt - j.snoozes, (
                select count(*)
                from directory.accounts as a
                where a.organization_id = j.organization_id
                  and a.industry = 'Paper')
            from platform.jobs as j
            where j.id = \(job.id)::uuid
            """)
        #expect(rows[0, 0] == "scheduled")
        #expect(rows[0, 1] == "0")
        #expect(rows[0, 2] == "0")
        try set("active", bulk)
        _ = try bulk.platform.database.admin(
            "update platform.jobs set run_at = now() where id = \(job.id)::uuid")
        try await bulk.platform.drain()
        let answers = try await Deadline.holds(within: 10_000) {
            try bulk.company.send("GET", "bulk/\(id)").json["status"] == "done"
        }
        #expect(answers)
        #expect(try bulk.company.send("GET", "bulk/\(id)").json["counts"]?["update"] == 3)
    }
}
