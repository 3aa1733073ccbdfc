import Postgres
import Testing

@Suite struct PoolTests {
    @Test func `a full line refuses at once`() async throws {
        try await PostgresFixture.run(loops: 1) { configuration in
            configuration.long.connections = 1
            configuration.long.waiting = 2
        } _: { fixture in
            let database = fixture.database
            try await database.transaction(SessionSettings(), .long) { transaction in
                _ = try await transaction.query("select 1")
                let waiting = (0..<2).map { _ in
                    Task {
                        await failure { _ = try await database.read(SessionSettings(), .long, ["select 1"]) }
                    }
                }
                try await until { database.statistics()[1].waiting >= 2 }
                let error = await failure {
                    _ = try await database.read(SessionSettings(), .long, ["select 1"])
                }
                #expect(error?.state == .poolExhausted && error?.outcome == .notSent)
                #expect(database.statistics()[1].refused == 1)
                for task in waiting { task.cancel() }
                for task in waiting { _ = await task.value }
            }
            #expect(
                await failure { _ = try await database.read(SessionSettings(), .long, ["select 1"]) } == nil)
        }
    }

    @Test func `waiting has an end`() async throws {
        try await PostgresFixture.run(loops: 1) { configuration in
            configuration.long.connections = 1
            configuration.long.waitingTime = 200
        } _: { fixture in
            let database = fixture.database
            try await database.transaction(SessionSettings(), .long) { transaction in
                _ = try await transaction.query("select 1")
                let error = await failure {
                    _ = try await database.read(SessionSettings(), .long, ["select 1"])
                }
                #expect(error?.state == .poolExhausted && error?.outcome == .notSent)
            }
        }
    }

    @Test func `those who wait are served in order`() async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.long.connections = 1
        } _: { fixture in
            try fixture.maintenance.execute("create table \(fixture.name).turns (id int, at serial)")
            let table: SQL = "\(identifier: fixture.name).turns"
            let database = fixture.database
            let tasks = try await database.transaction(SessionSettings(), .long) { transaction in
                _ = try await transaction.query("select 1")
                var tasks: [Task<Void, any Error>] = []
                for number in 0..<20 {
                    tasks.append(
                        Task {
                            try await database.transaction(SessionSettings(), .long) { transaction in
                                _ = try await transaction.query(
                                    "insert into \(sql: table) values (\(number)::int)")
                            }
                        })
                    try await until { database.statistics()[1].waiting > number }
                }
                return tasks
            }
            for task in tasks { try await task.value }
            let rows = try await database.read(
                SessionSettings(), ["select id from \(sql: table) order by at"])[0]
            #expect((0..<20).map { rows.integer($0, 0) } == (0..<20).map { Int64($0) })
        }
    }

    @Test func `reads go on while writes have connections to themselves`() async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.short.connections = 2
        } _: { fixture in
            let database = fixture.database
            let gate = fixture.gate
            try fixture.closeGate()
            let writes = (0..<4).map { _ in
                Task {
                    try await database.write(
                        SessionSettings(statementTimeout: 60_000, lockTimeout: 60_000), [gate])
                }
            }
            try await fixture.untilAtGate(1)
            let rows = try await database.read(
                SessionSettings(), ["select count(*) from generate_series(1, 3)"])
            #expect(rows[0].integer(0, 0) == 3)
            try fixture.openGate()
            for write in writes { _ = try await write.value }
            #expect(database.statistics()[0].opened == 2)
        }
    }

    @Test func `writes get their turn among many reads`() async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.short.connections = 1
        } _: { fixture in
            let database = fixture.database
            try await withThrowingTaskGroup { group in
                for number in 0..<300 {
                    group.addTask {
                        let rows =
                            number % 3 == 0
                            ? try await database.write(SessionSettings(), ["select \(number)::int"])
                            : try await database.read(SessionSettings(), ["select \(number)::int"])
                        #expect(rows[0].integer(0, 0) == Int64(number))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a server that can't be reached is said so, and found when it is there`() async throws {
        try await PostgresFixture.run(loops: 1, connection: "host=/nowhere dbname=none") { configuration in
            configuration.short.waitingTime = 300
        } _: { fixture in
            await fixture.database.start()
            let error = await failure { _ = try await fixture.database.read(SessionSettings(), ["select 1"]) }
            #expect(error?.state == .cannotConnect && error?.outcome == .notSent)
            #expect(!fixture.database.isHealthy)
        }
    }

    @Test func `idle connections are closed`() async throws {
        try await PostgresFixture.run(loops: 1) { configuration in
            configuration.idleTime = 100
            configuration.short.kept = 0
        } _: { fixture in
            await fixture.database.start()
            #expect(fixture.database.isHealthy)
            try await until { fixture.database.statistics()[0].open == 0 }
            try await fixture.until(
                "select count(*) = 0 from pg_stat_activity where application_name = \(fixture.name)")
            let rows = try await fixture.database.read(SessionSettings(), ["select 1"])
            #expect(rows[0].integer(0, 0) == 1 && fixture.database.statistics()[0].lost == 0)
        }
    }

    @Test func `what is under way finishes when the database is stopped, the rest is refused`() async throws {
        try await PostgresFixture.run(loops: 1) { fixture in
            let database = fixture.database
            let gate = fixture.gate
            try fixture.closeGate()
            let read = Task { try await database.read(SessionSettings(), .long, [gate, "select 5"]) }
            try await fixture.untilAtGate(1)
            let stop = Task { await database.stop() }
            while await failure({ _ = try await database.read(SessionSettings(), ["select 1"]) }) == nil {}
            try fixture.openGate()
            let rows = try await read.value
            #expect(rows[1].integer(0, 0) == 5)
            await stop.value
            let error = await failure { _ = try await database.read(SessionSettings(), ["select 1"]) }
            #expect(error?.state == .poolStopped && error?.outcome == .notSent)
            try await fixture.until(
                "select count(*) = 0 from pg_stat_activity where application_name = \(fixture.name)")
        }
    }
}
