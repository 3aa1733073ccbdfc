import Postgres
import TestKit
import Testing
import Wire

extension ChaosTests {
    /// Workers are killed while they work.
    @Suite struct KilledWorkerTests {
        private static let lanes = 3
        /// Jobs of a lane in a round.
        private static let portion = 20

        @Test func `every job ends and has its effect once, however often workers are killed`() async throws {
            let rounds = Soak.size(10, soak: 500, "kills of workers, each in the middle of 60 jobs")
            var random = FixedRandom(seed: Soak.seed(7402))
            let stage = try Stage()
            let lanes = try (0..<Self.lanes).map { try lane($0, in: stage) }
            var workers = try (0..<3).map { _ in try work(stage) }
            for round in 0..<rounds {
                for lane in lanes { try enqueue(Self.portion, in: lane, stage) }
                // One dies when some are done, in the middle of others.
                let begun = round * Self.portion * Self.lanes
                let wanted = begun + Int.random(in: 1...(Self.portion * Self.lanes / 2), using: &random)
                try await expectCompleted(wanted, stage)
                let victim = Int.random(in: 0..<workers.count, using: &random)
                workers[victim].kill()
                workers[victim] = try work(stage)
                // Leases of those that live end too: whoever works on may find its job taken over.
                try stage.endLeases()
            }
            let jobs = rounds * Self.portion * Self.lanes
            try await expectCompleted(jobs, stage)
            try expectOnce(jobs, stage)
            for worker in workers { worker.stop() }
            for worker in workers { #expect(worker.end().status == 0) }
        }

        /// Waits until so many are done.
        private func expectCompleted(_ jobs: Int, _ stage: Stage) async throws {
            try #require(
                await Deadline.holds(within: 60_000) { try completed(stage) >= jobs }, "the jobs stand still")
        }

        private func work(_ stage: Stage) throws -> PlatformProgram {
            let worker = try PlatformProgram(
                [], stage.environment, program: "workload", log: stage.log)
            try worker.wait(for: "Working")
            return worker
        }

        private func completed(_ stage: Stage) throws -> Int {
            try stage.count(
                """
                select count(*)
                from platform.jobs
                where kind = 'workload.count' and state = 'completed'
                """)
        }

        /// An organization with a lane of its own.
        private func lane(_ number: Int, in stage: Stage) throws -> UUIDv7 {
            let id = UUIDv7.make()
            _ = try stage.admin(
                """
                insert into platform.organizations (id, slug, name)
                values (\(id)::uuid, \("lane-\(number)"), \("Lane \(number)"))
                """)
            _ = try stage.admin(
                """
                insert into kernel.installed_plugins (organization_id, plugin)
                values (\(id)::uuid, 'workload')
                """)
            return id
        }

        private func enqueue(_ count: Int, in lane: UUIDv7, _ stage: Stage) throws {
            _ = try stage.admin(
                """
                with setting as materialized (
                    select set_config('app.organization_id', \(lane.description), true)
                )
                select platform.enqueue_job(
                    'workload.count', 1,
                    jsonb_build_object('input', jsonb_build_object('name', 'effect ' || gen_random_uuid())),
                    max_attempts => 1000)
                from setting, generate_series(1, \(count)::integer) as n
                """)
        }

        private func expectOnce(_ jobs: Int, _ stage: Stage) throws {
            #expect(
                try stage.count("select count(*) from platform.jobs where kind = 'workload.count'") == jobs)
            #expect(
                try stage.count(
                    """
                    select count(*)
                    from platform.jobs
                    where kind = 'workload.count' and state <> 'completed'
                    """) == 0)
            let effects = try stage.admin(
                """
                select count(*), coalesce(max(value), 0), coalesce(sum(value), 0)::bigint
                from kernel.counters
                """)
            #expect(effects.integer(0, 0) == Int64(jobs), "no effect is missing")
            #expect(effects.integer(0, 1) == 1, "none happened twice")
            #expect(effects.integer(0, 2) == Int64(jobs))
        }
    }
}
