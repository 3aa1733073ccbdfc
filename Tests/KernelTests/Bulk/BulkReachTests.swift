import Kernel
import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// Changes of many records whose maker can no longer do everything that could be done when they were
/// asked for.
@Suite struct BulkReachTests {
    private func records(_ names: [String], by client: APIClient) throws -> [String] {
        try names.map { name in
            let made = try client.send("POST", "accounts", ["name": .string(name), "industry": "Steel"])
            return try #require(made.json["id"]?.stringValue)
        }
    }

    @Test func `what left the caller's reach while it was in the bin stays there, and the undo says so`()
        async throws
    {
        let bulk = try await BulkCompany("Bin Left")
        let rep = try await bulk.company.join("Rep Bin", role: "sales_rep").client
        let ids = try records(["Alfa", "Beta"], by: rep)
        let done = try await bulk.change(
            "accounts", ["filter": ["industry", "eq", "Steel"], "delete": true], by: rep)
        #expect(done["counts"]?["delete"] == 2)
        let (database, id) = (bulk.platform.database, try #require(done["id"]?.stringValue))
        _ = try database.admin(
            """
            update directory.accounts
            set owner_id = \(bulk.company.adminID)::uuid
            where id = \(ids[0])::uuid
            """)
        #expect(try rep.send("POST", "bulk/\(id)/undo").status == 202)
        try await bulk.platform.drain()
        let undone = try rep.send("GET", "bulk/\(id)").json
        #expect(undone["status"] == "undone")
        #expect(undone["kept"] == [["id": .string(ids[0]), "label": "", "reason": "out_of_scope"]])
        #expect(try bulk.field("name", of: "accounts", ids) == [404, "Beta"])
        let left = try database.admin(
            "select r.record_id from kernel.bulk_rows as r where r.bulk_change_id = \(id)::uuid")
        #expect(left.count == 1 && left[0, 0] == ids[0])
    }

    @Test func `what a caller may change, but not see, is left alone`() async throws {
        let bulk = try await BulkCompany("Unseen")
        let rights = ["directory.account.read": "own", "directory.account.write": "all"]
        let role = try bulk.company.makeRole("Clerk", rights)
        let clerk = try await bulk.company.join("Clerk Unseen", roleID: role).client
        let ids = try bulk.accounts(["Alfa"]) + records(["Beta"], by: clerk)
        let body: JSON = ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"]]
        let seen = try clerk.send("POST", "accounts/bulk", body.adding("preview", true))
        #expect(seen.json["count"] == 1)
        let done = try await bulk.change("accounts", body, by: clerk)
        #expect(done["counts"]?["update"] == 1)
        #expect(try bulk.field("industry", of: "accounts", ids) == ["Steel", "Iron"])
        let named = try await bulk.change("accounts", ["ids": [.string(ids[0])], "delete": true], by: clerk)
        #expect(named["counts"] == ["update": 0, "delete": 0, "skip": 1, "error": 0])
        #expect(try bulk.field("name", of: "accounts", ids) == ["Alfa", "Beta"])
    }

    @Test func `a change is shown to who may read its entity, without fields that are hidden by now`()
        async throws
    {
        let bulk = try await BulkCompany("Shown")
        let rights = ["directory.account.read": "all", "directory.account.write": "all"]
        let role = try bulk.company.makeRole("Clerk", rights)
        let clerk = try await bulk.company.join("Clerk Shown", roleID: role).client
        _ = try bulk.accounts(["Alfa"])
        let done = try await bulk.change(
            "accounts",
            ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron", "employees": 7]], by: clerk)
        #expect(done["set"] == ["industry": "Iron", "employees": 7])
        let path = "bulk/\(done["id"]?.stringValue ?? "")"
        let hidden: JSON = [["entity": "directory.account", "field": "industry", "access": "hidden"]]
        #expect(try bulk.company.send("PATCH", "roles/\(role)", ["field_access": hidden]).status == 200)
        let narrowed = try await Deadline.holds(within: 10_000) {
            try clerk.send("GET", path).json["set"] == ["employees": 7]
        }
        #expect(narrowed)
        #expect(try bulk.company.send("PATCH", "roles/\(role)", ["grants": []]).status == 200)
        let refused = try await Deadline.holds(within: 10_000) {
            let answer = try clerk.send("GET", path)
            return answer.status == 403 && answer.json["permission"] == "directory.account.read"
        }
        #expect(refused)
        #expect(try clerk.send("POST", "\(path)/undo").status == 403)
        #expect(try bulk.company.send("GET", path).status == 200)
    }

    @Test func `a key for other entities is told nothing of a change`() async throws {
        let bulk = try await BulkCompany("Keyed")
        _ = try bulk.accounts(["Alfa"])
        let done = try await bulk.change(
            "accounts", ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"]])
        let made = try bulk.company.send(
            "POST", "api-keys", ["name": "Contacts", "permissions": ["directory.contact.read"]])
        let key = bulk.platform.client(token: made.json["key"]?.stringValue)
        #expect(try key.send("GET", "contacts").status == 200)
        let answer = try key.send("GET", "bulk/\(done["id"]?.stringValue ?? "")")
        #expect(answer.status == 403)
        #expect(answer.json["permission"] == "directory.account.read")
    }

    @Test func `an undo that was cancelled goes on when it is replayed`() async throws {
        let bulk = try await BulkCompany("Undo Again")
        let ids = try bulk.accounts(["Alfa", "Beta"])
        let done = try await bulk.change(
            "accounts", ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"]])
        let id = done["id"]?.stringValue ?? ""
        #expect(try bulk.company.send("POST", "bulk/\(id)/undo").status == 202)
        let jobs = try bulk.company.send("GET", "jobs?kind=kernel.bulk.undo&state=available").ids
        #expect(try bulk.company.send("POST", "jobs/\(jobs[0])/cancel").status == 200)
        #expect(try bulk.company.send("GET", "bulk/\(id)").json["failure"] == "cancelled")
        #expect(try bulk.company.send("POST", "jobs/\(jobs[0])/replay").status == 200)
        try await bulk.platform.drain()
        let undone = try bulk.company.send("GET", "bulk/\(id)").json
        #expect(undone["status"] == "undone")
        #expect(undone["failure"] == .null)
        #expect(try bulk.field("industry", of: "accounts", ids) == ["Steel", "Steel"])
    }
}
