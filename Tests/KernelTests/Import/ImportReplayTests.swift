import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

extension ImportTests {
    /// Imports whose jobs were cancelled, died, or are another worker's by now.
    struct ImportReplayTests {
        private func started(_ name: String) async throws -> (desk: ImportDesk, id: String) {
            let desk = try await ImportDesk(name)
            let id = try desk.upload("name\nAlfa\nBeta\n").id
            #expect(try desk.map(id, [("name", "name")]).status == 200)
            try await ImportTests.platform.value.drain()
            return (desk, id)
        }

        /// The job that waits to do a step.
        private func job(_ desk: ImportDesk, _ step: String, _ id: String) throws -> UUIDv7 {
            #expect(try desk.client.send("POST", "imports/\(id)/\(step)").status == 202)
            let waiting = try desk.client.send("GET", "jobs?kind=kernel.import.\(step)&state=available").ids
            return try #require(waiting.first.flatMap { UUIDv7($0) })
        }

        @Test func `a step that was cancelled is done when its job is replayed`() async throws {
            let (desk, id) = try await started("Replay")
            for (step, end) in [("check", "checked"), ("run", "done"), ("undo", "undone")] {
                let before = try desk.total()
                let job = try job(desk, step, id)
                #expect(try desk.client.send("POST", "jobs/\(job)/cancel").status == 200)
                let stopped = try desk.show(id)
                #expect(stopped.status == "failed")
                #expect(stopped["failure"] == "cancelled")
                try await ImportTests.platform.value.drain()
                #expect(try desk.total() == before)
                #expect(try desk.client.send("POST", "jobs/\(job)/replay").status == 200)
                try await ImportTests.platform.value.drain()
                let shown = try desk.show(id)
                #expect(shown.status == end, "\(step)")
                #expect(shown["failure"] == .null)
                #expect(try desk.total() == (step == "run" ? 2 : 0))
            }
        }

        @Test
        func `an import whose worker died in the last attempt says so, and goes on when it is replayed`()
            async throws
        {
            let platform = try await ImportTests.platform.value
            let (desk, id) = try await started("Died")
            let job = try job(desk, "run", id)
            _ = try platform.database.admin(
                "update platform.jobs set max_attempts = 1 where id = \(job)::uuid")
            try await die(with: job)
            try await platform.drain()
            let shown = try desk.show(id)
            #expect(shown.status == "failed")
            #expect(shown["failure"] == "lease_ran_out")
            let dead = try desk.client.send("GET", "jobs/\(job)").json
            #expect(dead["state"] == "discarded")
            #expect(dead["attempt"] == 1)
            #expect(try desk.client.send("POST", "jobs/\(job)/replay").status == 200)
            try await platform.drain()
            #expect(try desk.show(id).status == "done")
            #expect(try desk.total() == 2)
        }

        @Test func `a worker that has lost its job does not end the work of the one that has it`()
            async throws
        {
            let platform = try await ImportTests.platform.value
            let (desk, id) = try await started("Lost")
            let job = try job(desk, "run", id)
            let lost = try await die(with: job)
            let (runtime, organization) = (platform.runtime, desk.company.id)
            let heir = JobQueue(database: runtime.database, worker: .make(), lease: 60)
            let taken = try await platform.onLoop {
                _ = try await heir.rescue()
                let taken = try #require(try await heir.claim(100).first { $0.id == job })
                let system = try await Context.installation(runtime, request: "test").working(
                    in: organization)
                // No member: whoever has the job would end the import as failed.
                let late = JobContext(
                    context: system, id: job, attempt: 1, member: nil, claim: lost.claim, worker: lost.worker)
                let payload = Values<ImportPayload>(["import_id": .id(try #require(UUIDv7(id)))])
                await #expect(throws: Problem.self) { _ = try await RunImport.run(payload, in: late) }
                return taken
            }
            #expect(try desk.show(id).status == "running")
            try await platform.onLoop { try await heir.release([taken]) }
            try await platform.drain()
            #expect(try desk.show(id).status == "done")
        }

        /// A worker that takes the job, and nothing is heard of it again.
        @discardableResult
        private func die(with job: UUIDv7) async throws -> (claim: ClaimedJob, worker: UUIDv7) {
            let platform = try await ImportTests.platform.value
            let queue = JobQueue(database: platform.runtime.database, worker: .make(), lease: -1)
            return try await platform.onLoop {
                let claim = try #require(try await queue.claim(100).first { $0.id == job })
                return (claim: claim, worker: queue.worker)
            }
        }
    }
}
