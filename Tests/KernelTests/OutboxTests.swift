import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

struct OutboxTests {
    @Test func `what follows a change happens after its commit, in order and once`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let team = try await fixture.team("Sales", in: context)
            for territory in ["north", "south", "west"] {
                try await fixture.move(team, to: territory, in: context)
            }
            await #expect(throws: Problem.self) {
                try await context.inTransaction { (context: Context) async throws(Problem) in
                    try await fixture.move(team, to: "nowhere", in: context)
                    throw Problem(409, "changed_my_mind")
                }
            }
            let workers = [fixture.worker(), fixture.worker()]
            try await withThrowingTaskGroup { group in
                for worker in workers { group.addTask { try await worker.runUntilIdle() } }
                try await group.waitForAll()
            }
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("welcome \(team)") == 1)
            #expect(try fixture.order(team) == [2, 3, 4])
        }
    }

    @Test func `a reader that was broken off repeats no effect`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let team = try await fixture.team("Sales", in: context)
            try await fixture.move(team, to: "north", in: context)
            try await fixture.worker().runUntilIdle()
            // As if the process had died before its cursor was written.
            _ = try fixture.test.database.admin("delete from platform.outbox_cursors")
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("welcome \(team)") == 1)
            #expect(try fixture.order(team) == [2])
        }
    }

    @Test func `while one reads, no other does`() async throws {
        try await JobFixture.run { fixture in
            let reader = try MaintenanceConnection(fixture.test.database.adminConnection)
            try reader.execute(
                "begin; select pg_advisory_xact_lock(hashtextextended('outbox \(OutboxReader.cursor)', 0))")
            let outbox = OutboxReader(runtime: fixture.runtime)
            #expect(try await outbox.pass(isStopping: { false }) == .busy)
            try reader.execute("rollback")
            #expect(try await outbox.pass(isStopping: { false }) != .busy)
        }
    }

    @Test func `the reader waits for transactions that began before and are still open`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let first = try await fixture.team("First", in: context)
            try await fixture.worker().runUntilIdle()

            let open = try MaintenanceConnection(fixture.test.database.adminConnection)
            try open.execute(
                """
                begin;
                set local app.organization_id = '\(fixture.acme)';
                set local app.actor_kind = 'system';
                update kernel.teams set territory = 'open' where id = '\(first)'
                """)
            let second = try await fixture.team("Second", in: try await fixture.context(fixture.beta))
            let outbox = OutboxReader(runtime: fixture.runtime)
            #expect(try await outbox.pass(isStopping: { false }) == .idle)
            #expect(try fixture.count("welcome \(second)", in: fixture.beta) == 0)

            try open.execute("commit")
            try await fixture.follow(outbox)
            #expect(try fixture.count("welcome \(second)", in: fixture.beta) == 1)
            #expect(try fixture.order(first) == [2])
        }
    }

    @Test func `a hook that fails delays its own record and nobody else's, and keeps the order`() async throws
    {
        try await JobFixture.run(clock: HandClock.late) { fixture in
            let context = try await fixture.context()
            let stuck = try await fixture.team("Stuck", in: context)
            let free = try await fixture.team("Free", in: context)
            try await fixture.move(stuck, to: "closed", in: context)
            try await fixture.move(free, to: "north", in: context)
            let outbox = OutboxReader(runtime: fixture.runtime)
            try await fixture.follow(outbox)
            #expect(try fixture.order(free) == [2])
            #expect(try fixture.order(stuck) == [])

            // Still failing once more, then mended: versions 2 and 3 follow in their order.
            let claimed = try await fixture.deadQueue().claim(10)
            #expect(claimed.map(\.kind) == [FollowEvent.kind])
            try await fixture.move(stuck, to: "open", in: context)
            try await fixture.follow(outbox)
            #expect(try fixture.order(stuck) == [])
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.order(stuck) == [2, 3])
            #expect(try fixture.jobs(FollowEvent.kind, "completed") == 2)
            let left = try fixture.test.database.admin("select count(*) from kernel.outbox_deferred")
            #expect(left.integer(0, 0) == 0)
        }
    }

    @Test func `a hook that always fails ends among the dead letters, and what comes later goes on`()
        async throws
    {
        try await JobFixture.run(clock: HandClock.late) { fixture in
            let context = try await fixture.context()
            let team = try await fixture.team("Closed", in: context)
            try await fixture.move(team, to: "closed", in: context)
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.jobs(FollowEvent.kind, "discarded") == 1)
            #expect(try fixture.order(team) == [])

            try await fixture.move(team, to: "open", in: context)
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.order(team) == [3])
        }
    }

    @Test func `a hook of a plugin that is off does not run`() async throws {
        try await JobFixture.run { fixture in
            try fixture.switchOff(in: fixture.beta)
            let on = try await fixture.team("On", in: try await fixture.context())
            let off = try await fixture.team("Off", in: try await fixture.context(fixture.beta))
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("welcome \(on)") == 1)
            #expect(try fixture.count("welcome \(off)", in: fixture.beta) == 0)
        }
    }
}

extension JobFixture {
    /// Reads every event that is committed, once other tests' transactions are over; runs no jobs.
    func follow(_ outbox: OutboxReader) async throws {
        while try await outbox.waitsSince() != nil { _ = try await outbox.pass(isStopping: { false }) }
    }

    /// A new team of the context's organization.
    func team(_ name: String, in context: Context) async throws -> UUIDv7 {
        let id = UUIDv7.make()
        _ = try await context.write([
            """
            insert into kernel.teams (organization_id, id, name)
            values (\(try context.organization())::uuid, \(id)::uuid, \(name))
            """
        ])
        return id
    }

    /// Gives a team another territory.
    func move(_ team: UUIDv7, to territory: String, in context: Context) async throws(Problem) {
        let organization = try context.organization()
        _ = try await context.write([
            """
            update kernel.teams
            set territory = \(territory)
            where organization_id = \(organization)::uuid and id = \(team)::uuid
            """
        ])
    }

    /// The versions of a team in the order in which `workshop.follow` saw them.
    func order(_ team: UUIDv7) throws -> [Int64] {
        let rows = try test.database.admin(
            "select value from kernel.counters where series = \("order \(team)") order by year")
        return (0..<rows.count).compactMap { rows.integer($0, 0) }
    }
}
