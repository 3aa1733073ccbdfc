import Kernel
import Postgres
import Testing
import TestKit
import Wire

/// The audit of the vendor's realm, as its super admins read it.
@Suite struct VendorAuditTests {
    private static let starting = Task {
        let platform = try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
        return (platform: platform, vendor: try await VendorPerson.make(on: platform))
    }

    @Test func `what the vendor's people did is found by event, person, subject and time`() async throws {
        let (platform, vendor) = try await Self.starting.value
        let client = vendor.client
        let me = try client.send("GET", "vendor/me").json["user"]?.text("id") ?? ""
        let company = try await platform.signUp("Watched")
        let path = "vendor/organizations/\(company.id)"
        #expect(try client.send("POST", "\(path)/suspend", ["reason": "Unpaid"]).status == 200)
        #expect(try client.send("POST", "\(path)/reactivate").status == 200)
        let told = try client.send("GET", "vendor/security-audit?subject_id=\(company.id)").json.data
        #expect(
            told.map { $0.text("event") } == [
                "vendor.organization.reactivated", "vendor.organization.suspended",
            ])
        #expect(told.allSatisfy { $0.text("subject_name") == "Watched" && $0["by"]?.text("id") == me })
        #expect(told.last?["by"] == ["kind": "vendor", "id": .string(me), "name": "Vera Venturi"])
        #expect(told.last?["detail"] == ["reason": "Unpaid"])
        let at = told.last?.text("at") ?? ""
        func count(_ query: String) throws -> Int {
            try client.send("GET", "vendor/security-audit?subject_id=\(company.id)&\(query)").json.data.count
        }
        #expect(try count("event=vendor.organization.suspended") == 1)
        #expect(try count("actor_id=\(UUIDv7.make())") == 0)
        #expect(try count("at%5Bgte%5D=\(at)") == 2 && count("at%5Bgt%5D=\(at)") == 1)
        #expect(try count("at%5Blte%5D=\(at)") == 1 && count("at%5Blt%5D=\(at)") == 0)
        let logIn = try client.send("GET", "vendor/security-audit?event=auth.login&actor_id=\(me)").json.data
        #expect(logIn.first?["subject_name"] == "Vera Venturi" && logIn.first?.text("address") != "")
    }

    @Test func `pages follow each other by cursors of their own list`() async throws {
        let (platform, vendor) = try await Self.starting.value
        for _ in 0..<3 { _ = try await VendorPerson.make(on: platform) }
        let client = vendor.client
        let path = "vendor/security-audit?event=vendor.user.created&limit=2"
        var (seen, cursor): ([String], String?) = ([], nil)
        repeat {
            let page = try client.send("GET", path + (cursor.map { "&cursor=\($0)" } ?? "")).json
            seen += page.data.map { $0.text("id") }
            #expect(page.data.allSatisfy { $0["by"]?["id"] == .null })
            cursor = page["page"]?["next"]?.stringValue
        } while cursor != nil
        #expect(seen.count >= 4 && Set(seen).count == seen.count)
        let next = try client.send("GET", path).json["page"]?.text("next") ?? ""
        for fault in ["limit=2&cursor=\(next)", "cursor=x", "limit=0", "at%5Bgt%5D=yesterday", "who=x"] {
            #expect(try client.send("GET", "vendor/security-audit?\(fault)").status == 400, "\(fault)")
        }
    }

    @Test func `it is for super admins alone`() async throws {
        let (platform, _) = try await Self.starting.value
        let agent = try await VendorPerson.make(.supportAgent, on: platform)
        let refused = try agent.client.send("GET", "vendor/security-audit")
        #expect(refused.status == 403 && refused.code == "vendor_role_required")
        let company = try await platform.signUp("Curious")
        #expect(try company.send("GET", "vendor/security-audit").status == 401)
        let session = try agent.client.send("GET", "vendor/me").json["session"]?.text("id") ?? ""
        let rows = try platform.database.admin(
            """
            select count(*)
            from platform.vendor_events(
                \(session)::uuid, null, null, null, null, null, null, null, 10) as e
            """)
        #expect(rows.integer(0, 0) == 0)
    }
}
