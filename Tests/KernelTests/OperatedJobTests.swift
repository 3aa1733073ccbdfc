import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// Jobs in the hands of those who run the organization.
@Suite struct OperatedJobTests {
    /// Puts a job of no known kind into a company's queue, in a state.
    private func job(
        _ company: Company, _ kind: String, _ state: String, error: String? = nil
    ) async throws -> String {
        let database = try await ApiPlatform.shared.value.database
        let rows = try database.admin(
            """
            insert into platform.jobs (organization_id, kind, payload, state, run_at, finished_at, last_error)
            values (
                \(company.id)::uuid, \(kind), '{"input": {"name": "Ada Rossi"}}', \(state),
                now() + interval '1 day',
                case when \(state) in ('discarded', 'cancelled') then now() end, \(error))
            returning id
            """)
        return try #require(rows[0, 0])
    }

    @Test func `an admin finds jobs by state and kind, page by page, and never what they were told`()
        async throws
    {
        let company = try await ApiPlatform.company("Jobs")
        var ids: [String] = []
        for number in 0..<3 {
            ids.append(try await job(company, "test.rest", "scheduled"))
            if number == 1 { _ = try await job(company, "test.dead", "discarded", error: "lease ran out") }
        }
        // Those of one millisecond are not in the order of their making.
        ids.sort()
        let listed = try company.send("GET", "jobs?state=scheduled&kind=test.rest&limit=2")
        #expect(listed.status == 200)
        #expect(listed.ids == [ids[2], ids[1]])
        let next = try #require(listed.page("next").stringValue)
        let rest = try company.send("GET", "jobs?state=scheduled&kind=test.rest&limit=2&cursor=\(next)")
        #expect(rest.ids == [ids[0]])
        #expect(rest.page("next") == .null)
        #expect(try company.send("GET", "jobs?cursor=\(next)").status == 400)
        let dead = try company.send("GET", "jobs?state=discarded")
        #expect(dead.json["data"]?.arrayValue?.first?["error"] == "lease_ran_out")
        for text in [listed.text, dead.text] { #expect(!text.contains("Ada Rossi")) }
        #expect(try company.send("GET", "jobs?state=lost").status == 400)
        #expect(try company.send("GET", "jobs/\(ids[0])").json["state"] == "scheduled")
    }

    @Test func `only who may manage jobs cancels and replays them, in their own organization`() async throws {
        let company = try await ApiPlatform.company("Cancel")
        let stranger = try await ApiPlatform.company("Stranger")
        let id = try await job(company, "test.rest", "scheduled")
        let rep = try await company.join("Rep Jobs", role: "sales_rep")
        let refused = try rep.client.send("POST", "jobs/\(id)/cancel")
        #expect(refused.status == 403)
        #expect(refused.json["permission"] == "kernel.job.manage")
        #expect(try rep.client.send("GET", "jobs").status == 403)
        #expect(try stranger.send("GET", "jobs/\(id)").status == 404)
        #expect(try stranger.send("POST", "jobs/\(id)/cancel").status == 404)
        let cancelled = try company.send("POST", "jobs/\(id)/cancel")
        #expect(cancelled.status == 200)
        #expect(cancelled.json["state"] == "cancelled")
        let again = try company.send("POST", "jobs/\(id)/cancel")
        #expect(again.status == 409)
        #expect(again.json["state"] == "cancelled")
        #expect(try stranger.send("POST", "jobs/\(id)/replay").status == 404)
        let dead = try await job(company, "test.dead", "discarded", error: "tool_broken")
        let replayed = try company.send("POST", "jobs/\(dead)/replay")
        #expect(replayed.status == 200)
        #expect(replayed.json["state"] == "available")
        #expect(try company.send("POST", "jobs/\(dead)/replay").status == 409)
        #expect(try company.send("POST", "jobs/\(dead)/cancel").status == 200)
    }

    @Test func `a cancelled change of many says so, and goes on when it is replayed`() async throws {
        let bulk = try await BulkCompany("Cancelled")
        let ids = try bulk.accounts(["Alfa", "Beta"])
        try await bulk.platform.drain()
        let sent = try bulk.company.send(
            "POST", "accounts/bulk", ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"]])
        let id = try #require(sent.json["job"]?.stringValue)
        #expect(try bulk.company.send("POST", "jobs/\(id)/cancel").status == 200)
        let stopped = try bulk.company.send("GET", "bulk/\(id)").json
        #expect(stopped["status"] == "failed")
        #expect(stopped["failure"] == "cancelled")
        #expect(try bulk.field("industry", of: "accounts", ids) == ["Steel", "Steel"])
        #expect(try bulk.company.send("POST", "jobs/\(id)/replay").status == 200)
        try await bulk.platform.drain()
        let done = try bulk.company.send("GET", "bulk/\(id)").json
        #expect(done["status"] == "done")
        #expect(done["failure"] == .null)
        #expect(try bulk.field("industry", of: "accounts", ids) == ["Iron", "Iron"])
    }
}
