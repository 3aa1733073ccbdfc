import Postgres
import Testing
import TestKit
import Wire

/// Work that a key puts into the queue runs within the key's limits, and not with all that its member may.
@Suite struct KeyJobTests {
    /// A client with a new key of the admin's.
    private func key(_ company: Company, _ body: JSON) async throws -> (client: APIClient, id: String) {
        let made = try company.send("POST", "api-keys", body)
        guard made.status == 201 else { throw CompanyError.refused(made.text) }
        let client = try await Stage.platform.client(token: made.json.text("key"))
        return (client: client, id: made.json.text("id"))
    }

    /// What reads everything and writes its member's own.
    private let narrow: JSON = [
        "name": "Own alone",
        "permissions": [
            ["permission": "probe.visit.read", "scope": "all"],
            ["permission": "probe.visit.write", "scope": "own"],
        ],
    ]

    /// A visit of the admin's and one of a colleague's.
    private func visits(of company: Company) async throws -> [String] {
        let (_, other) = try await company.join("Some Colleague", role: "sales_rep")
        return [
            try company.make("visits", ["title": "Mine", "owner_id": .string(company.adminID.description)]),
            try company.make("visits", ["title": "Theirs", "owner_id": .string(other.description)]),
        ]
    }

    private func titles(_ company: Company, _ ids: [String]) throws -> [String] {
        try ids.map { try company.send("GET", "visits/\($0)").json.text("title") }
    }

    private func change(_ ids: [String]) -> JSON {
        ["ids": .array(ids.map(JSON.string)), "set": ["title": "Changed"]]
    }

    @Test func `a narrow key changes many records, its member's own alone, and takes it back`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Narrow")
        let ids = try await visits(of: company)
        let (client, _) = try await key(company, narrow)
        let sent = try client.send("POST", "visits/bulk", change(ids))
        #expect(sent.status == 202)
        try await platform.drain()
        let path = "bulk/\(sent.json.text("id"))"
        let done = try client.send("GET", path).json
        #expect(done.text("status") == "done", "\(done.text)")
        #expect(done["counts"] == ["update": 1, "delete": 0, "skip": 1, "error": 0])
        #expect(try titles(company, ids) == ["Changed", "Theirs"])
        #expect(try client.send("POST", "\(path)/undo").status == 202)
        try await platform.drain()
        #expect(try client.send("GET", path).json.text("status") == "undone")
        #expect(try titles(company, ids) == ["Mine", "Theirs"])
    }

    @Test func `a key that has ended before its work began ends the work`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Too Late")
        let ids = try await visits(of: company)
        let ends: [(String) throws -> Void] = [
            { (key: String) throws -> Void in
                #expect(try company.send("DELETE", "api-keys/\(key)").status == 204)
            },
            { key in
                _ = try platform.database.admin(
                    "update kernel.api_keys set expires_at = now() where id = \(key)::uuid"
                )
            },
        ]
        for end in ends {
            let (client, id) = try await key(company, ["name": "Short-lived"])
            let sent = try client.send("POST", "visits/bulk", change(ids))
            #expect(sent.status == 202)
            try end(id)
            try await platform.drain()
            let failed = try company.send("GET", "bulk/\(sent.json.text("id"))").json
            #expect(failed.text("status") == "failed" && failed.text("failure") == "key_ended")
        }
        #expect(try titles(company, ids) == ["Mine", "Theirs"])
    }

    @Test func `what a key lost before its work began it does not do`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Shrunk")
        let ids = try await visits(of: company)
        let role = try company.makeRole("Writer", ["probe.visit.read": "all", "probe.visit.write": "all"])
        let (client, _) = try await key(company, ["name": "As a role", "role_id": .string(role)])
        let sent = try client.send("POST", "visits/bulk", change(ids))
        #expect(sent.status == 202)
        let less: JSON = ["grants": [["permission": "probe.visit.read", "scope": "all"]]]
        #expect(try company.send("PATCH", "roles/\(role)", less).status == 200)
        try await platform.drain()
        let failed = try company.send("GET", "bulk/\(sent.json.text("id"))").json
        #expect(failed.text("status") == "failed" && failed.text("failure") == "permission_required")
        #expect(try titles(company, ids) == ["Mine", "Theirs"])
        #expect(try client.send("POST", "visits/bulk", change(ids)).code == "permission_required")
    }

    @Test func `a key imports a file in all its steps`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Files")
        let (client, _) = try await key(company, ["name": "Files"])
        let file = Array("Title\nFirst call\nSecond call\n".utf8)
        let sent = try client.upload("imports", fields: ["entity": "probe.visit"], file: file, named: "v.csv")
        #expect(sent.status == 201, "\(sent.text)")
        let path = "imports/\(sent.json.text("id"))"
        let mapping: JSON = ["on_match": "create", "columns": [["column": "Title", "field": "title"]]]
        #expect(try client.send("PUT", "\(path)/mapping", mapping).status == 200)
        for (step, status) in [("check", "checked"), ("run", "done"), ("undo", "undone")] {
            #expect(try client.send("POST", "\(path)/\(step)").status == 202)
            try await platform.drain()
            let now = try client.send("GET", path).json
            #expect(now.text("status") == status, "\(now.text)")
        }
    }
}
