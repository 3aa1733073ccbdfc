import Kernel
import Loop
import Postgres
import Synchronization
import TestKit
import Wire

@testable import Kernel

/// Jobs and hooks whose effects are counted in the database, by name: `kernel.next_number`.
struct JobFixture {
    let test: TestRuntime
    let runtime: Runtime
    /// Two organizations.
    let acme: UUIDv7
    let beta: UUIDv7

    /// Runs `body` over a database with the plugin below, on in both organizations.
    static func run(clock: any WallClock = SystemClock(), _ body: (JobFixture) async throws -> Void)
        async throws
    {
        try await TestRuntime.run([KernelPlugin(), WorkshopPlugin()], clock: clock) { test in
            try await body(
                JobFixture(
                    test: test, runtime: test.runtime,
                    acme: try test.organization("acme", plugins: ["workshop"]),
                    beta: try test.organization("beta", plugins: ["workshop"])))
        }
    }

    /// The platform in an organization.
    func context(_ organization: UUIDv7? = nil) async throws -> Context {
        try await Context.installation(runtime, request: "test").working(in: organization ?? acme)
    }

    /// A worker of this process.
    func worker(concurrency: Int = 4) -> Worker { Worker(runtime: runtime, concurrency: concurrency) }

    /// A worker that claimed jobs and died: its leases have run out.
    func deadQueue() -> JobQueue { JobQueue(database: runtime.database, worker: .make(), lease: -1) }

    /// How often an effect happened in an organization.
    func count(_ name: String, in organization: UUIDv7? = nil) throws -> Int64 {
        try test.database.admin(
            """
            select coalesce(sum(value), 0)::bigint
            from kernel.counters
            where organization_id = \(organization ?? acme)::uuid and series = \(name)
            """
        ).integer(0, 0) ?? 0
    }

    /// One column of a job.
    func job(_ id: UUIDv7, _ column: String) throws -> String? {
        try test.database.admin(
            "select \(identifier: column)::text from platform.jobs where id = \(id)::uuid")[0, 0]
    }

    /// How many jobs there are of a kind in a state.
    func jobs(_ kind: String, _ state: String) throws -> Int64 {
        try test.database.admin(
            "select count(*) from platform.jobs where kind = \(kind) and state = \(state)"
        ).integer(0, 0) ?? 0
    }

    /// The kinds of all jobs.
    func kinds() throws -> [String] {
        let rows = try test.database.admin("select distinct kind collate \"C\" from platform.jobs order by 1")
        return (0..<rows.count).compactMap { rows[$0, 0] }
    }

    /// Switches the workshop off in an organization.
    func switchOff(in organization: UUIDv7) throws {
        _ = try test.database.admin(
            "update kernel.installed_plugins set is_on = false where organization_id = \(organization)::uuid")
    }

    /// Makes whatever is put off due now.
    func makeDue() throws {
        _ = try test.database.admin("update platform.jobs set run_at = now() where state = 'scheduled'")
    }
}

/// A place that a task waits at until another has opened it.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    private static let gates = Mutex<[String: Gate]>([:])

    /// The gate of that name; names are unique to a test.
    static func named(_ name: String) -> Gate {
        gates.withLock { gates in
            if let gate = gates[name] { return gate }
            let gate = Gate()
            gates[name] = gate
            return gate
        }
    }
}
