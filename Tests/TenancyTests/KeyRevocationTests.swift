import Postgres
import Testing
import TestKit
import Wire

/// Many keys revoked at once, and what the security audit hears of it.
@Suite struct KeyRevocationTests {
    private func keys(of company: Company, _ names: [String]) async throws -> [(
        client: APIClient, id: String
    )] {
        let platform = try await Stage.platform
        return try names.map { name in
            let made = try company.send("POST", "api-keys", ["name": .string(name)]).json
            return (client: platform.client(token: made.text("key")), id: made.text("id"))
        }
    }

    private func revocations(_ company: Company) throws -> [JSON] {
        try company.send("GET", "security-audit?event=keys.revoked&limit=200").json.data
    }

    @Test func `looking at what deleting keys would do revokes nothing and tells nothing`() async throws {
        let company = try await Stage.company("Look Only")
        let keys = try await keys(of: company, ["One", "Two"])
        let body: JSON = [
            "ids": .array(keys.map { .string($0.id) }), "delete": true, "preview": true,
        ]
        let seen = try company.send("POST", "api-keys/bulk", body)
        #expect(seen.status == 200 && seen.json["count"] == 2)
        #expect(try revocations(company).isEmpty)
        for key in keys { #expect(try key.client.send("GET", "visits").status == 200) }
    }

    @Test func `keys that were deleted together stay revoked, whatever is undone`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("For Good")
        let keys = try await keys(of: company, ["One", "Two"])
        let body: JSON = ["ids": .array(keys.map { .string($0.id) }), "delete": true]
        let sent = try company.send("POST", "api-keys/bulk", body)
        #expect(sent.status == 202 && sent.json["undo"] == .null)
        try await platform.drain()
        let path = "bulk/\(sent.json.text("id"))"
        let done = try company.send("GET", path).json
        #expect(done.text("status") == "done" && done["counts"]?["delete"] == 2)
        #expect(done["undo"] == .null && done.text("undo_state") == "never")
        #expect(Set(try revocations(company).map { $0.text("subject_id") }) == Set(keys.map(\.id)))
        for key in keys { #expect(try await key.client.comes(to: "unauthenticated", "visits")) }
        let undone = try company.send("POST", "\(path)/undo")
        #expect(undone.status == 409 && undone.code == "not_undoable")
        try await platform.drain()
        for key in keys { #expect(try key.client.send("GET", "visits").status == 401) }
    }

    @Test func `an undo of keys that waits already takes nothing back`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Waiting")
        let keys = try await keys(of: company, ["One"])
        let sent = try company.send("POST", "api-keys/bulk", ["ids": [.string(keys[0].id)], "delete": true])
        try await platform.drain()
        let id = sent.json.text("id")
        _ = try platform.database.admin(
            "update kernel.bulk_changes set status = 'undoing' where id = \(id)::uuid")
        _ = try platform.database.admin(
            """
            insert into platform.jobs (organization_id, kind, payload)
            values (
                \(company.id)::uuid, 'kernel.bulk.undo',
                jsonb_build_object(
                    'input', jsonb_build_object('bulk_id', \(id)::text),
                    'member', \(company.adminID.description)::text))
            """)
        try await platform.drain()
        let failed = try company.send("GET", "bulk/\(id)").json
        #expect(failed.text("status") == "failed" && failed.text("failure") == "not_undoable")
        #expect(try keys[0].client.send("GET", "visits").status == 401)
    }
}
