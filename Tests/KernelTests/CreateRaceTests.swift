import Loop
import Postgres
import Synchronization
import TestKit
import Testing
import Wire

/// Creates that meet.
@Suite struct CreateRaceTests {
    @Test func `requests that race with one key make one record`() async throws {
        let company = try await ApiPlatform.company()
        for round in 0..<10 {
            let name = "Race \(round)"
            let racers = try await (0..<4).asyncMap { _ in
                try await Racer(company, ["name": .string(name), "external_code": .string(name)], key: name)
            }
            var answers: [APIResponse] = []
            for racer in racers { answers.append(try await racer.answer()) }
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
        let racers = try await (0..<4).asyncMap { _ in try await Racer(company, body) }
        var statuses: [Int] = []
        for racer in racers { statuses.append(try await racer.answer().status) }
        #expect(statuses.sorted() == [200, 200, 200, 201])
    }

    @Test func `who meets a lock gives the shared connection back and waits on one of its own`() async throws
    {
        let company = try await ApiPlatform.company()
        let database = try await ApiPlatform.shared.value.database
        let holder = try MaintenanceConnection(database.adminConnection)
        try holder.execute("begin")
        // Another request's record, not yet committed.
        try holder.query(
            """
            insert into directory.accounts (organization_id, id, name, owner_id, external_code)
            values (
                \(company.id)::uuid, kernel.new_id(), 'Held', \(company.adminID)::uuid, 'held')
            """)
        let waiting = try await Racer(company, ["name": "Waits", "external_code": "held"])
        let deadline = Deadline(milliseconds: 10_000)
        var isWaiting = false
        while !isWaiting, !deadline.isPast {
            // Longer than a batch may: it is in a transaction of its own.
            isWaiting =
                try database.admin(
                    """
                    select
                    from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'
                    and clock_timestamp() - query_start > interval '200 milliseconds'
                    """
                ).count > 0
            await Task.yield()
        }
        #expect(isWaiting)
        try holder.execute("rollback")
        #expect(try await waiting.answer().status == 201)
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
}

/// A request on a thread of its own.
private final class Racer: Sendable {
    private let result = Mutex<Result<APIResponse, any Error>?>(nil)

    init(_ company: Company, _ body: JSON, key: String? = nil) async throws {
        let port = try await ApiPlatform.shared.value.port
        let token = company.admin.token
        _ = Thread { [self] in
            let client = APIClient(port: port, token: token)
            let answer = Result {
                try client.send(
                    "POST", "accounts", body, headers: key.map { ["Idempotency-Key": $0] } ?? [:])
            }
            result.withLock { $0 = answer }
        }
    }

    func answer() async throws -> APIResponse {
        let deadline = Deadline(milliseconds: 20_000)
        while !deadline.isPast {
            if let result = result.withLock({ $0 }) { return try result.get() }
            await Task.yield()
        }
        throw CancellationError()
    }
}

extension Sequence {
    fileprivate func asyncMap<Made>(_ make: (Element) async throws -> Made) async throws -> [Made] {
        var all: [Made] = []
        for element in self { all.append(try await make(element)) }
        return all
    }
}
