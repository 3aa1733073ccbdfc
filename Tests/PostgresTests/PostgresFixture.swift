import Loop
import Postgres
import Synchronization
import TestKit
import Testing

/// A database of this run and loops to reach it by.
struct PostgresFixture {
    let database: Database
    let loops: LoopGroup
    let name: String
    let maintenance: MaintenanceConnection

    static let connection = Result { () throws(SQLError) in try PostgresCluster.shared.createDatabase() }
    static let lastNumber = Atomic<Int>(0)

    /// Runs `body` with two loops; `name` is a schema of the test's own and its application_name.
    static func run(
        loops count: Int = 2, connection: String? = nil,
        _ change: (inout DatabaseConfiguration) -> Void = { _ in },
        _ body: (PostgresFixture) async throws -> Void
    ) async throws {
        let name = "test_\(lastNumber.add(1, ordering: .relaxed).newValue)"
        let direct = try Self.connection.get()
        var configuration = DatabaseConfiguration(connection ?? direct)
        configuration.applicationName = name
        change(&configuration)
        let loops = try LoopGroup(count: count)
        let fixture = PostgresFixture(
            database: Database(configuration, loops: loops), loops: loops, name: name,
            maintenance: try MaintenanceConnection(direct))
        try fixture.maintenance.execute("create schema \(name)")
        let result: Result<Void, any Error>
        do { result = .success(try await body(fixture)) } catch { result = .failure(error) }
        await fixture.database.stop()
        loops.stop()
        try result.get()
    }

    /// Runs `body` in a task of a loop.
    func onLoop<Value: Sendable>(
        _ index: Int = 0, _ body: @escaping @Sendable (Database) async throws -> Value
    ) async throws -> Value {
        let database = database
        return try await Task(executorPreference: loops.loops[index]) { try await body(database) }.value
    }

    /// Asks until `condition` answers true: for what another process does in its own time.
    func until(_ condition: SQL) async throws {
        let holds = try await Deadline.holds(within: 30_000) {
            try maintenance.query(condition).bool(0, 0) == true
        }
        try #require(holds, "what another process was to do, it has not done")
    }

    /// Waits until one of the test's connections runs `pg_sleep`.
    func untilSleeping() async throws {
        try await until(
            """
            select count(*) = 1 from pg_stat_activity
            where application_name = \(name) and wait_event = 'PgSleep'
            """)
    }

    /// Makes statements that ask for the test's lock wait until `openGate()`.
    func closeGate() throws { try maintenance.query("select pg_advisory_lock(hashtext(\(name)))") }

    /// Lets the statements at the gate go on.
    func openGate() throws { try maintenance.query("select pg_advisory_unlock(hashtext(\(name)))") }

    /// A statement that waits at the gate.
    var gate: SQL { "select pg_advisory_xact_lock_shared(hashtext(\(name)))" }

    /// Waits until as many of the test's connections stand at the gate.
    func untilAtGate(_ count: Int) async throws {
        try await until(
            """
            select count(*) = \(count)::int from pg_stat_activity
            where application_name = \(name) and wait_event = 'advisory'
            """)
    }

    /// Ends the test's connections from the server's side.
    func terminateConnections() throws {
        try maintenance.query(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = \(name)")
    }
}

/// Waits for what another thread does in its own time.
func until(_ fact: () throws -> Bool) async throws {
    try #require(await Deadline.holds(within: 30_000, fact), "it has not come to be")
}

/// The error that `body` throws, or nil.
func failure(_ body: () async throws -> Void) async -> SQLError? {
    do { try await body() } catch { return error as? SQLError }
    return nil
}
