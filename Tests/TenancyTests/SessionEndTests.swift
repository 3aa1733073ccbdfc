import Postgres
import Testing
import TestKit
import Wire

/// However often a session is renewed, it ends on its day.
@Suite struct SessionEndTests {
    /// Thirty days, as tenants' sessions last at most, and the day of the vendor's.
    private static let longest: Int64 = 2_592_000
    private static let day: Int64 = 86_400

    private let clock = HandClock()

    private func stage() async throws -> TestPlatform {
        try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
    }

    /// Makes the sessions of a table so old that an hour is left of `longest`.
    private func age(_ table: String, to longest: Int64, on platform: TestPlatform) throws {
        let opened = clock.now().adding(seconds: 3600 - longest)
        _ = try platform.database.admin(
            "update platform.\(identifier: table) set created_at = \(opened)::timestamptz")
    }

    /// Seconds from the opening of the oldest session to its end.
    private func length(_ table: String, on platform: TestPlatform) throws -> Int64? {
        try platform.database.admin(
            """
            select extract(epoch from s.expires_at - s.created_at)::bigint
            from platform.\(identifier: table) as s
            order by s.created_at, s.id
            limit 1
            """
        ).integer(0, 0)
    }

    @Test func `a refresh shortly before the end gives no more than is left`() async throws {
        let platform = try await stage()
        let company = try await platform.signUp("Longest")
        let client = platform.client()
        let tokens = try client.logIn(company.email).json
        try age("sessions", to: Self.longest, on: platform)
        let body: JSON = ["refresh_token": .string(tokens.text("refresh_token"))]
        let next = try client.send("POST", "auth/refresh", body)
        #expect(next.status == 200)
        let rows = try platform.database.admin(
            """
            select extract(epoch from t.expires_at - s.created_at)::bigint,
                extract(epoch from s.expires_at - s.created_at)::bigint
            from platform.refresh_tokens as t
            join platform.sessions as s on s.id = t.session_id
            where exists (
                select
                from platform.refresh_tokens as u
                where u.session_id = s.id
                  and u.used_at is not null)
              and t.used_at is null
            """)
        #expect(rows.count == 1)
        #expect(rows.integer(0, 0) == Self.longest && rows.integer(0, 1) == Self.longest)
        clock.advance(seconds: 3601)
        let late: JSON = ["refresh_token": .string(next.json.text("refresh_token"))]
        #expect(try client.send("POST", "auth/refresh", late).code == "token_expired")
    }

    @Test func `a browser's session in use ends on its day too`() async throws {
        let platform = try await stage()
        let company = try await platform.signUp("Browsing")
        let browser = Browser(platform.client())
        try browser.logIn(company.email)
        try age("sessions", to: Self.longest, on: platform)
        clock.advance(seconds: 600)
        #expect(try browser.send("GET", "me").status == 200)
        #expect(browser.setCookies.count == 2)
        let ends = try platform.database.admin(
            """
            select extract(epoch from max(s.expires_at) - min(s.created_at))::bigint
            from platform.sessions as s
            where s.last_used_at >= \(clock.now())::timestamptz
            """
        ).integer(0, 0)
        #expect(ends == Self.longest)
    }

    @Test func `the vendor's sessions end after a day`() async throws {
        let platform = try await stage()
        let vendor = try await VendorPerson.make(on: platform)
        try age("vendor_sessions", to: Self.day, on: platform)
        let body: JSON = ["refresh_token": .string(vendor.refreshToken)]
        #expect(try vendor.client.send("POST", "vendor/auth/refresh", body).status == 200)
        #expect(try length("vendor_sessions", on: platform) == Self.day)
    }
}
