import Postgres
import Testing
import TestKit

@Suite struct LossTests {
    @Test func `a killed connection fails what was under way, and the next call gets a new one`() async throws
    {
        try await PostgresFixture.run(loops: 1) {
            $0.short.connections = 1
        } _: { fixture in
            let database = fixture.database
            for _ in 0..<3 {
                let reads = (0..<5).map { _ in
                    Task {
                        await failure {
                            _ = try await database.read(SessionSettings(), ["select pg_sleep(60)"])
                        }
                    }
                }
                try await until { database.statistics()[0].underWay >= 5 }
                try await fixture.untilSleeping()
                try fixture.terminateConnections()
                for read in reads {
                    let error = await read.value
                    #expect(error?.outcome == .rolledBack)
                    #expect(error?.state == .adminShutdown)
                }
                let rows = try await database.read(SessionSettings(), ["select 1"])
                #expect(rows[0].integer(0, 0) == 1)
            }
        }
    }

    @Test func `a write whose statement was killed is known to be rolled back`() async throws {
        try await PostgresFixture.run { fixture in
            let database = fixture.database
            let write = Task {
                await failure { _ = try await database.write(SessionSettings(), ["select pg_sleep(60)"]) }
            }
            try await fixture.untilSleeping()
            try fixture.terminateConnections()
            let error = await write.value
            #expect(error?.state == .adminShutdown && error?.outcome == .rolledBack)
        }
    }

    @Test func `a connection killed while idle is replaced before anyone notices`() async throws {
        try await PostgresFixture.run { fixture in
            for _ in 0..<3 {
                _ = try await fixture.database.read(SessionSettings(), ["select 1"])
                try fixture.terminateConnections()
                try await until { fixture.database.statistics()[0].open == 0 }
                let rows = try await fixture.database.write(SessionSettings(), ["select 2"])
                #expect(rows[0].integer(0, 0) == 2)
            }
        }
    }

    @Test func `a transaction on a killed connection fails and nothing of it stays`() async throws {
        try await PostgresFixture.run { fixture in
            try fixture.maintenance.execute("create table \(fixture.name).things (id int)")
            let table: SQL = "\(identifier: fixture.name).things"
            let error = await failure {
                try await fixture.database.transaction(SessionSettings(), .long) { transaction in
                    _ = try await transaction.query("insert into \(sql: table) values (1)")
                    try fixture.terminateConnections()
                    _ = try await transaction.query("insert into \(sql: table) values (2)")
                }
            }
            #expect(error?.outcome == .rolledBack || error?.outcome == .notSent)
            let rows = try await fixture.database.read(
                SessionSettings(), .long, ["select count(*) from \(sql: table)"])
            #expect(rows[0].integer(0, 0) == 0)
        }
    }

    @Test func `a write whose commit was not heard says so`() async throws {
        let proxy = try CuttingProxy(to: "\(PostgresCluster.shared.socketDirectory)/.s.PGSQL.5432")
        defer { proxy.stop() }
        let database = try PostgresFixture.connection.get().split(separator: "dbname=")[1]
        let connection = "host=\(proxy.directory) user=postgres dbname=\(database)"
        try await PostgresFixture.run(loops: 1, connection: connection) { fixture in
            try fixture.maintenance.execute("create table \(fixture.name).things (id int)")
            let table: SQL = "\(identifier: fixture.name).things"
            let insert: SQL = "insert into \(sql: table) values (1)"
            _ = try await fixture.database.write(SessionSettings(), [insert])
            proxy.cutAnswers()
            let write = await failure { _ = try await fixture.database.write(SessionSettings(), [insert]) }
            #expect(write?.state == .connectionFailure && write?.outcome == .unknown)
            try await fixture.until("select count(*) = 2 from \(sql: table)")
            proxy.passAnswers()
            _ = try await fixture.database.read(SessionSettings(), ["select 1"])
            proxy.cutAnswers()
            let read = await failure { _ = try await fixture.database.read(SessionSettings(), ["select 1"]) }
            #expect(read?.outcome == .rolledBack)
            proxy.passAnswers()
            let commit = await failure {
                try await fixture.database.transaction(SessionSettings(), .short) { transaction in
                    _ = try await transaction.query(insert)
                    proxy.cutAnswers()
                }
            }
            #expect(commit?.outcome == .unknown)
        }
    }
}
