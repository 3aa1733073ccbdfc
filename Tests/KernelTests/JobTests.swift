import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

struct JobTests {
    @Test func `what a transaction that is undone had enqueued leaves nothing`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            await #expect(throws: Problem.self) {
                try await context.inTransaction { (context: Context) async throws(Problem) in
                    try await context.enqueue(CountEffect.self, values: ["name": .text("undone")])
                    throw Problem(409, "changed_my_mind")
                }
            }
            try await context.inTransaction { (context: Context) async throws(Problem) in
                _ = try await context.enqueue(CountEffect.self, values: ["name": .text("kept")])
            }
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("undone") == 0)
            #expect(try fixture.count("kept") == 1)
            #expect(try fixture.jobs(CountEffect.kind, "completed") == 1)
        }
    }

    @Test func `a payload that its shape refuses does not enter the queue`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            await #expect(throws: Problem.self) { try await context.enqueue(CountEffect.self) }
            await #expect(throws: Problem.self) {
                try await context.enqueue(
                    CountEffect.self, values: ["name": .text("a"), "colour": .text("red")])
            }
            #expect(try fixture.jobs(CountEffect.kind, "available") == 0)
        }
    }

    @Test func `two workers never run one job twice`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            for number in 0..<100 {
                try await context.enqueue(CountEffect.self, values: ["name": .text("job \(number)")])
            }
            let workers = [fixture.worker(), fixture.worker(concurrency: 7)]
            try await withThrowingTaskGroup { group in
                for worker in workers { group.addTask { try await worker.runUntilIdle() } }
                try await group.waitForAll()
            }
            let once = try fixture.test.database.admin(
                """
                select count(*) filter (where value = 1), count(*)
                from kernel.counters
                where series like 'job %'
                """
            )
            #expect(once.integer(0, 0) == 100)
            #expect(once.integer(0, 1) == 100)
        }
    }

    @Test func `the job of a worker that died is run by another, and its late end is refused`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let id = try await context.enqueue(FinishTwice.self, values: ["name": .text("effect")])
            let dead = fixture.deadQueue()
            let claimed = try #require(try await dead.claim(1).first)
            #expect(claimed.id == id)

            try await fixture.worker().runUntilIdle()
            #expect(try fixture.job(id, "state") == "completed")
            #expect(try fixture.count("effect") == 1)

            #expect(try await dead.complete([claimed]).isEmpty)
            #expect(try await !dead.retry(claimed, at: .now(), code: "late"))
            #expect(try await !dead.snooze(claimed, until: .now()))
            let late = JobContext(
                context: context, id: id, attempt: 1, member: nil, claim: claimed, worker: dead.worker)
            await #expect(throws: Problem.self) {
                _ = try await FinishTwice.run(Values(["name": .text("effect")]), in: late)
            }
            #expect(try fixture.count("effect") == 1)
            #expect(try fixture.job(id, "state") == "completed")
        }
    }

    @Test func `an organization with much to do does not keep another waiting`() async throws {
        try await JobFixture.run { fixture in
            let busy = try await fixture.context(fixture.acme)
            let quiet = try await fixture.context(fixture.beta)
            for _ in 0..<40 { try await busy.enqueue(CountEffect.self, values: ["name": .text("much")]) }
            for _ in 0..<2 { try await quiet.enqueue(CountEffect.self, values: ["name": .text("little")]) }
            let claimed = try await fixture.worker().queue.claim(6)
            #expect(claimed.count == 6)
            #expect(claimed.filter { $0.organization == fixture.beta }.count == 2)
        }
    }

    @Test func `a job that fails rests longer each time`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let id = try await context.enqueue(
                FailSometimes.self, values: ["name": .text("runs"), "failures": .integer(1)])
            let worker = fixture.worker()
            try await worker.runUntilIdle()
            #expect(try fixture.job(id, "state") == "scheduled")
            #expect(try fixture.job(id, "last_error") == "tool_broken")
            let rest = try fixture.test.database.admin(
                """
                select run_at - now() > '3 s' and run_at - now() < '7 s'
                from platform.jobs
                where id = \(id)::uuid
                """
            )
            #expect(rest.bool(0, 0) == true)

            try fixture.makeDue()
            try await worker.runUntilIdle()
            #expect(try fixture.job(id, "state") == "completed")
            #expect(try fixture.count("runs") == 2)

            let backoff = JobBackoff(id: id)
            #expect((4...6).contains(backoff.seconds(afterAttempt: 1)))
            #expect((32...48).contains(backoff.seconds(afterAttempt: 4)))
            #expect((2880...4320).contains(backoff.seconds(afterAttempt: 60)))
        }
    }

    @Test func `after its last attempt a job is set aside, with the code and no word of its data`()
        async throws
    {
        try await JobFixture.run(clock: HandClock.late) { fixture in
            let context = try await fixture.context()
            let id = try await context.enqueue(
                FailSometimes.self, values: ["name": .text("runs"), "failures": .integer(99)])
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("runs") == 3)
            #expect(try fixture.job(id, "state") == "discarded")
            #expect(try fixture.job(id, "last_error") == "tool_broken")
        }
    }

    @Test func `being put off does not count as an attempt`() async throws {
        try await JobFixture.run(clock: HandClock.late) { fixture in
            let context = try await fixture.context()
            let id = try await context.enqueue(
                FailSometimes.self,
                values: ["name": .text("runs"), "snoozes": .integer(5), "failures": .integer(2)])
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("runs") == 8)
            #expect(try fixture.job(id, "state") == "completed")
        }
    }

    @Test func `a unique key gives one job until it has ended`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let other = try await fixture.context(fixture.beta)
            let values: [String: Value] = ["name": .text("unique")]
            let first = try await context.enqueue(CountEffect.self, values: values, uniqueKey: "one")
            #expect(try await context.enqueue(CountEffect.self, values: values, uniqueKey: "one") == first)
            #expect(try await context.enqueue(CountEffect.self, values: values, uniqueKey: "two") != first)
            #expect(try await other.enqueue(CountEffect.self, values: values, uniqueKey: "one") != first)
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("unique") == 2)
            #expect(try await context.enqueue(CountEffect.self, values: values, uniqueKey: "one") != first)
        }
    }

    @Test func `a job of a kind or version that is not known yet rests`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let unknown: [SQL] = [
                "select platform.enqueue_job('workshop.tomorrow', 1, '{}')",
                "select platform.enqueue_job(\(CountEffect.kind), 2, '{}')",
            ]
            let ids = try await context.write(unknown).compactMap { $0.id(0, 0) }
            try await fixture.worker().runUntilIdle()
            for id in ids {
                #expect(try fixture.job(id, "state") == "scheduled")
                #expect(try fixture.job(id, "snoozes") == "1")
            }
        }
    }

    @Test func `a payload that no longer fits is set aside at once`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let rows = try await context.write([
                #"select platform.enqueue_job('workshop.count', 1, '{"input": {"nickname": "x"}}')"#
            ])
            let id = try #require(rows[0].id(0, 0))
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.job(id, "state") == "discarded")
            #expect(try fixture.job(id, "last_error") == "unreadable_payload")
        }
    }

    @Test func `a job works with the rights of the member who asked for it, while that is a member`()
        async throws
    {
        try await JobFixture.run { fixture in
            let grace = try await fixture.member("Grace")
            let context = try #require(try await fixture.context().acting(asMember: grace))
            try await context.enqueue(NameMember.self)
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("Grace") == 1)

            let id = try await context.enqueue(NameMember.self)
            _ = try fixture.test.database.admin(
                "update kernel.memberships set status = 'removed', ended_at = now()")
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("Grace") == 1)
            #expect(try fixture.job(id, "last_error") == "member_gone")
        }
    }

    @Test func `a job of a plugin that is off rests`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let id = try await context.enqueue(CountEffect.self, values: ["name": .text("resting")])
            try fixture.switchOff(in: fixture.acme)
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.job(id, "state") == "scheduled")
            #expect(try fixture.count("resting") == 0)
        }
    }
}

extension JobFixture {
    /// A member of acme in a role without any permission.
    func member(_ name: String) async throws -> UUIDv7 {
        let id = UUIDv7.make()
        let role = UUIDv7.make()
        _ = try test.database.admin(
            """
            insert into platform.users (id, email, name)
            values (\(id)::uuid, \("\(name)@example.com"), \(name))
            """
        )
        let context = try await context()
        _ = try await context.write([
            """
            insert into kernel.roles (organization_id, id, name)
            values (\(acme)::uuid, \(role)::uuid, 'Nobody')
            """,
            """
            insert into kernel.memberships (organization_id, id, name, email, role_id)
            values (\(acme)::uuid, \(id)::uuid, \(name), \("\(name)@example.com"), \(role)::uuid)
            """,
        ])
        return id
    }
}
