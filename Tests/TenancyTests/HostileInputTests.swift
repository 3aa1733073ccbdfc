import Testing
import TestKit
import Wire

/// Ten thousand requests that nobody means well: none ends in a 5xx, none gives a right.
@Suite struct HostileInputTests {
    private static let routes: [(method: String, path: String, keys: [String])] = [
        ("POST", "auth/login", ["email", "password", "organization_id"]),
        ("POST", "auth/signup", ["email", "password", "name", "organization"]),
        ("POST", "auth/refresh", ["refresh_token"]),
        ("POST", "auth/verify", ["token"]),
        ("POST", "auth/password/forgot", ["email"]),
        ("POST", "auth/password/reset", ["token", "password"]),
        ("POST", "invitations/accept", ["token", "name", "password"]),
        ("POST", "invitations", ["email", "role_id", "team_ids"]),
        ("POST", "roles", ["name", "description", "grants", "field_access"]),
        ("PATCH", "me", ["name", "locale", "time_zone", "theme"]),
        ("PATCH", "settings", ["name", "country", "currency", "address", "week_start"]),
        ("PUT", "plugins/probe", ["on"]),
        ("GET", "audit", []),
        ("GET", "security-audit", []),
    ]

    private static let values: [JSON] = [
        nil, true, 0, -1, 1.5, 9_223_372_036_854_775_807, "", " ", "x", "' or 1=1 --", "\u{202e}", "\u{7f}",
        "é", "%00",
        "{}", "🙂", .string(String(repeating: "a", count: 300)), .string(String(repeating: "(", count: 5000)),
        [], [[]],
        [nil], [[:]], [["permission": nil]], ["name": nil], ["name": ["name": []]], ["slug": "../.."],
        "00000000-0000-0000-0000-000000000000", "019aa6e4-0000-7000-8000-000000000000", "a@b",
        "a@b.it\r\nBcc: c@d.it",
    ]

    @Test func `no hostile input ends in a server's error or a right gained`() async throws {
        let company = try await Stage.company("Hostile")
        let (member, _) = try await company.join("Mallory", role: "viewer")
        let anonymous = try await Stage.platform.client()
        var random = SystemRandomNumberGenerator()
        for round in 0..<10_000 {
            let route = Self.routes[round % Self.routes.count]
            let client = round % 3 == 0 ? anonymous : round % 3 == 1 ? member : company.admin
            let answer = try Self.attack(route, client, round, &random)
            #expect(answer.status < 500, "\(route.method) \(route.path): \(answer.text)")
            if client !== company.admin, route.path == "roles" || route.path == "invitations" {
                #expect(answer.status >= 400)
            }
        }
        let me = try member.send("GET", "me").json
        #expect(me["role"]?.text("key") == "viewer")
    }

    private static func attack(
        _ route: (method: String, path: String, keys: [String]), _ client: APIClient, _ round: Int,
        _ random: inout SystemRandomNumberGenerator
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
            body[key] = values.randomElement(using: &random) ?? .null
        }
        if round % 17 == 0 { body["unknown"] = "x" }
        return try client.send(route.method, route.path, .object(body))
    }
}
