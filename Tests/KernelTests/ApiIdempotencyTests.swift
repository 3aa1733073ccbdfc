import Postgres
import TestKit
import Testing
import Wire

/// `Idempotency-Key`: the same request twice is one effect.
@Suite struct ApiIdempotencyTests {
    @Test func `the same key and body give the stored answer`() async throws {
        let company = try await ApiPlatform.company()
        let headers = ["Idempotency-Key": "order 1"]
        let first = try company.send("POST", "accounts", ["name": "Once"], headers: headers)
        #expect(first.status == 201)
        #expect(first.header("idempotent-replayed") == nil)
        let second = try company.send("POST", "accounts", ["name": "Once"], headers: headers)
        #expect(second.status == 201)
        #expect(second.header("idempotent-replayed") == "true")
        #expect(second.header("location") == first.header("location"))
        #expect(second.header("etag") == first.header("etag"))
        #expect(first.header("content-type") == "application/json")
        #expect(second.header("content-type") == "application/json")
        #expect(second.bytes == first.bytes)
        #expect(try company.send("GET", "accounts?count=exact").page("total") == 1)
    }

    @Test func `another body or route under the same key is refused`() async throws {
        let company = try await ApiPlatform.company()
        let headers = ["Idempotency-Key": "k"]
        try company.send("POST", "accounts", ["name": "One"], headers: headers)
        let other = try company.send("POST", "accounts", ["name": "Two"], headers: headers)
        #expect(other.status == 422)
        #expect(other.code == "idempotency_key_reused")
        let route = try company.send("POST", "leads", ["name": "One"], headers: headers)
        #expect(route.code == "idempotency_key_reused")
    }

    @Test func `a refused request leaves its key free`() async throws {
        let company = try await ApiPlatform.company()
        let headers = ["Idempotency-Key": "again"]
        #expect(try company.send("POST", "accounts", ["employees": 1], headers: headers).status == 422)
        #expect(try company.send("POST", "accounts", ["name": "Now"], headers: headers).status == 201)
    }

    @Test func `keys of two people are two keys`() async throws {
        let company = try await ApiPlatform.company()
        let colleague = try await company.join("Carla Blu", role: "org_admin")
        let headers = ["Idempotency-Key": "shared"]
        #expect(try company.send("POST", "accounts", ["name": "A"], headers: headers).status == 201)
        let other = try colleague.client.send("POST", "accounts", ["name": "B"], headers: headers)
        #expect(other.status == 201)
        #expect(other.header("idempotent-replayed") == nil)
    }

    @Test func `while the first is under way the second waits its turn`() async throws {
        let company = try await ApiPlatform.company()
        let database = try await ApiPlatform.shared.value.database
        let connection = try MaintenanceConnection(database.adminConnection)
        try connection.execute("begin")
        // What an open request holds: its key, not yet committed.
        try connection.query(
            """
            insert into kernel.idempotency_keys (organization_id, principal_id, key, route, body_digest)
            values (\(company.id)::uuid, \(company.adminID)::uuid, 'busy', 'POST /api/v1/accounts', ''::bytea)
            """)
        let headers = ["Idempotency-Key": "busy"]
        let busy = try company.send("POST", "accounts", ["name": "Busy"], headers: headers)
        #expect(busy.status == 409)
        #expect(busy.code == "idempotency_in_progress")
        try connection.execute("rollback")
        #expect(try company.send("POST", "accounts", ["name": "Busy"], headers: headers).status == 201)
    }

    @Test func `a wait for something else than the key is no conflict of keys`() async throws {
        // A server of its own: the lock is everybody's.
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Patient")
        let connection = try MaintenanceConnection(platform.database.adminConnection)
        let watcher = try MaintenanceConnection(platform.database.adminConnection)
        // What is prepared waits for no lock but its own: each loop's connection knows the statements.
        for number in 0..<8 {
            let known = try platform.client(token: company.admin.token).send(
                "POST", "accounts", ["name": "Known"], headers: ["Idempotency-Key": "known \(number)"])
            #expect(known.status == 201)
        }
        try connection.execute("begin")
        // As when the table grows, or somebody vacuums it: the key itself is free.
        try connection.execute("lock table kernel.idempotency_keys in share mode")
        let (port, token) = (platform.port, company.admin.token)
        async let answers = Crowd.run(1) { _ in
            try APIClient(port: port, token: token).send(
                "POST", "accounts", ["name": "Patient"], headers: ["Idempotency-Key": "free"])
        }
        // The batch has given up, and the transaction that takes its place waits.
        let isPatient = try await Deadline.holds {
            try watcher.query(
                """
                select exists (
                    select from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'
                    and query like '%kernel.idempotency_keys%' and query not like '%with taken%')
                """
            ).bool(0, 0) == true
        }
        try connection.execute("rollback")
        let answer = try await answers[0]
        #expect(isPatient)
        #expect(answer.status == 201, "\(answer.text)")
    }

    @Test func `a key is at most 255 long`() async throws {
        let company = try await ApiPlatform.company()
        let longest = ["Idempotency-Key": String(repeating: "k", count: 255)]
        #expect(try company.send("POST", "accounts", ["name": "Long"], headers: longest).status == 201)
        let longer = ["Idempotency-Key": String(repeating: "k", count: 256)]
        let refused = try company.send("POST", "accounts", ["name": "Longer"], headers: longer)
        #expect(refused.status == 400)
        #expect(refused.code == "idempotency_key_invalid")
    }
}
