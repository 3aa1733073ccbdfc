import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// How many requests a minute anybody may send.
@Suite struct RequestLimitTests {
    private func platform(
        _ clock: HandClock, _ change: @escaping (inout RequestLimits) -> Void
    ) async throws -> TestPlatform {
        try await TestPlatform(
            clock: clock,
            configure: { configuration in
                var limits = RequestLimits()
                limits.signIns = 10_000
                change(&limits)
                configuration.requestLimits = limits
            })
    }

    @Test func `a user's writes are counted, told and refused for the rest of the minute`() async throws {
        let clock = HandClock(.now())
        let platform = try await platform(clock) { $0.writes = 20 }
        let company = try await platform.signUp("Writes")
        for number in 1...20 {
            let answer = try company.send("PATCH", "me", ["name": "Ada"])
            #expect(answer.status == 200)
            #expect(answer.header("ratelimit-limit") == "20")
            #expect(answer.header("ratelimit-remaining") == "\(20 - number)")
        }
        let refused = try company.send("PATCH", "me", ["name": "Ada"])
        #expect(refused.status == 429)
        #expect(refused.code == "rate_limited")
        let wait = try #require(refused.header("retry-after").flatMap { Int64($0) })
        #expect((1...60).contains(wait))
        #expect(refused.header("ratelimit-reset") == "\(wait)")
        #expect(refused.header("ratelimit-remaining") == "0")
        // Reading has an allowance of its own.
        #expect(try company.send("GET", "me").status == 200)
        clock.advance(seconds: wait)
        #expect(try company.send("PATCH", "me", ["name": "Ada"]).status == 200)
    }

    @Test func `two processes together allow no more than one`() async throws {
        let clock = HandClock(.now())
        let platform = try await platform(clock) { $0.writes = 30 }
        let company = try await platform.signUp("Processes")
        var limits = RequestLimits()
        limits.writes = 30
        let limited = limits
        let beside = try await TestPlatform(
            beside: platform, clock: clock, configure: { $0.requestLimits = limited })
        let other = beside.client(token: company.admin.token)
        var allowed = 0
        for number in 1...50 {
            let client = number.isMultiple(of: 2) ? company.admin : other
            if try client.send("PATCH", "me", ["name": "Ada"]).status == 200 { allowed += 1 }
        }
        #expect(allowed == 30)
    }

    @Test func `an organization's people share its allowance`() async throws {
        let clock = HandClock(.now())
        let platform = try await platform(clock) { $0.organizationWrites = 12 }
        let company = try await platform.signUp("Shared")
        let mate = try await company.join("Bea Neri", role: "sales_rep")
        clock.advance(seconds: 60)
        let answers = try (1...8).map { _ in
            [
                try company.send("PATCH", "me", ["name": "Ada"]).status,
                try mate.client.send("PATCH", "me", ["name": "Bea"]).status,
            ]
        }
        #expect(answers.joined().count { $0 == 200 } == 12)
        #expect(answers.joined().count { $0 == 429 } == 4)
    }

    @Test func `a plan's own number goes before the installation's`() async throws {
        let clock = HandClock(.now())
        let platform = try await platform(clock) { $0.writes = 5 }
        let company = try await platform.signUp("Plan")
        _ = try platform.database.admin(
            """
            insert into platform.plans (code, name, position, features, limits)
            values ('brisk', 'Brisk', 9, '{"plugins": ["*"]}', '{"writes_per_minute": 8}')
            """)
        _ = try platform.database.admin(
            "update platform.organizations set plan_code = 'brisk' where id = \(company.id)::uuid")
        clock.advance(seconds: 60)
        let statuses = try (1...9).map { _ in try company.send("PATCH", "me", ["name": "Ada"]).status }
        #expect(statuses == Array(repeating: 200, count: 8) + [429])
    }

    @Test func `signing in is counted by address, whoever is named`() async throws {
        let clock = HandClock(.now())
        let platform = try await platform(clock) { $0.signIns = 6 }
        let client = platform.client()
        let statuses = try (1...8).map { number in
            try client.send(
                "POST", "auth/login", ["email": .string("a\(number)@example.com"), "password": "wrong"]
            ).status
        }
        #expect(statuses == Array(repeating: 401, count: 6) + [429, 429])
        #expect(try client.send("POST", "auth/password/forgot", ["email": "a@example.com"]).status == 429)
    }

    @Test func `tokens that don't hold count by address`() async throws {
        let platform = try await platform(HandClock(.now())) { $0.anonymousReads = 3 }
        let client = platform.client(token: "nothing")
        let statuses = try (1...5).map { _ in try client.send("GET", "me").status }
        #expect(statuses == [401, 401, 401, 429, 429])
    }

    @Test func `without limits nothing is told`() async throws {
        let company = try await ApiPlatform.company()
        #expect(try company.send("GET", "me").header("ratelimit-limit") == nil)
    }
}
