import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

struct HealthTests {
    @Test func `an installation is ready while a worker of any process lives`() async throws {
        let platform = try await TestPlatform()
        let client = platform.client()
        #expect(try client.send("GET", "/health/live").status == 200)
        let alone = try client.send("GET", "/health/ready")
        #expect(alone.status == 503)
        #expect(alone.header("retry-after") == "5")
        #expect(alone.json == ["status": "unavailable"])

        let other = try await TestPlatform(beside: platform)
        try await other.onLoop { await other.worker.start() }
        #expect(try await comes(200, client))
        #expect(try client.send("HEAD", "/health/ready").status == 200)
        try await other.onLoop { await other.worker.stop() }
        #expect(try await comes(503, client))
    }

    /// Whether the answer comes to be as expected: each holds for a second.
    private func comes(_ status: Int, _ client: APIClient) async throws -> Bool {
        try await Deadline.holds { try client.send("GET", "/health/ready").status == status }
    }

    @Test func `all who ask within a second share one look`() async throws {
        let platform = try await TestPlatform()
        let runtime = platform.runtime
        let health = Health(runtime: runtime, migrations: [])
        func sent() -> Int { runtime.database.statistics().reduce(0) { $0 + $1.sent } }
        let before = sent()
        let asking = (1...20).map { _ in platform.task { await health.isReady() } }
        for ask in asking { #expect(try await ask.value == false) }
        // The process itself may have asked something besides.
        #expect(sent() < before + 5)
    }

    @Test func `a worker that fell silent is missed`() async throws {
        let platform = try await TestPlatform()
        let queue = JobQueue(database: platform.runtime.database, worker: .make(), lease: 60)
        try await queue.announce()
        let client = platform.client()
        #expect(try await comes(200, client))
        _ = try platform.database.admin(
            "update platform.job_workers set seen_at = now() - interval '31 seconds'")
        #expect(try await comes(503, client))
        try await queue.announce()
        #expect(try await comes(200, client))
    }

    @Test func `a migration that this program knows must be applied, a newer program's may be`() async throws
    {
        let platform = try await TestPlatform()
        try await JobQueue(database: platform.runtime.database, worker: .make(), lease: 60).announce()
        let client = platform.client()
        _ = try platform.database.admin(
            """
            insert into platform.schema_migrations (name, checksum, milliseconds)
            values ('kernel/9999_later.sql', 'later', 1)
            """)
        #expect(try client.send("GET", "/health/ready").status == 200)
        _ = try platform.database.admin(
            "update platform.schema_migrations set checksum = 'edited' where name = 'kernel/0010_jobs.sql'")
        #expect(try await comes(503, client))
    }
}
