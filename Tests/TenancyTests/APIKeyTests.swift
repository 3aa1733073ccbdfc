import Postgres
import Testing
import TestKit
import Wire

@Suite struct APIKeyTests {
    /// A client with a new key of whoever calls, and the answer that showed it.
    private func key(_ owner: APIClient, _ body: JSON) async throws -> (client: APIClient, made: JSON) {
        let answer = try owner.send("POST", "api-keys", body)
        guard answer.status == 201 else { throw CompanyError.refused(answer.text) }
        return (
            client: try await Stage.platform.client(token: answer.json.text("key")), made: answer.json
        )
    }

    @Test func `a key is shown once and acts as its member`() async throws {
        let company = try await Stage.company("Keys")
        let (client, made) = try await key(company.admin, ["name": "Shop"])
        #expect(made.text("key").wholeMatch(of: /sk_[A-Za-z0-9_-]{22}_[A-Za-z0-9_-]{43}/) != nil)
        #expect(made.text("key").hasPrefix(made.text("prefix")))
        let read = try company.send("GET", "api-keys/\(made.text("id"))")
        #expect(read.status == 200 && read.json["key"] == nil && !read.text.contains(made.text("key")))
        let visit = try client.send("POST", "visits", ["title": "By the shop"])
        #expect(visit.status == 201)
        #expect(visit.json.text("created_by") == company.adminID.description)
        let history = try company.send("GET", "visits/\(visit.json.text("id"))/history").json.data
        #expect(history.first?["by"]?.text("kind") == "key")
        #expect(history.first?["by"]?.text("id") == company.adminID.description)
        let me = try client.send("GET", "me").json
        #expect(me["session"] == .null && me["user"]?.text("id") == company.adminID.description)
    }

    @Test func `a key does what it was given, as far as its member does`() async throws {
        let company = try await Stage.company("Caps")
        let (client, made) = try await key(
            company.admin, ["name": "Reader", "permissions": ["probe.visit.read"]])
        #expect(made["permissions"] == [["permission": "probe.visit.read", "scope": "all"]])
        #expect(try client.send("GET", "visits").status == 200)
        #expect(try client.send("POST", "visits", ["title": "No"]).code == "permission_required")
        let narrow: JSON = [
            "name": "Own", "permissions": [["permission": "probe.visit.read", "scope": "own"]],
        ]
        let (own, _) = try await key(company.admin, narrow)
        let (_, other) = try await company.join("Other Owner", role: "sales_rep")
        let foreign = try company.make("visits", ["title": "Theirs", "owner_id": .string(other.description)])
        #expect(try client.send("GET", "visits/\(foreign)").status == 200)
        #expect(try own.send("GET", "visits/\(foreign)").status == 404)
        let (asRep, _) = try await key(
            company.admin, ["name": "Rep", "role_id": .string(try company.role("sales_rep"))])
        #expect(try asRep.send("GET", "visits/\(foreign)").status == 404)
        #expect(try asRep.send("GET", "settings").code == "permission_required")
        #expect(try asRep.send("GET", "visits").json.data.allSatisfy { $0["secret"] == nil })
    }

    @Test func `nobody gives a key more than they hold, and what they lose it loses`() async throws {
        let company = try await Stage.company("Excess")
        let role = try company.makeRole(
            "Maker",
            [
                "tenancy.api_key.write": "own", "tenancy.api_key.read": "own", "probe.visit.read": "own",
            ])
        let (maker, _) = try await company.join("Key Maker", roleID: role)
        let wider: JSON = [
            "name": "Wide", "permissions": [["permission": "probe.visit.read", "scope": "all"]],
        ]
        #expect(try maker.send("POST", "api-keys", wider).code == "exceeds_own_rights")
        for name in ["settings.write", "users.invite"] {
            let body: JSON = ["name": "More", "permissions": [.string(name)]]
            #expect(try maker.send("POST", "api-keys", body).code == "exceeds_own_rights")
        }
        let admin = JSON.string(try company.role("org_admin"))
        #expect(
            try maker.send("POST", "api-keys", ["name": "A", "role_id": admin]).code == "exceeds_own_rights")
        let (client, _) = try await key(maker, ["name": "Mine", "permissions": ["probe.visit.read"]])
        #expect(try client.send("GET", "visits").status == 200)
        #expect(try company.send("PATCH", "roles/\(role)", ["grants": []]).status == 200)
        #expect(try await client.comes(to: "permission_required", "visits"))
    }

    @Test func `a key is no person: it makes no keys, ends no sessions, becomes no administrator`()
        async throws
    {
        let company = try await Stage.company("Person")
        let (client, _) = try await key(company.admin, ["name": "All"])
        let (_, member) = try await company.join("Some Member", role: "viewer")
        let calls: [(String, String, JSON?)] = [
            ("POST", "api-keys", ["name": "Again"]), ("GET", "auth/sessions", nil),
            ("DELETE", "auth/sessions", nil), ("POST", "auth/totp", [:]),
            ("PUT", "me/password", ["current": .string(Company.password), "password": "a new passphrase"]),
            ("POST", "organizations", ["name": "Mine"]), ("PATCH", "me", ["name": "Key"]),
            ("POST", "organizations/\(company.id)/switch", nil),
        ]
        for (method, path, body) in calls {
            #expect(try client.send(method, path, body).code == "not_for_keys", "\(method) \(path)")
        }
        let promoted = try client.send(
            "PATCH", "members/\(member)", ["role_id": .string(try company.role("org_admin"))])
        #expect(promoted.code == "exceeds_own_rights")
        // An open route sees nobody, so that no session grows out of a key.
        #expect(try client.send("POST", "auth/logout", [:]).status == 204)
        #expect(try client.send("GET", "visits").status == 200)
        #expect(try client.send("POST", "invitations/accept", ["token": "x"]).code == "invitation_invalid")
    }

    @Test func `a key tells nothing of its member's other organizations`() async throws {
        let company = try await Stage.company("First Home")
        let (client, _) = try await key(company.admin, ["name": "All"])
        let other = try await Stage.platform.client(token: company.admin.token)
        #expect(try other.send("POST", "organizations", ["name": "Second Home"]).status == 201)
        #expect(try !client.send("GET", "me").text.contains("Second Home"))
    }

    @Test func `a revoked key is out on every server, and its use is told`() async throws {
        let platform = try await Stage.platform
        let second = try await TestPlatform(beside: platform, plugins: Stage.plugins)
        let company = try await Stage.company("Revoked")
        let (client, made) = try await key(company.admin, ["name": "Lost"])
        let there = second.client(token: client.token)
        for known in [client, there] { #expect(try known.send("GET", "visits").status == 200) }
        #expect(try company.send("DELETE", "api-keys/\(made.text("id"))").status == 204)
        for known in [client, there] { #expect(try await known.comes(to: "unauthenticated", "visits")) }
        let events = try company.send("GET", "security-audit?limit=200").json.data
        for name in ["keys.created", "keys.revoked"] {
            #expect(events.filter { $0.text("event") == name }.count == 1, "\(name)")
        }
        let refused = events.filter { $0.text("event") == "keys.refused" }
        #expect(refused.count == 1)
        #expect(refused.first?["by"]?.text("kind") == "key")
        #expect(refused.first?.text("subject_id") == made.text("id"))
        #expect(events.allSatisfy { !$0.text.contains(made.text("key")) })
    }

    @Test func `a key ends with its membership and does not come back with it`() async throws {
        let company = try await Stage.company("Ended")
        let (member, id) = try await company.join("Leaves Us", role: "org_admin")
        let (client, _) = try await key(member, ["name": "Mine"])
        #expect(try client.send("GET", "visits").status == 200)
        #expect(try company.send("POST", "members/\(id)/suspension", [:]).status == 200)
        #expect(try await client.comes(to: "unauthenticated", "visits"))
        #expect(try company.send("DELETE", "members/\(id)/suspension").status == 204)
        #expect(try client.send("GET", "visits").status == 401)
    }

    @Test func `a key expires`() async throws {
        let clock = HandClock()
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
        let company = try await platform.signUp("Expires")
        let past: JSON = ["name": "Past", "expires_at": "2020-01-01T00:00:00Z"]
        #expect(try company.send("POST", "api-keys", past).faults == ["expires_at:not_in_the_future"])
        let expiry = clock.now().adding(seconds: 300)
        let made = try company.send(
            "POST", "api-keys", ["name": "Short", "expires_at": .string(expiry.description)])
        let client = platform.client(token: made.json.text("key"))
        #expect(try client.send("GET", "visits").status == 200)
        clock.advance(seconds: 301)
        #expect(try client.send("GET", "visits").code == "token_expired")
    }

    @Test func `its last use is known to the minute, that of a read too`() async throws {
        let clock = HandClock()
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
        let company = try await platform.signUp("Uses")
        let made = try company.send("POST", "api-keys", ["name": "Used"]).json
        func lastUse() throws -> JSON? {
            try company.send("GET", "api-keys/\(made.text("id"))").json["last_used_at"]
        }
        #expect(try lastUse() == .null)
        let client = platform.client(token: made.text("key"))
        #expect(try client.send("GET", "visits").status == 200)
        let first = try lastUse()
        #expect(first?.stringValue != nil)
        for _ in 0..<3 { try client.send("GET", "visits") }
        #expect(try lastUse() == first)
        clock.advance(seconds: 61)
        #expect(try client.send("GET", "visits").status == 200)
        #expect(try lastUse() != first)
        let read = try company.send("GET", "api-keys/\(made.text("id"))").json
        #expect(read["version"] == 1)
    }

    @Test func `who has not verified an address makes no key`() async throws {
        let client = try await Stage.platform.client()
        client.token = try client.send("POST", "auth/signup", Newcomer().json).json.text("access_token")
        #expect(try client.send("POST", "api-keys", ["name": "Early"]).code == "email_not_verified")
    }

    @Test func `an answer that shows a key is kept for nobody`() async throws {
        let company = try await Stage.company("Kept")
        let headers = ["Idempotency-Key": "\(UUIDv7.make())"]
        let first = try company.send("POST", "api-keys", ["name": "One"], headers: headers)
        let second = try company.send("POST", "api-keys", ["name": "One"], headers: headers)
        #expect(first.json.text("key") != second.json.text("key"))
        let rows = try await Stage.platform.database.admin(
            """
            select count(*) from kernel.idempotency_keys k
            where k.organization_id = \(company.id)::uuid and convert_from(k.body, 'UTF8') like '%sk_%'
            """)
        #expect(rows.integer(0, 0) == 0)
    }

    @Test(arguments: [
        "sk_", "sk_x", "sk_AAAAAAAAAAAAAAAAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sk_!!!!!!!!!!!!!!!!!!!!!!_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sk_AAAAAAAAAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ])
    func `what is no key of ours opens nothing`(token: String) async throws {
        let answer = try await Stage.platform.client(token: token).send("GET", "visits")
        #expect(answer.status == 401 && answer.code == "unauthenticated")
    }
}
