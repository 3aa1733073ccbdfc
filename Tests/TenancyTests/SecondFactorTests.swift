import Postgres
import Testing
import TestKit
import Wire

@testable import Tenancy

@Suite struct SecondFactorTests {
    private static let clock = HandClock()
    private static let starting = Task {
        try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
    }

    private var platform: TestPlatform { get async throws { try await Self.starting.value } }
    private var now: Instant { Self.clock.now() }

    /// A code that no test before has used: the next step's moment.
    private func nextMoment() -> Instant {
        Self.clock.advance(seconds: 30)
        return now
    }

    @Test func `with a second factor a password alone opens nothing, and each code opens once`() async throws
    {
        let company = try await platform.signUp("Factor")
        let authenticator = try Authenticator.setUp(company.admin, at: nextMoment())
        #expect(try company.send("GET", "me").json["user"]?["two_factor"] == true)
        let client = try await platform.client()
        #expect(try client.logIn(company.email).code == "totp_required")
        #expect(try client.logIn(company.email, "not the passphrase").code == "invalid_credentials")
        let code = authenticator.code(at: nextMoment())
        #expect(try client.logIn(company.email, totp: code).status == 200)
        let again = try client.logIn(company.email, totp: code)
        #expect(again.status == 401 && again.code == "totp_invalid")
        let events = try company.send("GET", "security-audit?limit=200").json.data
        let names = Set(events.map { $0.text("event") })
        #expect(names.isSuperset(of: ["auth.totp.on", "auth.totp.failed", "auth.login"]))
        for event in events { #expect(!event.text.contains(authenticator.secret)) }
    }

    @Test func `the code that confirmed a secret does not sign in as well`() async throws {
        let company = try await platform.signUp("Confirms")
        let moment = nextMoment()
        let authenticator = try Authenticator.setUp(company.admin, at: moment)
        let client = try await platform.client()
        #expect(try client.logIn(company.email, totp: authenticator.code(at: moment)).code == "totp_invalid")
    }

    @Test func `a secret that was not confirmed asks nobody for a code`() async throws {
        let company = try await platform.signUp("Pending")
        let made = try company.send("POST", "auth/totp", [:])
        #expect(made.status == 200)
        #expect(made.json["recovery_codes"]?.arrayValue?.count == 10)
        #expect(made.json.text("otpauth_url").hasPrefix("otpauth://totp/Stratikey:admin%40"))
        let code = try #require(QRCode(made.json.text("otpauth_url")))
        #expect(made.json["qr"] == ["size": .integer(code.size), "path": .string(code.path)])
        #expect(try await platform.client().logIn(company.email).status == 200)
        #expect(
            try company.send("POST", "auth/totp/confirm", ["code": "000000x"]).faults == ["code:wrong_code"])
        // The one made last is the one that counts.
        let second = try #require(Authenticator(try company.send("POST", "auth/totp", [:]).json))
        let first = try #require(Authenticator(made.json))
        let moment = nextMoment()
        let stale: JSON = ["code": .string(first.code(at: moment))]
        #expect(try company.send("POST", "auth/totp/confirm", stale).faults == ["code:wrong_code"])
        let right: JSON = ["code": .string(second.code(at: moment))]
        #expect(try company.send("POST", "auth/totp/confirm", right).status == 204)
        #expect(try company.send("POST", "auth/totp/confirm", right).code == "totp_not_begun")
        #expect(try company.send("POST", "auth/totp", [:]).code == "totp_is_on")
    }

    @Test func `a code confirms the secret that it is of, and no other that was begun meanwhile`()
        async throws
    {
        let company = try await platform.signUp("Overtaken")
        let database = try await platform.database
        func begin() throws -> [UInt8] {
            #expect(try company.send("POST", "auth/totp", [:]).status == 200)
            let rows = try database.admin(
                "select t.sealed from platform.totp_secrets as t where t.user_id = \(company.adminID)::uuid")
            return try #require(rows.binary(0, 0))
        }
        func confirm(_ sealed: [UInt8]) throws -> Bool? {
            try database.admin(
                """
                select platform.use_totp_step(
                    \(company.adminID)::uuid, \(Int64(1))::bigint, true, now(), \(sealed)::bytea)
                """
            ).bool(0, 0)
        }
        let first = try begin()
        let second = try begin()
        #expect(try confirm(first) == false)
        #expect(try company.send("GET", "me").json["user"]?["two_factor"] == false)
        #expect(try confirm(second) == true)
    }

    @Test func `each recovery code opens once, however it is written`() async throws {
        let company = try await platform.signUp("Recovery")
        let authenticator = try Authenticator.setUp(company.admin, at: nextMoment())
        let client = try await platform.client()
        let code = authenticator.recoveryCodes[3]
        #expect(code.count == 19)
        let written = " \(code.uppercased().replacing("-", with: " "))"
        #expect(try client.logIn(company.email, totp: written).status == 200)
        #expect(try client.logIn(company.email, totp: code).code == "totp_invalid")
        #expect(try client.logIn(company.email, totp: authenticator.recoveryCodes[4]).status == 200)
        #expect(try company.send("GET", "me").json["user"]?["recovery_codes_left"] == 8)
        let key = try company.send("POST", "api-keys", ["name": "Program"]).json.text("key")
        let seen = try await platform.client(token: key).send("GET", "me").json["user"]
        #expect(seen?["two_factor"] == true && seen?["recovery_codes_left"] == nil)
        let used = try company.send("GET", "security-audit?event=auth.recovery_code.used").json.data
        #expect(used.count == 2)
        let stored = try await platform.database.admin(
            "select encode(c.digest, 'hex') from platform.recovery_codes c where c.user_id = \(company.adminID)::uuid"
        )
        #expect(stored.count == 10)
    }

    @Test func `the secret lies sealed, each time otherwise`() async throws {
        let company = try await platform.signUp("Sealed")
        let authenticator = try Authenticator.setUp(company.admin, at: nextMoment())
        let rows = try await platform.database.admin(
            "select s.sealed from platform.totp_secrets s where s.user_id = \(company.adminID)::uuid")
        let sealed = try #require(rows.binary(0, 0))
        #expect(sealed.count == 20 + 28)
        #expect(authenticator.secret.count == 32)
    }

    @Test func `switching it off wants the password or a code`() async throws {
        let company = try await platform.signUp("Off")
        let authenticator = try Authenticator.setUp(company.admin, at: nextMoment())
        #expect(try company.send("DELETE", "auth/totp").faults == ["password:required"])
        let wrong = try company.send("DELETE", "auth/totp", ["password": "not the passphrase"])
        #expect(wrong.faults == ["password:wrong_password"])
        #expect(try company.send("DELETE", "auth/totp", ["code": "123"]).faults == ["code:wrong_code"])
        let code: JSON = ["code": .string(authenticator.code(at: nextMoment()))]
        #expect(try company.send("DELETE", "auth/totp", code).status == 204)
        #expect(try company.send("DELETE", "auth/totp", code).code == "totp_not_begun")
        #expect(try await platform.client().logIn(company.email).status == 200)
        #expect(try company.send("GET", "security-audit?event=auth.totp.off").json.data.count == 1)
        _ = try Authenticator.setUp(company.admin, at: nextMoment())
        let password: JSON = ["password": .string(Company.password)]
        #expect(try company.send("DELETE", "auth/totp", password).status == 204)
    }

    @Test func `a session that is not fresh proves the password before it begins`() async throws {
        let company = try await platform.signUp("Stale")
        Self.clock.advance(seconds: 700)
        #expect(try company.send("POST", "auth/totp", [:]).faults == ["password:required"])
        let body: JSON = ["password": .string(Company.password)]
        #expect(try company.send("POST", "auth/totp", body).status == 200)
        for _ in 0..<5 { try company.send("POST", "auth/totp", ["password": "not the passphrase"]) }
        let locked = try company.send("POST", "auth/totp", body)
        #expect(locked.code == "too_many_attempts")
        #expect(locked.header("Retry-After").flatMap { Int($0) }.map { (1...30).contains($0) } == true)
        // A stolen session does not lock its owner out of signing in.
        #expect(try await platform.client().logIn(company.email).status == 200)
    }

    @Test func `an organization that demands a second factor lets nobody in without`() async throws {
        let company = try await platform.signUp("Demands")
        let (member, _) = try await company.join("Plain Member", role: "org_admin")
        let demand: JSON = ["require_two_factor": true]
        #expect(
            try company.send("PATCH", "settings", demand).faults == ["require_two_factor:two_factor_first"])
        _ = try Authenticator.setUp(company.admin, at: nextMoment())
        #expect(try company.send("PATCH", "settings", demand).json["require_two_factor"] == true)
        for path in ["visits", "settings", "auth/sessions", "members"] {
            #expect(try await member.comes(to: "two_factor_required", path), "\(path)")
            #expect(try company.send("GET", path).status == 200)
        }
        #expect(try member.send("GET", "me").status == 200)
        _ = try Authenticator.setUp(member, at: nextMoment())
        #expect(try await member.comes(to: nil, "visits"))
        let off: JSON = ["password": .string(Company.password)]
        #expect(try member.send("DELETE", "auth/totp", off).status == 204)
        #expect(try await member.comes(to: "two_factor_required", "visits"))
        #expect(try company.send("PATCH", "settings", ["require_two_factor": false]).status == 200)
        #expect(try await member.comes(to: nil, "visits"))
    }

    @Test func `codes are those of pyotp`() async throws {
        let company = try await platform.signUp("Python")
        let made = try company.send("POST", "auth/totp", [:]).json
        let moment = nextMoment()
        let script = """
            from pyotp import parse_uri
            address = parse_uri('\(made.text("otpauth_url"))')
            assert address.secret == '\(made.text("secret"))' and address.issuer == 'Stratikey'
            print(address.at(\(moment.milliseconds / 1000)))
            """
        let code = String(try Program.output(ofPython: script).prefix { $0.isNumber })
        #expect(try company.send("POST", "auth/totp/confirm", ["code": .string(code)]).status == 204)
    }
}
