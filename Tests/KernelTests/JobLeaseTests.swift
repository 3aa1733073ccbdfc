import Loop
import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// What a worker holds, and for how long.
struct JobLeaseTests {
    private func twice(_ fixture: JobFixture) async throws -> (queue: JobQueue, claims: [ClaimedJob]) {
        let context = try await fixture.context()
        try await context.enqueue(CountEffect.self, values: ["name": .text("stalled")])
        let queue = fixture.deadQueue()
        let first = try #require(try await queue.claim(1).first)
        #expect(try await queue.rescue() == 1)
        let second = try #require(try await queue.claim(1).first)
        #expect(first.id == second.id)
        return (queue: queue, claims: [first, second])
    }

    @Test func `a worker that stood still and claims its own job again holds its new claim alone`()
        async throws
    {
        try await JobFixture.run { fixture in
            let (queue, claims) = try await twice(fixture)
            let held = try await queue.heartbeat(claims)
            #expect(held == [claims[1].key])
            let gate = Gate()
            let running = RunningJobs(lease: 60)
            let now = Monotonic.milliseconds()
            let tasks = claims.map { _ in Task { await gate.wait() } }
            for (claim, task) in zip(claims, tasks) {
                running.add(claim, asked: now)
                running.set(task, for: claim)
            }
            running.heard(held, of: claims, asked: now)
            #expect(tasks.map(\.isCancelled) == [true, false])
            // The first run ends: the second is still known.
            running.remove(claims[0])
            #expect(running.jobs.map(\.key) == [claims[1].key])
            gate.open()
        }
    }

    @Test func `a lease counts from when it was asked for`() async throws {
        try await JobFixture.run { fixture in
            let (_, claims) = try await twice(fixture)
            let gate = Gate()
            let running = RunningJobs(lease: 60)
            let task = Task { await gate.wait() }
            running.add(claims[1], asked: Monotonic.milliseconds() - 30_000)
            running.set(task, for: claims[1])
            running.cancelExpired()
            #expect(!task.isCancelled)
            // The answer came half a minute late.
            running.heard([claims[1].key], of: [claims[1]], asked: Monotonic.milliseconds() - 60_001)
            running.cancelExpired()
            #expect(task.isCancelled)
            gate.open()
        }
    }
}
