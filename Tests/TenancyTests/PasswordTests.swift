import Postgres
import Testing
import TestKit
import Wire

@Suite struct PasswordTests {
    static let new = "another long passphrase"

    @Test func `a mailed link sets a new password once and ends every session`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Reset")
        let client = platform.client()
        #expect(
            try client.send("POST", "auth/password/forgot", ["email": .string(company.email)]).status == 204)
        try await platform.drain()
        let token = try platform.token(in: "reset", to: company.email)
        let weak = try client.send(
            "POST", "auth/password/reset", ["token": .string(token), "password": "12345678"])
        #expect(weak.faults == ["password:password_too_common"])
        let body: JSON = ["token": .string(token), "password": .string(Self.new)]
        #expect(try client.send("POST", "auth/password/reset", body).status == 204)
        #expect(try client.send("POST", "auth/password/reset", body).code == "link_used")
        #expect(try await company.admin.ends())
        #expect(try client.logIn(company.email).status == 401)
        #expect(try client.logIn(company.email, Self.new).status == 200)
    }

    @Test func `asking for a link never tells whether there is an account`() async throws {
        let platform = try await Stage.platform
        let client = platform.client()
        let nobody = Stage.address("nobody")
        for email in [nobody, "not an address", "' or 1=1 --"] {
            #expect(try client.send("POST", "auth/password/forgot", ["email": .string(email)]).status == 204)
        }
        try await platform.drain()
        #expect(platform.mail(to: nobody) == nil)
    }

    @Test func `changing a password wants the present one and ends the other sessions`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Change")
        let other = platform.client()
        try other.logIn(company.email)
        let wrong = try company.send(
            "POST", "me/password", ["current_password": "wrong one", "new_password": .string(Self.new)])
        #expect(wrong.faults == ["current_password:wrong_password"])
        let right = try company.send(
            "POST", "me/password",
            ["current_password": .string(Company.password), "new_password": .string(Self.new)])
        #expect(right.status == 204)
        #expect(try company.send("GET", "me").status == 200)
        #expect(try await other.ends())
        #expect(try other.logIn(company.email, Self.new).status == 200)
    }

    @Test func `a hash of weaker parameters is made anew at log-in`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Upgrade")
        // 8 MiB instead of 19, by the reference library over the salt `somesaltsomesalt`.
        let weak =
            "$argon2id$v=19$m=8192,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$wU6+3i4n2iugA3CDgCPNlisywHagkyNheIcHLYcnKBI"
        _ = try platform.database.admin(
            "update platform.users set password_hash = \(weak) where id = \(company.adminID)::uuid")
        #expect(try platform.client().logIn(company.email).status == 200)
        let kept = try platform.database.admin(
            "select u.password_hash from platform.users u where u.id = \(company.adminID)::uuid")
        #expect(kept[0, 0]?.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$") == true)
        #expect(try platform.client().logIn(company.email).status == 200)
    }
}
