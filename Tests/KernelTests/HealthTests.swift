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
        #expect(try client.send("GET", "/health/ready").status == 200)
        #expect(try client.send("HEAD", "/health/ready").status == 200)
        try await other.onLoop { await other.worker.stop() }
        #expect(try client.send("GET", "/health/ready").status == 503)
    }

    @Test func `a worker that fell silent is missed`() async throws {
        let platform = try await TestPlatform()
        let queue = JobQueue(database: platform.runtime.database, worker: .make(), lease: 60)
        try await queue.announce()
        let client = platform.client()
        #expect(try client.send("GET", "/health/ready").status == 200)
        _ = try platform.database.admin(
            "update platform.job_workers set seen_at = now() - interval '31 seconds'")
        #expect(try client.send("GET", "/health/ready").status == 503)
        try await queue.announce()
        #expect(try client.send("GET", "/health/ready").status == 200)
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
        #expect(try client.send("GET", "/health/ready").status == 503)
    }
}
