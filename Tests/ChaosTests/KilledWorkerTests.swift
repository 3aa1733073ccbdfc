import Postgres
import TestKit
import Testing
import Wire

extension ChaosTests {
    /// Workers are killed while they work.
    @Suite struct KilledWorkerTests {
        private static let lanes = 3

        @Test func `every job ends and has its effect once, however often workers are killed`() async throws {
            let jobs = Soak.size(600, soak: 30_000, "jobs")
            let stage = try Stage()
            try enqueue(jobs / Self.lanes, in: stage)
            var workers = try (0..<3).map { _ in try work(stage) }
            var kills = 0
            while true {
                let before = try completed(stage)
                guard before < jobs else { break }
                // The next one dies when some more jobs are done, in the middle of others.
                let wanted = min(jobs, before + Int.random(in: 1...max(2, jobs / 12)))
                try #require(
                    await Deadline.holds(within: 60_000) {
                        try completed(stage) >= wanted
                    }, "the jobs stand still")
                let victim = Int.random(in: 0..<workers.count)
                workers[victim].kill()
                kills += 1
                workers[victim] = try work(stage)
                // Leases of those that live end too: whoever works on may find its job taken over.
                try stage.endLeases()
            }
            #expect(kills > 3)
            try expectOnce(jobs, stage)
            for worker in workers { worker.stop() }
            for worker in workers { #expect(worker.end().status == 0) }
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

        private func enqueue(_ count: Int, in stage: Stage) throws {
            for lane in 0..<Self.lanes {
                let id = UUIDv7.make()
                _ = try stage.admin(
                    """
                    insert into platform.organizations (id, slug, name)
                    values (\(id)::uuid, \("lane-\(lane)"), \("Lane \(lane)"))
                    """)
                _ = try stage.admin(
                    """
                    insert into kernel.installed_plugins (organization_id, plugin)
                    values (\(id)::uuid, 'workload')
                    """)
                _ = try stage.admin(
                    """
                    with setting as materialized (
                        select set_config('app.organization_id', \(id.description), false)
                    )
                    select platform.enqueue_job(
                        'workload.count', 1,
                        jsonb_build_object('input', jsonb_build_object('name', 'effect ' || n)),
                        max_attempts => 1000)
                    from setting, generate_series(1, \(count)::integer) as n
                    """)
            }
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
