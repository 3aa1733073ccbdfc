import Testing
import TestKit
import Wire

@Suite struct AuditTests {
    @Test func `what was done to a record is found by record, actor, action and time`() async throws {
        let company = try await Stage.company("Audit")
        let visit = try company.send("POST", "visits", ["title": "Before"]).json.text("id")
        #expect(
            try company.send("PATCH", "visits/\(visit)", ["title": "After", "secret": "s"]).status == 200)
        let all = try company.send("GET", "audit?record_id=\(visit)").json.data
        #expect(all.map { $0.text("action") } == ["updated", "created"])
        let changes = all.first?["changes"]?.arrayValue ?? []
        #expect(changes.contains(["field": "title", "label": "Title", "from": "Before", "to": "After"]))
        #expect(all.first?["by"]?.text("name") == "Ada Rossi")
        let at = all.first?.text("at") ?? ""
        #expect(try company.send("GET", "audit?record_id=\(visit)&action=created").json.data.count == 1)
        #expect(try company.send("GET", "audit?record_id=\(visit)&at%5Blt%5D=\(at)").json.data.count == 1)
        #expect(try company.send("GET", "audit?record_id=\(visit)&at%5Bgte%5D=\(at)").json.data.count == 1)
        #expect(try company.send("GET", "audit?actor_id=\(UUIDv7.make())").json.data.isEmpty)
        #expect(try company.send("GET", "audit?entity=probe.visit&who=x").status == 400)
    }

    @Test func `pages follow each other by signed cursors made for their own filters`() async throws {
        let company = try await Stage.company("Pages")
        for number in 1...5 { try company.send("POST", "visits", ["title": .string("Visit \(number)")]) }
        var found: [String] = []
        var cursor = ""
        repeat {
            let page = try company.send("GET", "audit?entity=probe.visit&limit=2\(cursor)").json
            found += page.data.map { $0.text("id") }
            cursor = page["page"]?["next"]?.stringValue.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty
        #expect(found.count == 6)
        #expect(Set(found).count == 6)
        let first =
            try company.send("GET", "audit?entity=probe.visit&limit=2").json["page"]?.text("next") ?? ""
        #expect(try company.send("GET", "audit?limit=2&cursor=\(first)").status == 400)
        #expect(try company.send("GET", "audit?entity=probe.visit&cursor=AAAA").status == 400)
        #expect(try company.send("GET", "audit?limit=0").status == 400)
    }

    @Test func `the audit hides what the reader's role hides`() async throws {
        let company = try await Stage.company("Hiding")
        let visit = try company.send("POST", "visits", ["title": "Open", "secret": "canary"]).json.text("id")
        let role = try company.send(
            "POST", "roles",
            [
                "name": "Auditor",
                "grants": [
                    ["permission": "audit.read", "scope": "all"],
                    ["permission": "probe.visit.read", "scope": "all"],
                ],
                "field_access": [["entity": "probe.visit", "field": "secret", "access": "hidden"]],
            ]
        ).json
        let (client, id) = try await company.join("Auditor", role: "viewer")
        try company.send("PATCH", "members/\(id)", ["role_id": role["id"] ?? .null])
        #expect(try await client.holds("audit.read", "all"))
        let seen = try client.send("GET", "audit?record_id=\(visit)")
        #expect(seen.text.contains("Open"))
        #expect(!seen.text.contains("canary"))
        let narrow: JSON = ["grants": [["permission": "audit.read", "scope": "all"]]]
        #expect(try company.send("PATCH", "roles/\(role.text("id"))", narrow).status == 200)
        #expect(try await client.comes(to: 403, "visits"))
        let blind = try client.send("GET", "audit?record_id=\(visit)")
        #expect(blind.json.data.count == 1)
        #expect(!blind.text.contains("Open"))
    }

    @Test func `each act of security leaves its event, and no other organization reads it`() async throws {
        let company = try await Stage.company("Events")
        let other = try await Stage.company("Outside")
        let (_, id) = try await company.join("Person", role: "viewer")
        try company.send("POST", "members/\(id)/suspension", [:])
        try company.send("DELETE", "members/\(id)/suspension")
        try company.send("DELETE", "members/\(id)")
        let events = try company.send("GET", "security-audit?limit=200").json.data.map { $0.text("event") }
        for event in [
            "organization.created", "auth.email.verified", "users.invited", "users.joined", "users.suspended",
            "users.suspension_lifted", "users.removed",
        ] {
            #expect(events.contains(event), "\(event)")
        }
        let about = try other.send("GET", "security-audit?subject_id=\(id)").json.data
        #expect(about.isEmpty)
    }
}
