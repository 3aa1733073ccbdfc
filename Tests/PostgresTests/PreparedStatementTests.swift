import Postgres
import Testing

@Suite struct PreparedStatementTests {
    private static let count: SQL = "select count(*) from pg_prepared_statements"

    @Test func `a statement is prepared once`() async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.short.connections = 1
        } _: { fixture in
            for number in 0..<5 {
                _ = try await fixture.database.read(SessionSettings(), ["select \(number)::int"])
            }
            let rows = try await fixture.database.read(SessionSettings(), [Self.count])
            // The context's, the one above and the one that counts.
            #expect(rows[0].integer(0, 0) == 3)
        }
    }

    @Test func `the least recently used give way beyond the limit`() async throws {
        try await PostgresFixture.run(loops: 1) { configuration in
            configuration.short.connections = 1
            configuration.preparedLimit = 20
        } _: { fixture in
            for round in 0..<200 {
                let rows = try await fixture.database.read(
                    SessionSettings(),
                    [SQL(text: "select \(round)"), Self.count, SQL(text: "select \(round % 7) + 1")])
                #expect(rows[0].integer(0, 0) == Int64(round))
                #expect(try #require(rows[1].integer(0, 0)) <= 24)
            }
            #expect(fixture.database.statistics()[0].lost == 0)
        }
    }

    @Test func `a statement that can't be prepared fails alone, and by its own error`() async throws {
        try await PostgresFixture.run {
            $0.short.connections = 1
        } _: { fixture in
            let database = fixture.database
            await withTaskGroup { group in
                for number in 0..<20 {
                    group.addTask {
                        let sql: SQL = number % 2 == 0 ? "select nonsense" : "select \(number)::int"
                        let error = await failure {
                            _ = try await database.read(SessionSettings(), ["select 1", sql])
                        }
                        #expect(error?.state == (number % 2 == 0 ? .undefinedColumn : nil))
                    }
                }
            }
            try fixture.maintenance.execute("create view \(fixture.name).late as select 1 as nonsense")
            let error = await failure {
                _ = try await database.read(
                    SessionSettings(), ["select nonsense from \(identifier: fixture.name).late"])
            }
            #expect(error == nil)
        }
    }

    @Test func `a statement is prepared anew when its table has changed`() async throws {
        try await PostgresFixture.run {
            $0.short.connections = 1
        } _: { fixture in
            let database = fixture.database
            try fixture.maintenance.execute("create table \(fixture.name).things as select 1 as a")
            let sql: SQL = "select * from \(identifier: fixture.name).things"
            for column in ["b", "c", "d"] {
                _ = try await database.read(SessionSettings(), [sql])
                try fixture.maintenance.execute("alter table \(fixture.name).things add column \(column) int")
                await withTaskGroup { group in
                    for _ in 0..<10 {
                        group.addTask {
                            #expect(
                                await failure { _ = try await database.read(SessionSettings(), [sql]) } == nil
                            )
                        }
                    }
                }
            }
            let rows = try await database.read(SessionSettings(), [sql])
            #expect(rows[0].columnCount == 4)
        }
    }

    @Test func `behind a pooler nothing is prepared and each transaction sets what it needs`() async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.preparedStatements = false
        } _: { fixture in
            let rows = try await fixture.database.read(
                SessionSettings(),
                [Self.count, "select current_setting('search_path'), current_setting('statement_timeout')"])
            #expect(rows[0].integer(0, 0) == 0)
            #expect(rows[1][0, 0] == "pg_catalog" && rows[1][0, 1] == "2s")
            try await fixture.database.transaction(SessionSettings(), .long) { transaction in
                let rows = try await transaction.query("select current_setting('statement_timeout')")
                #expect(rows[0, 0] == "30s")
            }
        }
    }
}
