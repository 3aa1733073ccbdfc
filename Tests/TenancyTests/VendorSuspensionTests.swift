import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// What a suspended organization is kept from, and that it comes back whole.
@Suite struct VendorSuspensionTests {
    private static let servers = Task { () async throws -> (first: TestPlatform, second: TestPlatform) in
        let first = try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
        return (first: first, second: try await TestPlatform(beside: first, plugins: Stage.plugins))
    }
    private static let admin = Task { try await VendorPerson.make(on: servers.value.first) }

    private func suspend(_ company: Company, _ reason: String = "Unpaid") async throws -> APIResponse {
        try await Self.admin.value.client.send(
            "POST", "vendor/organizations/\(company.id)/suspend", ["reason": .string(reason)])
    }

    private func reactivate(_ company: Company) async throws -> APIResponse {
        try await Self.admin.value.client.send("POST", "vendor/organizations/\(company.id)/reactivate")
    }

    @Test func `members and keys are refused on every server, and let in again`() async throws {
        let (first, second) = try await Self.servers.value
        let company = try await first.signUp("Suspends")
        let key = try company.send("POST", "api-keys", ["name": "Program"]).json.text("key")
        let tokens = try first.client().logIn(company.email).json
        let callers = [first, second].flatMap { server in
            [server.client(token: company.admin.token), server.client(token: key)]
        }
        for caller in callers { #expect(try caller.send("GET", "visits").status == 200) }
        let suspended = try await suspend(company)
        #expect(suspended.status == 200 && suspended.json["status"] == "suspended")
        #expect(suspended.json["suspended_reason"] == "Unpaid")
        for caller in callers {
            #expect(try await caller.comes(to: "organization_suspended", "visits"))
            #expect(try caller.send("POST", "visits", ["title": "No"]).status == 403)
            let me = try caller.send("GET", "me")
            #expect(me.status == 200 && me.json["organization"]?["status"] == "suspended")
        }
        // The session goes on there: its tokens are renewed.
        let refresh: JSON = ["refresh_token": .string(tokens.text("refresh_token"))]
        let renewed = try first.client().send("POST", "auth/refresh", refresh)
        let later = first.client(token: renewed.json.text("access_token"))
        #expect(try later.send("GET", "visits").code == "organization_suspended")
        #expect(try await reactivate(company).json["status"] == "active")
        for caller in callers + [later] { #expect(try await caller.comes(to: nil, "visits")) }
    }

    @Test func `a log-in says it plainly, to those who know the password alone`() async throws {
        let (first, _) = try await Self.servers.value
        let company = try await first.signUp("Log Ins")
        let other = try await first.signUp("Elsewhere")
        #expect(try await suspend(company).status == 200)
        let client = first.client()
        let right: JSON = ["email": .string(company.email), "password": .string(Company.password)]
        let told = try client.send("POST", "auth/login", right)
        #expect(told.status == 403 && told.code == "organization_suspended")
        #expect(try client.logIn(company.email, "not the passphrase").code == "invalid_credentials")
        // Who belongs elsewhere too acts there.
        let session = company.admin
        #expect(
            try session.send("POST", "organizations/\(company.id)/switch").code == "organization_suspended")
        #expect(try session.send("POST", "organizations/\(other.id)/switch").status == 404)
        #expect(try session.send("POST", "auth/logout", [:]).status == 204)
        #expect(try await reactivate(company).status == 200)
        #expect(try client.send("POST", "auth/login", right).status == 200)
    }

    @Test func `jobs rest, and run when it is lifted`() async throws {
        let (first, _) = try await Self.servers.value
        let company = try await first.signUp("Rests")
        try await first.drain()
        #expect(try await suspend(company).status == 200)
        _ = try first.database.admin(
            """
            insert into platform.jobs (organization_id, kind, payload)
            select \(company.id)::uuid, 'tenancy.prune_sign_in', '{}'
            from generate_series(1, 3)
            """)
        func waiting() throws -> Int64? {
            try first.database.admin(
                """
                select count(*)
                from platform.jobs as j
                where j.organization_id = \(company.id)::uuid
                  and j.state = 'available'
                """
            ).integer(0, 0)
        }
        let neighbour = try await first.signUp("Works")
        _ = try await neighbour.join("New Person", role: "viewer")
        #expect(try waiting() == 3)
        #expect(try await reactivate(company).status == 200)
        try await first.drain()
        #expect(try waiting() == 0)
    }

    @Test func `both audits tell who suspended and why`() async throws {
        let (first, _) = try await Self.servers.value
        let company = try await first.signUp("Audited")
        let reason = "Terms of use, section 4"
        #expect(try await suspend(company, reason).status == 200)
        #expect(try await suspend(company).code == "already_suspended")
        #expect(try await reactivate(company).status == 200)
        #expect(try await reactivate(company).code == "not_suspended")
        #expect(try await company.admin.comes(to: nil, "visits"))
        let events = try company.send("GET", "security-audit?limit=200").json.data
        let told = try #require(events.first { $0.text("event") == "organization.suspended" })
        #expect(told["by"]?["kind"] == "vendor" && told["detail"]?["reason"] == .string(reason))
        #expect(events.contains { $0.text("event") == "organization.reactivated" })
        let rows = try first.database.admin(
            """
            select a.event, a.detail ->> 'reason', u.role
            from platform.vendor_audit as a
            join platform.vendor_users as u on u.id = a.actor_id
            where a.subject_id = \(company.id)::uuid
            order by a.at, a.id
            """)
        #expect(
            (0..<rows.count).map { rows[$0, 0] } == [
                "vendor.organization.suspended", "vendor.organization.reactivated",
            ])
        #expect(rows[0, 1] == reason && rows[0, 2] == "super_admin")
    }

    @Test func `a support agent looks and does not suspend; nothing is suspended without a reason`()
        async throws
    {
        let (first, _) = try await Self.servers.value
        let company = try await first.signUp("Looked At")
        let agent = try await VendorPerson.make(.supportAgent, on: first).client
        let path = "vendor/organizations/\(company.id)"
        #expect(try agent.send("GET", path).status == 200)
        let refused = try agent.send("POST", "\(path)/suspend", ["reason": "Because"])
        #expect(refused.status == 403 && refused.code == "vendor_role_required")
        #expect(try agent.send("POST", "\(path)/reactivate").code == "vendor_role_required")
        let admin = try await Self.admin.value.client
        for reason: JSON in ["", "   ", .null, 1, .string(String(repeating: "x", count: 501))] {
            let answer = try admin.send("POST", "\(path)/suspend", ["reason": reason])
            #expect(
                answer.status == 422 && answer.faults.first?.hasPrefix("reason:") == true, "\(reason.text)")
        }
        #expect(try admin.send("POST", "\(path)/suspend", [:]).faults == ["reason:required"])
        let nobody = "vendor/organizations/\(UUIDv7.make())"
        #expect(try admin.send("POST", "\(nobody)/suspend", ["reason": "x"]).status == 404)
        #expect(try admin.send("GET", nobody).status == 404)
        #expect(try admin.send("GET", path).json["status"] == "active")
    }

    @Test func `what an organization uses is told in numbers, and nothing of what it holds`() async throws {
        let (first, _) = try await Self.servers.value
        let canary = "canary\(UUIDv7.make().description.suffix(12))"
        let company = try await first.signUp("Counted")
        try company.send("PATCH", "me", ["name": .string("Admin \(canary)")])
        _ = try await company.join("Member \(canary)", role: "viewer")
        for number in 1...3 { _ = try company.make("visits", ["title": .string("\(canary) \(number)")]) }
        let admin = try await Self.admin.value.client
        let answer = try admin.send("GET", "vendor/organizations/\(company.id)")
        let usage = try #require(answer.json["usage"])
        #expect(usage["members"] == 2 && usage["records"]?["probe.visit"] == 4)
        #expect(usage["import_bytes"] == 0 && usage["dead_jobs"] == 0)
        #expect(usage["last_active_at"]?.stringValue?.hasPrefix("20") == true)
        let list = try admin.send("GET", "vendor/organizations?limit=200&count=exact")
        #expect(list.text.contains(company.id.description))
        let me = try admin.send("GET", "vendor/me")
        for told in [answer, list, me] {
            #expect(!told.text.contains(canary) && !told.text.contains(company.email))
            #expect(!told.text.contains(company.adminID.description))
        }
        #expect(try admin.send("GET", "vendor/organizations?q=\(canary)").json.data.isEmpty)
    }
}
