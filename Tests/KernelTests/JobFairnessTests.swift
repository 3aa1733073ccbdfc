import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// How jobs of many organizations are shared out.
struct JobFairnessTests {
    private func fill(_ fixture: JobFixture, _ organization: UUIDv7, _ count: Int) throws {
        _ = try fixture.test.database.admin(
            """
            insert into platform.jobs (organization_id, kind, payload)
            select \(organization)::uuid, 'workshop.count', '{"input": {"name": "much"}}'
            from generate_series(1, \(count)::integer)
            """)
    }

    @Test func `a thousand jobs of one organization hold no other back, and caps hold over two workers`()
        async throws
    {
        try await JobFixture.run { fixture in
            try fill(fixture, fixture.acme, 1000)
            try fill(fixture, fixture.beta, 5)
            let queues = [fixture.worker().queue, fixture.worker().queue]
            let claims = try await withThrowingTaskGroup(of: [ClaimedJob].self) { group in
                for queue in queues { group.addTask { try await queue.claim(30) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claims.filter { $0.organization == fixture.beta }.count == 5)
            // The organization's own cap is 20.
            #expect(claims.filter { $0.organization == fixture.acme }.count == 20)
            #expect(Set(claims.map(\.id)).count == claims.count)
            #expect(try await queues[1].claim(30).isEmpty)
        }
    }

    @Test func `lower priorities go first, and later jobs wait for their moment`() async throws {
        try await JobFixture.run { fixture in
            let context = try await fixture.context()
            let values: [String: Value] = ["name": .text("turn")]
            let usual = try await context.enqueue(CountEffect.self, values: values)
            let late = try await context.enqueue(
                CountEffect.self, values: values, runAt: Instant.now().adding(seconds: 3600))
            let urgent = try await context.enqueue(CountEffect.self, values: values, priority: -1)
            let queue = fixture.worker().queue
            #expect(try await queue.claim(1).map(\.id) == [urgent])
            #expect(try await queue.claim(5).map(\.id) == [usual])
            try fixture.makeDue()
            #expect(try await queue.claim(5).map(\.id) == [late])
        }
    }
}
