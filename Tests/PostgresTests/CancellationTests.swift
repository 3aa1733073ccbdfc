import Postgres
import Testing

@Suite struct CancellationTests {
    private static let pid: SQL = "select pg_backend_pid()"

    private static func runAlone(_ body: (PostgresFixture) async throws -> Void) async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.long.connections = 1
        } _: {
            try await body($0)
        }
    }

    @Test func `a cancelled task cancels its statement, and the connection is clean`() async throws {
        try await Self.runAlone { fixture in
            let database = fixture.database
            let before = try await database.read(SessionSettings(), .long, [Self.pid])[0][0, 0]
            for _ in 0..<5 {
                let task = Task {
                    await failure {
                        _ = try await database.read(SessionSettings(), .long, ["select pg_sleep(60)"])
                    }
                }
                try await fixture.untilSleeping()
                task.cancel()
                let error = await task.value
                #expect(error?.state == .queryCanceled && error?.outcome == .rolledBack)
                for _ in 0..<20 {
                    let after = try await database.read(SessionSettings(), .long, [Self.pid])[0][0, 0]
                    #expect(after == before)
                }
            }
        }
    }

    @Test func `a cancelled transaction is rolled back, and its connection goes on`() async throws {
        try await Self.runAlone { fixture in
            let database = fixture.database
            try fixture.maintenance.execute("create table \(fixture.name).things (id int)")
            let table: SQL = "\(identifier: fixture.name).things"
            let before = try await database.read(SessionSettings(), .long, [Self.pid])[0][0, 0]
            let task = Task {
                await failure {
                    try await database.transaction(SessionSettings(), .long) { transaction in
                        _ = try await transaction.query("insert into \(sql: table) values (1)")
                        _ = try await transaction.query("select pg_sleep(60)")
                    }
                }
            }
            try await fixture.untilSleeping()
            task.cancel()
            #expect(await task.value?.state == .queryCanceled)
            let after = try await database.read(
                SessionSettings(), .long, [Self.pid, "select count(*) from \(sql: table)"])
            #expect(after[0][0, 0] == before && after[1].integer(0, 0) == 0)
        }
    }

    @Test func `a task cancelled before it asks sends nothing`() async throws {
        try await Self.runAlone { fixture in
            let database = fixture.database
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await failure {
                    _ = try await database.read(SessionSettings(), .long, ["select pg_sleep(60)"])
                }
            }
            #expect(await task.value?.state == .queryCanceled)
        }
    }

    @Test func `who waits for a connection stops waiting when cancelled`() async throws {
        try await Self.runAlone { fixture in
            let database = fixture.database
            try await database.transaction(SessionSettings(), .long) { transaction in
                _ = try await transaction.query("select 1")
                let read = Task {
                    await failure { _ = try await database.read(SessionSettings(), .long, ["select 1"]) }
                }
                let owner = Task {
                    await failure { try await database.transaction(SessionSettings(), .long) { _ in } }
                }
                try await until { database.statistics()[1].waiting == 2 }
                read.cancel()
                owner.cancel()
                for error in [await read.value, await owner.value] {
                    #expect(error?.state == .queryCanceled && error?.outcome == .notSent)
                }
                // The line is another thread's: it is empty in a moment.
                try await until { database.statistics()[1].waiting == 0 }
            }
        }
    }
}
