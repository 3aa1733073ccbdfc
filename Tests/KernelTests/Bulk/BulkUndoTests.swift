import Kernel
import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// Changes of many records taken back, broken off and gone on with.
@Suite struct BulkUndoTests {
    @Test func `an undo puts back every field but those that somebody changed since, and tells them`()
        async throws
    {
        let bulk = try await BulkCompany("Undo")
        let ids = try bulk.accounts(["Alfa", "Beta", "Gamma"])
        let done = try await bulk.change(
            "accounts",
            ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron", "employees": 7]])
        #expect(done["counts"]?["update"] == 3)
        try bulk.company.send("PATCH", "accounts/\(ids[0])", ["industry": "Copper"])
        // What else was changed does no harm.
        try bulk.company.send("PATCH", "accounts/\(ids[1])", ["name": "Beta & Sons"])
        let undone = try await bulk.undo(done)
        #expect(undone["status"] == "undone")
        #expect(undone["undo_state"] == "done")
        let kept = undone["kept"]?.arrayValue ?? []
        #expect(kept == [["id": .string(ids[0]), "label": "Alfa", "reason": "changed"]])
        #expect(try bulk.field("industry", of: "accounts", ids) == ["Copper", "Steel", "Steel"])
        #expect(try bulk.field("employees", of: "accounts", ids) == [.null, .null, .null])
        #expect(try bulk.field("name", of: "accounts", [ids[1]]) == ["Beta & Sons"])
        let again = try bulk.company.send("POST", "bulk/\(done["id"]?.stringValue ?? "")/undo")
        #expect(again.status == 409)
        #expect(again.json["state"] == "undone")
    }

    @Test func `an undo takes out of the bin what is still there as it was left`() async throws {
        let bulk = try await BulkCompany("Out")
        let ids = try bulk.accounts(["Alfa", "Beta", "Gamma"])
        let done = try await bulk.change(
            "accounts", ["filter": ["industry", "eq", "Steel"], "delete": true])
        #expect(done["counts"]?["delete"] == 3)
        #expect(try bulk.company.send("POST", "accounts/\(ids[0])/restore").status == 200)
        #expect(try bulk.company.send("POST", "accounts/\(ids[1])/restore").status == 200)
        #expect(try bulk.company.send("DELETE", "accounts/\(ids[1])").status == 204)
        let undone = try await bulk.undo(done)
        #expect(undone["kept"]?.arrayValue?.map { $0["id"]?.stringValue } == [ids[1]])
        #expect(try bulk.field("name", of: "accounts", ids) == ["Alfa", 404, "Gamma"])
    }

    @Test func `a state is put back although no step leads there`() async throws {
        let bulk = try await BulkCompany("State")
        let lead = try bulk.company.make("leads", ["last_name": "Ada"])
        let done = try await bulk.change(
            "leads",
            [
                "ids": [.string(lead)],
                "set": ["status": "disqualified", "disqualified_reason": "No budget"],
            ])
        #expect(done["counts"]?["update"] == 1)
        let undone = try await bulk.undo(done)
        #expect(undone["kept"] == [])
        #expect(try bulk.field("status", of: "leads", [lead]) == ["new"])
        #expect(try bulk.field("disqualified_reason", of: "leads", [lead]) == [.null])
    }

    @Test func `work in several portions that was broken off goes on and does nothing twice`() async throws {
        let bulk = try await BulkCompany("Portions")
        try bulk.fill(2500)
        let body: JSON = ["filter": ["industry", "eq", "Wood"], "set": ["industry": "Paper"]]
        let sent = try bulk.company.send("POST", "accounts/bulk", body)
        let id = try #require(sent.json["job"]?.stringValue.flatMap { UUIDv7($0) })
        // The first portion as a worker that then dies.
        let runtime = bulk.platform.runtime
        let (organization, member) = (bulk.company.id, bulk.company.adminID)
        try await bulk.platform.onLoop {
            let system = try await Context.installation(runtime, request: "test").working(in: organization)
            let context = try #require(try await system.acting(asMember: member))
            #expect(try await BulkStore(context: context).move(id, from: [.queued], to: .running))
            #expect(try await BulkPass(context: context, id: id).step())
        }
        let half = try bulk.company.send("GET", "bulk/\(id)").json
        #expect(half["progress"] == ["done": 1000, "total": 2500])
        #expect(half["status"] == "running")
        try await bulk.platform.drain()
        let done = try bulk.company.send("GET", "bulk/\(id)").json
        #expect(done["counts"] == ["update": 2500, "delete": 0, "skip": 0, "error": 0])
        let versions = try bulk.platform.database.admin(
            """
            select count(*), min(version), max(version)
            from directory.accounts
            where organization_id = \(organization)::uuid and industry = 'Paper'
            """)
        #expect(versions.integer(0, 0) == 2500)
        #expect(versions.integer(0, 1) == 2)
        #expect(versions.integer(0, 2) == 2)
        let undone = try await bulk.undo(done)
        #expect(undone["kept"] == [])
        #expect(
            try bulk.company.send("GET", "accounts?industry=Wood&count=exact&limit=1").page("total") == 2500)
    }
}
