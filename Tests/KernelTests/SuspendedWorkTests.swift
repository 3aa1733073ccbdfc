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

    /// Suspends the company when a worker has claimed its only job; what then became of the job.
    private func interrupt(_ bulk: BulkCompany) async throws -> [String?] {
        let worker = Worker(runtime: bulk.platform.runtime)
        let claimed = try await bulk.platform.onLoop { try await worker.queue.claim(100) }
        let job = try #require(claimed.first { $0.organization == bulk.company.id })
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
        return (0..<3).map { rows[0, $0] }
    }

    /// Lets the company in again, and the job go on at once.
    private func lift(_ bulk: BulkCompany) async throws {
        try set("active", bulk)
        _ = try bulk.platform.database.admin(
            """
            update platform.jobs
            set run_at = now()
            where state = 'scheduled' and organization_id = \(bulk.company.id)::uuid
            """)
        try await bulk.platform.drain()
        #expect(try await Deadline.holds { try bulk.company.send("GET", "accounts").status == 200 })
    }

    @Test func `a change of many rests between two portions, and goes on when it is lifted`() async throws {
        let bulk = try await BulkCompany("Rests Midway")
        try bulk.fill(3)
        try await bulk.platform.drain()
        let sent = try bulk.company.send(
            "POST", "accounts/bulk", ["filter": ["industry", "eq", "Wood"], "set": ["industry": "Paper"]])
        let id = try #require(sent.json["job"]?.stringValue)
        #expect(try await interrupt(bulk) == ["scheduled", "0", "0"])
        try await lift(bulk)
        let done = try bulk.company.send("GET", "bulk/\(id)").json
        #expect(done["status"] == "done")
        #expect(done["counts"]?["update"] == 3)
    }

    @Test func `an import rests between two chunks, and goes on when it is lifted`() async throws {
        let bulk = try await BulkCompany("Rests At Rows")
        let desk = ImportDesk(bulk.company, as: bulk.company.admin)
        let id = try desk.upload("name,industry\nAlfa,Paper\nBeta,Paper\n").id
        #expect(try desk.map(id, [("name", "name"), ("industry", "industry")]).status == 200)
        try await bulk.platform.drain()
        #expect(try desk.client.send("POST", "imports/\(id)/run").status == 202)
        #expect(try await interrupt(bulk) == ["scheduled", "0", "0"])
        try await lift(bulk)
        let done = try desk.show(id)
        #expect(done.status == "done")
        #expect(done.tally == [2, 0, 0, 0])
    }
}
