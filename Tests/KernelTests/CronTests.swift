import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// Jobs at the times of a clock.
struct CronTests {
    /// Rome around the changes of 2026: forward on 29 March, back on 25 October, both at 01:00 UTC.
    private static func rome() throws -> ZoneOffsets {
        ZoneOffsets(changes: [
            (from: 0, minutes: 60), (from: try minute("2026-03-29T01:00:00.000Z"), minutes: 120),
            (from: try minute("2026-10-25T01:00:00.000Z"), minutes: 60),
        ])
    }

    private static func minute(_ text: String) throws -> Int {
        Int(try #require(Instant(text)).milliseconds / 60_000)
    }

    /// Every due moment between two, asked each minute as a worker does.
    private func moments(_ expression: String, _ from: String, _ to: String) throws -> [String] {
        let cron = try #require(CronExpression(expression))
        let rome = try Self.rome()
        var found: [String] = []
        for minute in try Self.minute(from)...Self.minute(to) {
            let now = Instant(milliseconds: Int64(minute) * 60_000 + 30_000)
            guard let due = cron.due(at: now, in: rome)?.description, found.last != due else { continue }
            found.append(due)
        }
        return found.filter { $0 >= from }
    }

    @Test(arguments: [
        ("0 7 * * 1-5", "2026-11-20T07:00", true), ("0 7 * * 1-5", "2026-11-21T07:00", false),
        ("0 7 * * mon-FRI", "2026-11-20T07:00", true), ("*/15 9-17 * * *", "2026-11-21T17:45", true),
        ("*/15 9-17 * * *", "2026-11-21T17:50", false), ("5,10,20-30/5 0 1 jan *", "2026-01-01T00:25", true),
        ("0 0 * * 7", "2026-11-22T00:00", true), ("0 0 * * 0", "2026-11-22T00:00", true),
        // Either day, unless one of them is a star.
        ("0 0 13 * 5", "2026-11-20T00:00", true), ("0 0 13 * 5", "2026-10-13T00:00", true),
        ("0 0 13 * *", "2026-11-20T00:00", false), ("0 0 29 2 *", "2028-02-29T00:00", true),
    ])
    func `an expression matches the times that crontab says`(_ text: String, _ time: String, _ matches: Bool)
        throws
    {
        let cron = try #require(CronExpression(text))
        #expect(cron.matches(localMinute: try Self.minute("\(time):00.000Z")) == matches)
    }

    @Test(arguments: [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
        "5-1 * * * *", "*/0 * * * *", "5/2 * * * *", "a * * * *", "1,,2 * * * *", "-1 * * * *",
        "1-2-3 * * * *",
        "* * * mon *",
    ])
    func `what is no expression is refused`(_ text: String) { #expect(CronExpression(text) == nil) }

    @Test func `a time that the clocks skip is due once, right behind the gap`() throws {
        let found = try moments("30 2 * * *", "2026-03-28T00:00:00.000Z", "2026-03-30T03:00:00.000Z")
        #expect(
            found == [
                "2026-03-28T01:30:00.000Z", "2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z",
            ])
    }

    @Test func `a time that the clocks show twice is due once`() throws {
        let found = try moments("30 2 * * *", "2026-10-24T00:00:00.000Z", "2026-10-26T03:00:00.000Z")
        #expect(
            found == [
                "2026-10-24T00:30:00.000Z", "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z",
            ])
    }

    @Test func `each half hour stays each half hour when the clocks change`() throws {
        let found = try moments("*/30 * * * *", "2026-10-25T00:00:00.000Z", "2026-10-25T02:00:00.000Z")
        #expect(found.count == 5)
        let skipped = try moments("*/30 * * * *", "2026-03-29T00:00:00.000Z", "2026-03-29T02:00:00.000Z")
        #expect(skipped.count == 5)
    }

    @Test func `of two workers one enqueues at seven, for each organization by its own clock`() async throws {
        // A Monday, 05:59:30 UTC: 06:59:30 in Rome.
        let clock = HandClock(try #require(Instant("2026-11-23T05:59:30.000Z")))
        try await JobFixture.run(clock: clock) { fixture in
            _ = try fixture.test.database.admin(
                """
                insert into kernel.settings (organization_id, key, value)
                values (\(fixture.beta)::uuid, 'time_zone', '"America/New_York"')
                """)
            let clocks = [ScheduleClock(runtime: fixture.runtime), ScheduleClock(runtime: fixture.runtime)]
            for clock in clocks { try await clock.tick() }
            #expect(try fixture.jobs(Report.kind, "available") == 0)
            clock.advance(seconds: 30)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for clock in clocks { group.addTask { _ = try await clock.tick() } }
                try await group.waitForAll()
            }
            #expect(try fixture.jobs(Report.kind, "available") == 1)
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("reports") == 1)
            #expect(try fixture.count("reports", in: fixture.beta) == 0)
            // Later in the hour it was done; six hours later it is New York's turn.
            clock.advance(seconds: 600)
            for clock in clocks { try await clock.tick() }
            #expect(try fixture.jobs(Report.kind, "available") == 0)
            clock.advance(seconds: 6 * 3600 - 600)
            for clock in clocks { try await clock.tick() }
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("reports") == 1)
            #expect(try fixture.count("reports", in: fixture.beta) == 1)
        }
    }

    @Test func `clocks that can't be asked keep no other schedule waiting, and are asked again`() async throws
    {
        let clock = HandClock(try #require(Instant("2026-11-23T06:00:00.000Z")))
        try await JobFixture.run(clock: clock) { fixture in
            let database = fixture.test.database
            _ = try database.admin("alter function platform.organization_zones() rename to zones_away")
            let schedules = ScheduleClock(runtime: fixture.runtime)
            try await schedules.tick()
            #expect(try fixture.jobs(Sweep.kind, "available") == 2)
            #expect(try fixture.jobs(Report.kind, "available") == 0)
            _ = try database.admin("alter function platform.zones_away() rename to organization_zones")
            try await schedules.tick()
            #expect(try fixture.jobs(Report.kind, "available") == 2)
        }
    }

    @Test func `a zone that nobody knows keeps no other waiting`() async throws {
        let clock = HandClock(try #require(Instant("2026-11-23T06:00:00.000Z")))
        try await JobFixture.run(clock: clock) { fixture in
            let database = fixture.test.database
            _ = try database.admin(
                """
                insert into kernel.settings (organization_id, key, value)
                values (\(fixture.beta)::uuid, 'time_zone', '"Mars/Olympus"')
                """)
            try await ScheduleClock(runtime: fixture.runtime).tick()
            #expect(try fixture.jobs(Report.kind, "available") == 1)
            let zone = try database.admin("select platform.standard_zone()")[0, 0]
            #expect(zone == Preferences().timeZone, "PostgreSQL and the program agree")
        }
    }
}
