import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

struct JobWorkerTests {
    @Test func `a worker that has been started runs what is enqueued, and stops`() async throws {
        try await JobFixture.run { fixture in
            let worker = fixture.worker()
            await worker.start()
            let name = "started \(fixture.acme)"
            let context = try await fixture.context()
            let id = try await context.inTransaction { (context: Context) async throws(Problem) -> UUIDv7 in
                try await context.enqueue(Signal.self, values: ["name": .text(name)])
            }
            await Gate.named(name).wait()
            await worker.stop(grace: 30)
            #expect(try fixture.job(id, "state") == "completed")
            let late = try await context.enqueue(Signal.self, values: ["name": .text(name)])
            #expect(try fixture.job(late, "state") == "available")
        }
    }

    @Test func `a worker that has to stop gives back what does not end, uncounted`() async throws {
        try await JobFixture.run { fixture in
            let worker = fixture.worker()
            await worker.start()
            let name = "lingering \(fixture.acme)"
            let context = try await fixture.context()
            let id = try await context.enqueue(Linger.self, values: ["name": .text(name)])
            await Gate.named(name).wait()
            await worker.stop(grace: 0)
            #expect(try fixture.job(id, "state") == "available")
            #expect(try fixture.job(id, "snoozes") == "1")
            // What the schedules of its start had enqueued was given back, too.
            let next = try await fixture.deadQueue().claim(100).first { $0.id == id }
            #expect(next?.attempt == 1)
        }
    }

    @Test func `of two processes one enqueues what is due, once for each organization`() async throws {
        let day: Int64 = 86_400_000
        let clock = HandClock(Instant(milliseconds: Instant.now().milliseconds / day * day))
        try await JobFixture.run(clock: clock) { fixture in
            try fixture.switchOff(in: fixture.beta)
            let clocks = [ScheduleClock(runtime: fixture.runtime), ScheduleClock(runtime: fixture.runtime)]
            let taken = try await withThrowingTaskGroup(of: Int.self) { group in
                for clock in clocks { group.addTask { try await clock.tick() } }
                return try await group.reduce(0, +)
            }
            // All of them are due at midnight.
            let due = try fixture.kinds()
            #expect(
                due == [
                    "kernel.chain_audit", "kernel.drop_audit", "kernel.make_audit_partitions", "kernel.prune",
                    "kernel.prune_bulk", "kernel.prune_imports", "kernel.prune_notifications",
                    "kernel.prune_request_counts", "workshop.sweep",
                ])
            #expect(taken == due.count)
            #expect(try fixture.jobs(Sweep.kind, "available") == 1)
            try await fixture.worker().runUntilIdle()
            #expect(try fixture.count("sweeps") == 1)
            #expect(try fixture.jobs("kernel.prune", "completed") == 1)
            #expect(try fixture.jobs("kernel.make_audit_partitions", "completed") == 1)

            clock.advance(seconds: 59)
            for clock in clocks { #expect(try await clock.tick() == 0) }
            clock.advance(seconds: 1)
            // The audit's chain and the sweep.
            #expect(try await clocks[1].tick() == 2)
            #expect(try await clocks[0].tick() == 0)
            // The run before still waits: another beside it would only pile up.
            clock.advance(seconds: 60)
            #expect(try await clocks[0].tick() == 2)
            #expect(try fixture.jobs(Sweep.kind, "available") == 1)
        }
    }

    @Test func `what nobody will ask for again is removed`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let worker = fixture.worker()
            try await context.enqueue(CountEffect.self, values: ["name": .text("old")])
            _ = try await fixture.team("Old", in: context)
            try await worker.runUntilIdle()
            for table in ["platform.jobs", "kernel.outbox", "kernel.outbox_consumed"] {
                #expect(
                    try fixture.test.database.admin("select \(unsafeSQL: "count(*) from \(table)")").integer(
                        0, 0) ?? 0 > 0)
            }
            _ = try fixture.test.database.admin(
                "update platform.jobs set finished_at = now() - interval '8 days' where state = 'completed'")
            _ = try fixture.test.database.admin("update kernel.outbox set at = now() - interval '15 days'")
            _ = try fixture.test.database.admin(
                "update kernel.outbox_consumed set at = now() - interval '61 days'")

            try await Context.installation(fixture.runtime, request: "test").enqueue(Prune.self)
            try await worker.runUntilIdle()
            for table in ["kernel.outbox", "kernel.outbox_consumed"] {
                #expect(
                    try fixture.test.database.admin("select \(unsafeSQL: "count(*) from \(table)")").integer(
                        0, 0) == 0)
            }
            #expect(try fixture.jobs(CountEffect.kind, "completed") == 0)
        }
    }
}
