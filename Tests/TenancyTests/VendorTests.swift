import Kernel
import Postgres
import Tenancy
import TestKit
import Testing
import Wire

/// The vendor's realm: people, tokens and an audit of its own.
@Suite struct VendorTests {
    private static let clock = HandClock()
    private static let starting = Task {
        try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
    }

    private var platform: TestPlatform { get async throws { try await Self.starting.value } }

    /// A code that no test before has used: the next step's moment.
    private func nextCode(of secret: String) throws -> String {
        Self.clock.advance(seconds: 30)
        return try #require(VendorPerson.code(of: secret, at: Self.clock.now()))
    }

    private func make(_ email: String, isOneTime: Bool = true, password: String) async throws {
        let platform = try await platform
        let runtime = platform.runtime
        try await platform.onLoop {
            try await VendorPeople(Context.command("vendor create", runtime: runtime)).create(
                VendorPeople.Person(email: email, name: "Vera Venturi", role: "super_admin"),
                password: password, isOneTime: isOneTime)
        }
    }

    private func logIn(_ client: APIClient, _ email: String, _ password: String, _ code: String? = nil)
        throws -> APIResponse
    {
        let totp: JSON = code.map(JSON.string) ?? .null
        return try client.send(
            "POST", "vendor/auth/login",
            ["email": .string(email), "password": .string(password), "totp": totp])
    }

    @Test func `the first log-in sets up a second factor and replaces the one-time password`() async throws {
        let email = Stage.address("first")
        let (given, own) = ("handed over once", "known to nobody else")
        try await make(email, password: given)
        let client = try await platform.client()
        let begun = try logIn(client, " \(email.uppercased())", given)
        #expect(begun.status == 401 && begun.code == "totp_enrolment_required")
        #expect(begun.json["new_password_required"] == true && begun.json["access_token"] == nil)
        let token = begun.json["enrolment_token"] ?? .null
        let confirm: JSON = ["enrolment_token": token, "code": "123456", "password": .string(own)]
        #expect(try client.send("POST", "vendor/auth/totp/confirm", confirm).code == "totp_not_begun")
        let made = try client.send("POST", "vendor/auth/totp", ["enrolment_token": token])
        #expect(made.json.text("otpauth_url").hasPrefix("otpauth://totp/Stratikey%20Vendor:first"))
        #expect(made.json["qr"]?.text("path").hasPrefix("M0 0h7v1h-7z") == true)
        let code = JSON.string(try nextCode(of: made.json.text("secret")))
        let path = "vendor/auth/totp/confirm"
        let kept = try client.send("POST", path, ["enrolment_token": token, "code": code])
        #expect(kept.faults == ["password:required"])
        let common = try client.send(
            "POST", path, ["enrolment_token": token, "code": code, "password": "password12"])
        #expect(common.faults == ["password:password_too_common"])
        let same = try client.send(
            "POST", path, ["enrolment_token": token, "code": code, "password": .string(given)])
        #expect(same.faults == ["password:password_unchanged"])
        let signedIn = try client.send(
            "POST", path, ["enrolment_token": token, "code": code, "password": .string(own)])
        #expect(signedIn.status == 200 && signedIn.json["user"]?["role"] == "super_admin")
        client.token = signedIn.json.text("access_token")
        #expect(try client.send("GET", "vendor/me").json["user"]?["name"] == "Vera Venturi")
        for stale in [path, "vendor/auth/totp"] {
            let body: JSON =
                path == stale ? ["enrolment_token": token, "code": code] : ["enrolment_token": token]
            #expect(try client.send("POST", stale, body).code == "enrolment_invalid")
        }
        #expect(try logIn(client, email, given).code == "invalid_credentials")
        #expect(try logIn(client, email, own).code == "totp_required")
    }

    @Test func `without a second factor nothing else works, and each code opens once`() async throws {
        let vendor = try await VendorPerson.make(on: platform)
        let client = try await platform.client()
        #expect(try logIn(client, vendor.email, vendor.password).code == "totp_required")
        let code = try nextCode(of: vendor.secret)
        #expect(try logIn(client, vendor.email, vendor.password, code).status == 200)
        #expect(try logIn(client, vendor.email, vendor.password, code).code == "totp_invalid")
        #expect(try logIn(client, vendor.email, vendor.password, "abc").code == "totp_invalid")
    }

    @Test func `an enrolment holds for minutes, and another secret voids the first`() async throws {
        let (email, password) = (Stage.address("late"), "quite unlikely words")
        try await make(email, isOneTime: false, password: password)
        let client = try await platform.client()
        let token = try logIn(client, email, password).json["enrolment_token"] ?? .null
        let first = try client.send("POST", "vendor/auth/totp", ["enrolment_token": token]).json
        let second = try client.send("POST", "vendor/auth/totp", ["enrolment_token": token]).json
        let code = JSON.string(try nextCode(of: first.text("secret")))
        let wrong = try client.send(
            "POST", "vendor/auth/totp/confirm", ["enrolment_token": token, "code": code])
        #expect(wrong.faults == ["code:wrong_code"])
        Self.clock.advance(seconds: 601)
        let late = JSON.string(try nextCode(of: second.text("secret")))
        let answer = try client.send(
            "POST", "vendor/auth/totp/confirm", ["enrolment_token": token, "code": late])
        #expect(answer.status == 401 && answer.code == "enrolment_invalid")
    }

    @Test func `guessing makes wait, whether there is an address or not, in the same bytes`() async throws {
        let clock = HandClock()
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
        let vendor = try await VendorPerson.make(on: platform)
        let client = platform.client()
        func bodies(_ email: String) throws -> [String] {
            try (0..<7).map { _ in
                let answer = try logIn(client, email, "not the passphrase")
                let body = answer.json.objectValue?.entries.filter { $0.key != "request_id" }
                return "\(answer.status) \(body?.map { "\($0.key)=\($0.value.text)" } ?? [])"
            }
        }
        let known = try bodies(vendor.email)
        #expect(known == (try bodies(Stage.address("nobody"))))
        #expect(known.last?.hasPrefix("429") == true)
        func right() throws -> APIResponse {
            let code = VendorPerson.code(of: vendor.secret, at: clock.now())
            return try logIn(client, vendor.email, vendor.password, code)
        }
        clock.advance(seconds: 29)
        #expect(try right().code == "too_many_attempts")
        clock.advance(seconds: 30)
        #expect(try right().status == 200)
        let rows = try platform.database.admin(
            """
            select count(*), count(a.actor_id), string_agg(a.detail::text, '')
            from platform.vendor_audit as a
            where a.event = 'auth.login.failed'
            """)
        #expect((rows.integer(0, 0) ?? 0) >= 10 && (rows.integer(0, 1) ?? 0) >= 5)
        #expect(rows[0, 2]?.contains("@") == false)
    }

    @Test func `a refresh token works once, and a second use ends the session`() async throws {
        let platform = try await platform
        let vendor = try await VendorPerson.make(on: platform)
        let client = vendor.client
        let first: JSON = ["refresh_token": .string(vendor.refreshToken)]
        let next = try client.send("POST", "vendor/auth/refresh", first)
        #expect(next.status == 200)
        client.token = next.json.text("access_token")
        #expect(try client.send("GET", "vendor/me").status == 200)
        // A tenant's route knows no such token, and the other way round.
        #expect(try client.send("POST", "auth/refresh", first).status == 401)
        #expect(try client.send("POST", "vendor/auth/refresh", first).status == 401)
        #expect(try await Deadline.holds { try client.send("GET", "vendor/me").status == 401 })
        let after: JSON = ["refresh_token": .string(next.json.text("refresh_token"))]
        #expect(try client.send("POST", "vendor/auth/refresh", after).status == 401)
        let company = try await platform.signUp("Refreshes")
        let tokens = try platform.client().logIn(company.email).json
        let theirs: JSON = ["refresh_token": .string(tokens.text("refresh_token"))]
        #expect(try client.send("POST", "vendor/auth/refresh", theirs).status == 401)
    }

    @Test func `a session ends by log-out, by reset and by removal`() async throws {
        let platform = try await platform
        let ways: [@Sendable (VendorPeople, String) async throws -> Bool] = [
            { try await $0.reset($1, password: "quite another word") }, { try await $0.remove($1) },
        ]
        let leaving = try await VendorPerson.make(on: platform)
        let client = leaving.client
        #expect(try client.send("POST", "vendor/auth/logout").status == 204)
        #expect(try await Deadline.holds { try client.send("GET", "vendor/me").status == 401 })
        for end in ways {
            let vendor = try await VendorPerson.make(on: platform)
            let client = vendor.client
            #expect(try client.send("GET", "vendor/me").status == 200)
            let runtime = platform.runtime
            let isFound = try await platform.onLoop {
                try await end(VendorPeople(Context.command("vendor", runtime: runtime)), vendor.email)
            }
            #expect(isFound)
            #expect(try await Deadline.holds { try client.send("GET", "vendor/me").status == 401 })
            #expect(try logIn(client, vendor.email, vendor.password).code == "invalid_credentials")
        }
    }

    @Test func `organizations are listed, searched, filtered, sorted and paged`() async throws {
        let platform = try await platform
        let mark = "zq\(UUIDv7.make().description.suffix(8))"
        for name in ["Bravo", "Alfa", "Charlie"] {
            Self.clock.advance(seconds: 1)
            _ = try await platform.signUp("\(name) \(mark)")
        }
        let client = try await VendorPerson.make(.supportAgent, on: platform).client
        func names(_ query: String) throws -> [String] {
            try client.send("GET", "vendor/organizations?q=\(mark)&\(query)").json.data.map {
                String($0.text("name").prefix { $0 != " " })
            }
        }
        #expect(try names("sort=name") == ["Alfa", "Bravo", "Charlie"])
        #expect(try names("sort=-name") == ["Charlie", "Bravo", "Alfa"])
        #expect(try names("") == ["Charlie", "Alfa", "Bravo"])
        #expect(try names("status=suspended") == [] && names("plan=none") == [])
        var (seen, cursor): ([String], String?) = ([], nil)
        repeat {
            let more = cursor.map { "&cursor=\($0)" } ?? ""
            let path = "vendor/organizations?q=\(mark)&sort=slug&limit=2&count=exact\(more)"
            let page = try client.send("GET", path).json
            seen += page.data.map { $0.text("name") }
            #expect(page["page"]?["total"] == 3)
            cursor = page["page"]?["next"]?.stringValue
        } while cursor != nil
        #expect(seen.map { String($0.prefix(1)) } == ["A", "B", "C"])
        let next = try client.send("GET", "vendor/organizations?q=\(mark)&limit=1").json["page"]
        let foreign = "vendor/organizations?q=other&limit=1&cursor=\(next?.text("next") ?? "")"
        #expect(try client.send("GET", foreign).faults == ["cursor:bad_cursor"])
        for fault in ["sort=password", "limit=0", "cursor=x", "status=x", "q=\(mark)&x=1"] {
            #expect(try client.send("GET", "vendor/organizations?\(fault)").status == 400, "\(fault)")
        }
    }
}
