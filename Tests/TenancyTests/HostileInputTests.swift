import Kernel
import Postgres
import Testing
import TestKit
import Wire

/// Ten thousand requests that nobody means well: none ends in a 5xx, none gives a right.
@Suite struct HostileInputTests {
    private static let routes: [(method: String, path: String, keys: [String])] = [
        ("POST", "auth/login", ["email", "password", "organization_id", "totp"]),
        ("POST", "auth/signup", ["email", "password", "name", "organization"]),
        ("POST", "auth/refresh", ["refresh_token"]),
        ("POST", "auth/verify", ["token"]),
        ("POST", "auth/password/forgot", ["email"]),
        ("POST", "auth/password/reset", ["token", "password"]),
        ("POST", "auth/totp", ["password"]),
        ("POST", "auth/totp/confirm", ["code"]),
        ("DELETE", "auth/totp", ["password", "code"]),
        ("PUT", "me/password", ["current", "password"]),
        ("POST", "invitations/accept", ["token", "name", "password"]),
        ("POST", "invitations", ["email", "role_id", "team_ids"]),
        ("POST", "roles", ["name", "description", "grants", "field_access"]),
        ("PATCH", "roles/{role}", ["name", "grants", "field_access"]),
        ("PATCH", "members/{member}", ["role_id"]),
        ("POST", "api-keys", ["name", "permissions", "role_id", "expires_at"]),
        ("PATCH", "me", ["name", "locale", "time_zone", "theme"]),
        ("PATCH", "settings", ["name", "country", "currency", "address", "require_two_factor"]),
        ("PUT", "plugins/probe", ["on"]),
        ("GET", "audit", []),
        ("GET", "security-audit", []),
        ("GET", "api-keys", []),
    ]

    private static let values: [JSON] = [
        nil, true, 0, -1, 1.5, 9_223_372_036_854_775_807, "", " ", "x", "' or 1=1 --", "\u{202e}", "\u{7f}",
        "é", "%00", "{}", "🙂", .string(String(repeating: "a", count: 300)),
        .string(String(repeating: "(", count: 5000)), [], [[]], [nil], [[:]], [["permission": nil]],
        ["name": nil], ["name": ["name": []]], ["slug": "../.."], "00000000-0000-0000-0000-000000000000",
        "019aa6e4-0000-7000-8000-000000000000", "a@b", "a@b.it\r\nBcc: c@d.it", "000000",
        "2040-01-01T00:00:00Z",
        [["permission": "settings.write", "scope": "all"]], ["settings.write", "users.revoke"],
        [["permission": "probe.visit.read", "scope": "all"]],
        [["permission": "probe.visit.read", "scope": "own"]],
        ["probe.visit.read"], "a name like another",
    ]

    /// What a member holds who may hand rights out, though few.
    private static let held = [
        "roles.read": "all", "roles.write": "all", "roles.assign": "all", "users.read": "all",
        "users.write": "all",
        "users.invite": "all", "tenancy.api_key.read": "own", "tenancy.api_key.write": "own",
        "probe.visit.read": "own",
    ]

    /// A company with its callers, and the ids that attacks name.
    private struct Scene {
        let platform: TestPlatform
        let company: Company
        let limited: UUIDv7
        let clients: [APIClient]
        let ids: [JSON]
        let paths: [String: String]
    }

    private static func scene() async throws -> Scene {
        let platform = try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
        let company = try await platform.signUp("Hostile")
        let (viewer, _) = try await company.join("Mallory", role: "viewer")
        let role = try company.makeRole("Hands Out", held)
        let (limited, id) = try await company.join("Trudy", roleID: role)
        let own = try company.makeRole("Plain", ["probe.visit.read": "own"])
        let ids = [try company.role("org_admin"), try company.role("viewer"), role, own]
        return Scene(
            platform: platform, company: company, limited: id,
            clients: [platform.client(), viewer, company.admin, limited], ids: ids.map(JSON.string),
            paths: ["{role}": own, "{member}": id.description])
    }

    @Test func `no hostile input ends in a server's error or a right gained`() async throws {
        let scene = try await Self.scene()
        var random = FixedRandom(seed: Soak.seed(1))
        var answered: [Int: Int] = [:]
        let rounds = Soak.size(10_000, soak: 100_000, "hostile requests")
        for round in 0..<rounds {
            if round % 500 == 0 {
                await Task.yield()
                // Or nearly every sign-in would be made to wait, and none of them judged.
                try scene.platform.database.admin("delete from platform.sign_in_attempts")
            }
            let route = Self.routes[round % Self.routes.count]
            let caller = round / Self.routes.count % scene.clients.count
            let answer = try Self.attack(route, scene, scene.clients[caller], round, &random)
            if route.path == "auth/login" { answered[answer.status, default: 0] += 1 }
            #expect(answer.status < 500, "\(route.method) \(route.path): \(answer.text)")
            let isGranting =
                ["roles", "invitations", "api-keys"].contains(route.path) && route.method == "POST"
            if caller < 2, isGranting { #expect(answer.status >= 400) }
        }
        #expect(answered[429, default: 0] * 2 < answered.values.reduce(0, +), "\(answered)")
        #expect(try scene.clients[1].send("GET", "me").json["role"]?.text("key") == "viewer")
        #expect(try scene.company.send("GET", "me").json["role"]?.text("key") == "org_admin")
        try Self.expectNothingGained(scene)
    }

    /// By what stands in the database: no role of the company's own holds what the limited member doesn't,
    /// nothing that they have made does, nor have they come to; and there is the one administrator.
    private static func expectNothingGained(_ scene: Scene) throws {
        let rights = held.sorted { $0.key < $1.key }
        let (names, scopes) = (rights.map(\.key), rights.map(\.value))
        let rows = try scene.platform.database.admin(
            """
            with held as (
                select h.permission, h.scope
                from unnest(\(names)::text[], \(scopes)::text[]) as h (permission, scope)
            ),
            wider as (
                select g.role_id as id
                from kernel.role_grants g
                left join held h on h.permission = g.permission
                where g.organization_id = \(scene.company.id)::uuid
                and (h.scope is null or array_position(array['own', 'team', 'all'], g.scope)
                    > array_position(array['own', 'team', 'all'], h.scope))
                union
                select r.id from kernel.roles r where r.key = 'org_admin'
            )
            select
                (select count(*) from kernel.roles r join wider w on w.id = r.id
                where r.organization_id = \(scene.company.id)::uuid and r.key is null),
                (select count(*) from kernel.invitations i join wider w on w.id = i.role_id
                where i.invited_by = \(scene.limited)::uuid),
                (select count(*) from kernel.api_keys k join wider w on w.id = k.role_id
                where k.member_id = \(scene.limited)::uuid),
                (select count(*)
                from kernel.api_keys k
                cross join lateral jsonb_each_text(k.permissions) as p (permission, scope)
                left join held h on h.permission = p.permission and
                    array_position(array['own', 'team', 'all'], p.scope)
                    <= array_position(array['own', 'team', 'all'], h.scope)
                where k.member_id = \(scene.limited)::uuid and h.scope is null),
                (select count(*) from kernel.memberships m join wider w on w.id = m.role_id
                where m.id = \(scene.limited)::uuid),
                (select count(*) from kernel.memberships m join kernel.roles r
                on r.organization_id = m.organization_id
                and r.id = m.role_id
                where m.organization_id = \(scene.company.id)::uuid and r.key = 'org_admin'
                and m.status = 'active'),
                (select count(*) from kernel.api_keys k where k.member_id = \(scene.limited)::uuid)
            """)
        for column in 0..<5 { #expect(rows.integer(0, column) == 0, "\(column)") }
        #expect(rows.integer(0, 5) == 1)
        #expect((rows.integer(0, 6) ?? 0) > 0)
    }

    private static func attack(
        _ route: (method: String, path: String, keys: [String]), _ scene: Scene, _ client: APIClient,
        _ round: Int, _ random: inout FixedRandom
    ) throws -> APIResponse {
        if route.method == "GET" {
            let keys = [
                "limit", "cursor", "at%5Bgte%5D", "entity", "record_id", "actor_id", "action", "event", "x",
            ]
            let value = values.randomElement(using: &random)?.stringValue ?? "1"
            let escaped = value.utf8.prefix(1000).map { "%" + Hex.encode([$0]) }.joined()
            return try client.send(
                "GET", "\(route.path)?\(keys.randomElement(using: &random) ?? "x")=\(escaped)")
        }
        var body = JSONObject()
        for key in route.keys where Bool.random(using: &random) {
            let isID = key == "role_id" && Bool.random(using: &random)
            body[key] = (isID ? scene.ids : values).randomElement(using: &random) ?? .null
        }
        if ["api-keys", "roles", "invitations"].contains(route.path), round % 3 == 0 {
            // Whole but for the rights, so that these are what is judged.
            body["name"] = route.path == "invitations" ? nil : .string("Name \(round)")
            if route.path == "invitations" { body["email"] = .string("friend\(round)@example.com") }
            for key in ["expires_at", "description", "field_access", "team_ids"] { body[key] = nil }
        }
        if round % 17 == 0 { body["unknown"] = "x" }
        // What the administrator may give, and gives, is no right that somebody took.
        if client === scene.company.admin { for key in ["grants", "role_id"] { body[key] = nil } }
        let path = scene.paths.reduce(route.path) { $0.replacing($1.key, with: $1.value) }
        return try client.send(route.method, path, .object(body))
    }
}
