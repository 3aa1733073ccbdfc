import Postgres
import Testing
import TestKit
import Wire

/// Passwords can't be tried for long, and nobody is kept out by those who try.
@Suite struct AttemptsTests {
    private static func stage() async throws -> (TestPlatform, HandClock) {
        let clock = HandClock()
        return (
            try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock),
            clock
        )
    }

    /// Sends wrong passwords until the answer is no longer a 401; how many were judged.
    private func judged(_ client: APIClient, _ email: String, most: Int = 300) throws -> Int {
        for count in 0..<most where try client.logIn(email, "not the passphrase").status != 401 {
            return count
        }
        return most
    }

    private func wait(_ answer: APIResponse) -> Int { answer.header("Retry-After").flatMap { Int($0) } ?? 0 }

    @Test func `five failures lock an account, there or not, and each further one for twice as long`()
        async throws
    {
        let (platform, clock) = try await Self.stage()
        let company = try await platform.signUp("Locks")
        let client = platform.client()
        for email in [company.email, Stage.address("nobody")] {
            #expect(try judged(client, email) == 5)
            for delay in [30, 60, 120, 240, 480, 960, 1920, 3600, 3600] {
                let locked = try client.logIn(email)
                #expect(locked.status == 429 && locked.code == "too_many_attempts")
                #expect((delay - 5...delay).contains(wait(locked)), "\(delay): \(wait(locked))")
                clock.advance(seconds: Int64(delay) + 1)
                #expect(try judged(client, email) == 1)
            }
        }
        clock.advance(seconds: 3601)
        try client.logIn(company.email)
        let events = try client.send("GET", "security-audit?event=auth.locked&limit=200").json.data
        #expect(events.count == 10)
        #expect(events.last?["detail"]?["seconds"] == 30)
    }

    @Test func `an account that is not answers like one that is, in every byte`() async throws {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Bytes")
        let client = platform.client()
        func bodies(_ email: String) throws -> [String] {
            try (0..<7).map { _ in
                let answer = try client.logIn(email, "not the passphrase")
                let body = answer.json.objectValue?.entries.filter { $0.key != "request_id" }
                return "\(answer.status) \(body?.map { "\($0.key)=\($0.value.text)" } ?? [])"
            }
        }
        #expect(try bodies(company.email) == bodies(Stage.address("nobody")))
    }

    @Test func `a success voids the failures of the account`() async throws {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Voids")
        let client = platform.client()
        for _ in 0..<3 {
            for _ in 0..<4 { #expect(try client.logIn(company.email, "not the passphrase").status == 401) }
            #expect(try client.logIn(company.email).status == 200)
        }
    }

    @Test func `a lock holds on every server`() async throws {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Everywhere")
        #expect(try judged(platform.client(), company.email) == 5)
        let second = try await TestPlatform(beside: platform, plugins: Stage.plugins)
        #expect(try second.client().logIn(company.email).status == 429)
    }

    @Test func `wrong codes lock as wrong passwords do`() async throws {
        let (platform, clock) = try await Self.stage()
        let company = try await platform.signUp("Codes")
        let authenticator = try Authenticator.setUp(company.admin, at: clock.now())
        let client = platform.client()
        for _ in 0..<5 { #expect(try client.logIn(company.email, totp: "000 000x").code == "totp_invalid") }
        #expect(try client.logIn(company.email, totp: authenticator.recoveryCodes[0]).status == 429)
        clock.advance(seconds: 31)
        #expect(try client.logIn(company.email, totp: authenticator.recoveryCodes[0]).status == 200)
    }

    /// A person at a network of their own, while others try from everywhere: addresses are put into the
    /// sessions.
    @Test func `who tries from elsewhere does not keep the owner out where the owner has been`() async throws
    {
        let (platform, clock) = try await Self.stage()
        let company = try await platform.signUp("Owner")
        let client = platform.client()
        try lockEverywhere(company.email, platform)
        #expect(try client.logIn(company.email).status == 200)
        try lockEverywhere(company.email, platform)
        _ = try platform.database.admin("update platform.sessions set address = '192.0.2.7'")
        let elsewhere = try client.logIn(company.email)
        #expect(elsewhere.status == 429 && wait(elsewhere) > 0)
        clock.advance(seconds: 1)
        try client.send("POST", "auth/password/forgot", ["email": .string(company.email)])
        try await platform.drain()
        let token = try platform.token(in: "reset", to: company.email)
        let body: JSON = ["token": .string(token), "password": .string(PasswordTests.new)]
        #expect(try client.send("POST", "auth/password/reset", body).status == 204)
        #expect(try client.logIn(company.email, PasswordTests.new).status == 200)
    }

    /// The account's lock of all networks, as fifty networks would bring it about: what locks this one is
    /// taken away.
    private func lockEverywhere(_ email: String, _ platform: TestPlatform) throws {
        _ = try platform.database.admin("delete from platform.sign_in_attempts")
        let client = platform.client()
        for _ in 0..<50 {
            try client.logIn(email, "not the passphrase")
            _ = try platform.database.admin(
                "update platform.sign_in_attempts set locked_until = null where failures < 50")
        }
        _ = try platform.database.admin(
            "delete from platform.sign_in_attempts where locked_until > now() + interval '30 minutes'")
    }

    @Test func `a network that tries many accounts is made to wait for all of them`() async throws {
        let (platform, clock) = try await Self.stage()
        let company = try await platform.signUp("Sprayed")
        let client = platform.client()
        var count = 0
        while count < 150, try client.logIn(Stage.address("nobody\(count)"), "Password1234").status == 401 {
            count += 1
        }
        #expect(count == 100)
        // But for who has signed in from there before.
        #expect(try client.logIn(company.email).status == 200)
        clock.advance(seconds: 31)
        #expect(try client.logIn(Stage.address("nobody"), "Password1234").status == 401)
    }

    @Test func `guesses at once learn no more than guesses in turn`() async throws {
        let (platform, _) = try await Self.stage()
        let email = try await platform.signUp("Burst").email
        let port = platform.port
        let statuses = try await Crowd.run(24) { number in
            try APIClient(port: port).logIn(email, "guess number \(number)").status
        }
        #expect(statuses.filter { $0 == 401 }.count == 5)
        #expect(statuses.allSatisfy { $0 == 401 || $0 == 429 })
    }

    @Test func `a right password is not told while there is to be waited, whatever else was asked for`()
        async throws
    {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Oracle")
        // As of guesses at once: there was no lock when this one was looked at first, and when it was judged
        // there is.
        _ = try platform.database.admin(
            """
            create or replace function platform.sign_in_wait(
                person uuid, own text, shared text[], at timestamptz)
            returns integer
            language sql stable
            security definer
            set search_path = pg_catalog, pg_temp
            as $$
                select case current_setting('transaction_read_only') when 'on' then 0 else 30 end
            $$
            """)
        let organizations: [UUIDv7?] = [nil, .make()]
        for organization in organizations {
            for password in [Company.password, "not the passphrase"] {
                let body: JSON = [
                    "email": .string(company.email), "password": .string(password),
                    "organization_id": organization.map { .string($0.description) } ?? .null,
                ]
                let answer = try platform.client().send("POST", "auth/login", body)
                #expect(answer.status == 429 && answer.code == "too_many_attempts", "\(password)")
            }
        }
    }

    @Test func `an organization that is not one's own is told to who knew the password, and voids failures`()
        async throws
    {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Foreign")
        let client = platform.client()
        let right: JSON = [
            "email": .string(company.email), "password": .string(Company.password),
            "organization_id": .string(UUIDv7.make().description),
        ]
        for _ in 0..<2 {
            for _ in 0..<4 { #expect(try client.logIn(company.email, "not the passphrase").status == 401) }
            #expect(
                try client.send("POST", "auth/login", right).faults == [
                    "organization_id:reference_not_found"
                ])
        }
    }

    @Test func `what is sent as an address names no other bucket than that address's`() async throws {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Buckets")
        let client = platform.client()
        for place in [" from 127.0.0.1", "from127.0.0.1", ":from", " from ::1"] {
            for _ in 0..<4 {
                #expect(try client.logIn(company.email + place, "not the passphrase").status == 401)
            }
        }
        #expect(try judged(client, company.email) == 5)
    }

    @Test func `letters that are folded onto those of an address open nothing and mail nothing`() async throws
    {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Folk")
        let client = platform.client()
        // U+0130, which PostgreSQL lowers to an i, and the Kelvin sign.
        for (letter, other) in [("i", "\u{130}"), ("k", "\u{212A}")] {
            let other = company.email.replacing(letter, with: other)
            #expect(other != company.email)
            #expect(try client.logIn(other).code == "invalid_credentials")
            let before = platform.mail(to: company.email)
            let sent = try client.send("POST", "auth/password/forgot", ["email": .string(other)])
            #expect(sent.status == 204)
            try await platform.drain()
            #expect(platform.mail(to: company.email) == before)
        }
        #expect(try client.logIn(company.email).status == 200)
    }

    @Test func `sign-up tells of few accounts before it makes wait`() async throws {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Known")
        let client = platform.client()
        var newcomer = Newcomer()
        newcomer.email = company.email
        for _ in 0..<20 {
            #expect(try client.send("POST", "auth/signup", newcomer.json).code == "email_taken")
        }
        #expect(try client.send("POST", "auth/signup", newcomer.json).code == "too_many_attempts")
    }

    @Test func `links to set a password are not mailed without end, and nobody is told`() async throws {
        let (platform, _) = try await Self.stage()
        let company = try await platform.signUp("Flooded")
        let client = platform.client()
        for _ in 0..<12 {
            let body: JSON = ["email": .string(company.email)]
            #expect(try client.send("POST", "auth/password/forgot", body).status == 204)
            try await platform.drain()
        }
        let tokens = try platform.database.admin(
            "select count(*) from platform.user_tokens t where t.kind = 'reset'")
        #expect(tokens.integer(0, 0) == 5)
    }
}
