import Testing
import TestKit
import Wire

@Suite struct SessionTests {
    @Test func `logging in tells an unknown address from a wrong password in nothing`() async throws {
        let company = try await Stage.company("Login")
        let client = try await Stage.platform.client()
        let wrong = try client.logIn(company.email, "not the passphrase")
        let unknown = try client.logIn(Stage.address("nobody"), "not the passphrase")
        let absurd = try client.logIn("not an address", "x")
        #expect([wrong.status, unknown.status, absurd.status] == [401, 401, 401])
        #expect(wrong.code == "invalid_credentials")
        func body(_ answer: APIResponse) -> [String] {
            answer.json.objectValue?.entries.filter { $0.key != "request_id" }.map {
                "\($0.key)=\($0.value.text)"
            } ?? []
        }
        #expect(body(wrong) == body(unknown))
        #expect(body(wrong) == body(absurd))
        #expect(try client.logIn(company.email.uppercased()).status == 200)
    }

    @Test func `a failed log-in stands in the security audit of the organization`() async throws {
        let company = try await Stage.company("Failures")
        try await Stage.platform.client().logIn(company.email, "not the passphrase")
        let events = try company.send("GET", "security-audit?event=auth.login.failed").json.data
        #expect(events.map { $0.text("subject_id") } == [company.adminID.description])
        #expect(events.first?.text("address").isEmpty == false)
    }

    @Test func `a refresh token is good for one pair`() async throws {
        let company = try await Stage.company("Refresh")
        let client = try await Stage.platform.client()
        let first = try client.logIn(company.email).json
        let second = try client.send(
            "POST", "auth/refresh", ["refresh_token": first["refresh_token"] ?? .null])
        #expect(second.status == 200)
        client.token = second.json.text("access_token")
        #expect(try client.send("GET", "me").status == 200)
        let third = try client.send(
            "POST", "auth/refresh", ["refresh_token": second.json["refresh_token"] ?? .null])
        #expect(third.status == 200)
    }

    @Test func `a used refresh token ends its whole family and no other`() async throws {
        let company = try await Stage.company("Reuse")
        let client = try await Stage.platform.client()
        let first = try client.logIn(company.email).json
        let second = try client.send(
            "POST", "auth/refresh", ["refresh_token": first["refresh_token"] ?? .null])
        let stolen = try client.send(
            "POST", "auth/refresh", ["refresh_token": first["refresh_token"] ?? .null])
        #expect(stolen.status == 401)
        let after = try client.send(
            "POST", "auth/refresh", ["refresh_token": second.json["refresh_token"] ?? .null])
        #expect(after.status == 401)
        client.token = second.json.text("access_token")
        #expect(try await client.ends())
        #expect(try company.send("GET", "me").status == 200)
        #expect(try company.send("GET", "security-audit?event=auth.token.reused").json.data.count == 1)
    }

    @Test func `logging out ends the session at once and always says so`() async throws {
        let company = try await Stage.company("Logout")
        let client = try await Stage.platform.client()
        let tokens = try client.logIn(company.email).json
        #expect(try client.send("POST", "auth/logout", [:]).status == 204)
        #expect(try await client.ends())
        #expect(
            try client.send("POST", "auth/refresh", ["refresh_token": tokens["refresh_token"] ?? .null])
                .status == 401)
        #expect(try client.send("POST", "auth/logout", [:]).status == 204)
        client.token = nil
        #expect(try client.send("POST", "auth/logout", ["refresh_token": "nothing"]).status == 204)
    }

    @Test func `sessions are listed with their device and ended one by one`() async throws {
        let company = try await Stage.company("Sessions")
        let phone = try await Stage.platform.client()
        try phone.send(
            "POST", "auth/login", ["email": .string(company.email), "password": .string(Company.password)],
            headers: ["User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"])
        let sessions = try company.send("GET", "auth/sessions").json.data
        #expect(sessions.count == 2)
        #expect(sessions.first?.text("device") == "Safari on iPhone")
        let other = sessions.first { $0["is_current"]?.boolValue == false }?.text("id") ?? ""
        #expect(try company.send("DELETE", "auth/sessions/\(other)").status == 204)
        #expect(try company.send("DELETE", "auth/sessions/\(other)").status == 404)
        #expect(try company.send("GET", "auth/sessions").json.data.count == 1)
        let stranger = try await Stage.company("Stranger")
        let mine = try company.send("GET", "auth/sessions").json.data.first?.text("id") ?? ""
        #expect(try stranger.send("DELETE", "auth/sessions/\(mine)").status == 404)
    }

    @Test(arguments: [
        "eyJhbGciOiJub25lIn0.e30.", "a.b.c", "", "Bearer", String(repeating: "x", count: 7000),
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.c2ln",
    ])
    func `what is no token of ours opens nothing`(token: String) async throws {
        let answer = try await Stage.platform.client(token: token).send("GET", "me")
        #expect(answer.status == 401)
        #expect(answer.code == "unauthenticated")
    }

    @Test func `a token's claims are those of the contract, under a published key`() async throws {
        let company = try await Stage.company("Claims")
        let token = company.admin.token ?? ""
        let parts = token.split(separator: ".").map { Base64.decode(String($0), url: true) ?? [] }
        let header = try JSON.parse(parts[0])
        let claims = try JSON.parse(parts[1])
        #expect(header.text("alg") == "ES256")
        #expect(Set(claims.objectValue?.keys ?? []) == ["sub", "org", "sid", "iat", "exp", "iss", "aud"])
        #expect(claims.text("org") == company.id.description)
        #expect((claims["exp"]?.integerValue ?? 0) - (claims["iat"]?.integerValue ?? 0) == 900)
        let keys = try company.send("GET", "/.well-known/jwks.json").json["keys"]?.arrayValue ?? []
        #expect(keys.contains { $0.text("kid") == header.text("kid") })
        #expect(keys.allSatisfy { $0["d"] == nil })
    }
}
