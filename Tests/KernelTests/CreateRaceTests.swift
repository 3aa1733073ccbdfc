import Postgres
import TestKit
import Testing
import Wire

/// Creates that meet.
@Suite struct CreateRaceTests {
    @Test func `requests that race with one key make one record`() async throws {
        let company = try await ApiPlatform.company()
        for round in 0..<10 {
            let name = "Race \(round)"
            let body: JSON = ["name": .string(name), "external_code": .string(name)]
            let answers = try await race(4, company, body, key: name)
            let made = answers.filter { $0.status == 201 }
            #expect(made.count { $0.header("idempotent-replayed") == nil } == 1)
            #expect(Set(made.map(\.bytes)).count == 1)
            let others = answers.filter { $0.status != 201 }
            #expect(others.allSatisfy { $0.code == "idempotency_in_progress" })
            #expect(try company.send("GET", "accounts?name=Race%20\(round)&count=exact").page("total") == 1)
        }
    }

    @Test func `requests that race with one id make one record`() async throws {
        let company = try await ApiPlatform.company()
        let body: JSON = ["id": .string(UUIDv7.make().description), "name": "Own id"]
        let answers = try await race(4, company, body)
        #expect(answers.map(\.status).sorted() == [200, 200, 200, 201])
    }

    @Test func `who meets a lock gives the shared connection back and waits on one of its own`() async throws
    {
        // A server of its own: whoever waits for a lock here is this test's request.
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Meets")
        let database = platform.database
        let holder = try MaintenanceConnection(database.adminConnection)
        let watcher = try MaintenanceConnection(database.adminConnection)
        try holder.execute("begin")
        // Another request's record, not yet committed.
        try holder.query(
            """
            insert into directory.accounts (organization_id, id, name, owner_id, external_code)
            values (
                \(company.id)::uuid, kernel.new_id(), 'Held', \(company.adminID)::uuid, 'held')
            """)
        let (port, token) = (platform.port, company.admin.token)
        async let answers = Crowd.run(1) { _ in
            try APIClient(port: port, token: token).send(
                "POST", "accounts", ["name": "Waits", "external_code": "held"])
        }
        let isWaiting = try await Deadline.holds(within: 10_000) {
            // Longer than a batch may: it is in a transaction of its own.
            try watcher.query(
                """
                select exists (
                    select
                    from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'
                    and clock_timestamp() - query_start > interval '200 milliseconds')
                """
            ).bool(0, 0) == true
        }
        try holder.execute("rollback")
        #expect(isWaiting)
        #expect(try await answers[0].status == 201)
    }

    @Test(arguments: [[:], ["Idempotency-Key": "held"]])
    func `a lock that is held on is told after two seconds`(_ headers: [String: String]) async throws {
        let company = try await ApiPlatform.company()
        let database = try await ApiPlatform.shared.value.database
        let holder = try MaintenanceConnection(database.adminConnection)
        try holder.execute("begin")
        try holder.query(
            """
            insert into directory.accounts (organization_id, id, name, owner_id, external_code)
            values (
                \(company.id)::uuid, kernel.new_id(), 'Held', \(company.adminID)::uuid, 'held')
            """)
        let refused = try company.send(
            "POST", "accounts", ["name": "Waits", "external_code": "held"], headers: headers)
        #expect(refused.status == 409)
        #expect(refused.code == "lock_not_available")
        #expect(refused.header("retry-after") == "1")
        try holder.execute("rollback")
    }

    /// So many clients at once, each with the same request.
    private func race(
        _ count: Int, _ company: Company, _ body: JSON, key: String? = nil
    ) async throws -> [APIResponse] {
        let (port, token) = (try await ApiPlatform.shared.value.port, company.admin.token)
        let headers = key.map { ["Idempotency-Key": $0] } ?? [:]
        return try await Crowd.run(count) { _ in
            try APIClient(port: port, token: token).send("POST", "accounts", body, headers: headers)
        }
    }
}
