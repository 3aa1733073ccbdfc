import Kernel
import Loop
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
            "POST", "auth/password/reset", ["token": .string(token), "password": "1234567890"])
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
            "PUT", "me/password", ["current": "wrong one", "password": .string(Self.new)])
        #expect(wrong.faults == ["current:wrong_password"])
        let right = try company.send(
            "PUT", "me/password",
            ["current": .string(Company.password), "password": .string(Self.new)])
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

    @Test(arguments: [
        ("short one", "password_too_short"), ("Password123", "password_too_common"),
        ("qwertyuiop", "password_too_common"), ("abcabcabcabcabc", "password_too_common"),
        ("9876543210", "password_too_common"), ("we are the Rossis", "password_too_personal"),
        ("giulia.v-2026!", "password_too_personal"),
    ])
    func `a password that is short, common or about the person is refused by name`(
        password: String, fault: String
    ) async throws {
        let client = try await Stage.platform.client()
        var newcomer = Newcomer()
        newcomer.email = "giulia.v@\(UUIDv7.make()).example"
        newcomer.password = password
        newcomer.name = "Giulia Rossi"
        let answer = try client.send("POST", "auth/signup", newcomer.json)
        #expect(answer.faults == ["password:\(fault)"])
    }

    @Test func `a password of a thousand characters is one, a longer one is not`() async throws {
        let client = try await Stage.platform.client()
        var newcomer = Newcomer()
        newcomer.password = String(repeating: "così-lungo-", count: 91).prefix(1001).description
        #expect(try client.send("POST", "auth/signup", newcomer.json).faults == ["password:too_long"])
        newcomer.password = String(newcomer.password.dropLast())
        #expect(try client.send("POST", "auth/signup", newcomer.json).status == 201)
        #expect(try client.logIn(newcomer.email, newcomer.password).status == 200)
    }

    @Test func `every judged sign-in costs one hash, whoever is asked for`() async throws {
        let platform = try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
        let company = try await platform.signUp("Hashes")
        let invited = try await company.join("Without Password", role: "viewer").id
        _ = try platform.database.admin(
            "update platform.users set password_hash = null where id = \(invited)::uuid")
        let client = platform.client()
        let addresses = [
            company.email, "without.password@\(company.id).example", Stage.address("nobody"), "no address",
        ]
        for address in addresses {
            let before = platform.runtime.hashing.count
            #expect(try client.logIn(address, "not the passphrase").code == "invalid_credentials")
            #expect(platform.runtime.hashing.count - before == 1, "\(address)")
        }
    }
}
