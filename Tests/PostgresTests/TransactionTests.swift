import Postgres
import Testing

@Suite struct TransactionTests {
    private struct Refused: Error {}
    private static let context = SessionSettings([
        ("app.organization_id", "0190b5a0-0000-7000-8000-0000000000aa")
    ])

    private static func run(
        _ style: SettingStyle = .setConfig, _ body: (PostgresFixture, SQL) async throws -> Void
    ) async throws {
        try await PostgresFixture.run {
            $0.settingStyle = style
        } _: { fixture in
            try fixture.maintenance.execute("create table \(fixture.name).things (id int primary key)")
            try await body(fixture, "\(identifier: fixture.name).things")
        }
    }

    private static func count(_ fixture: PostgresFixture, _ table: SQL) async throws -> Int64? {
        try await fixture.database.read(context, ["select count(*) from \(sql: table)"])[0].integer(0, 0)
    }

    @Test(arguments: [QueryClass.short, .long, .bulk], BatchTests.styles)
    func `what returns is committed`(queryClass: QueryClass, style: SettingStyle) async throws {
        try await Self.run(style) { fixture, table in
            let seen = try await fixture.onLoop(1) { database in
                try await database.transaction(Self.context, queryClass) { transaction in
                    _ = try await transaction.query("insert into \(sql: table) values (\(1)::int)")
                    let rows = try await transaction.batch([
                        "select count(*) from \(sql: table)", "select current_setting('app.organization_id')",
                    ])
                    return [rows[0][0, 0], rows[1][0, 0]]
                }
            }
            #expect(seen == ["1", Self.context.values[0].value])
            let count = try await Self.count(fixture, table)
            #expect(count == 1)
        }
    }

    @Test(arguments: BatchTests.styles) func `what throws is rolled back`(style: SettingStyle) async throws {
        try await Self.run(style) { fixture, table in
            await #expect(throws: Refused.self) {
                try await fixture.database.transaction(Self.context, .long) { transaction in
                    _ = try await transaction.query("insert into \(sql: table) values (1)")
                    throw Refused()
                }
            }
            let count = try await Self.count(fixture, table)
            #expect(count == 0)
        }
    }

    @Test func `a transaction that has failed is not committed, even when its error is swallowed`()
        async throws
    {
        try await Self.run { fixture, table in
            let error = await failure {
                try await fixture.database.transaction(Self.context, .long) { transaction in
                    _ = try await transaction.query("insert into \(sql: table) values (1)")
                    _ = try? await transaction.query("select 1/0")
                }
            }
            #expect(error?.state == .failedTransaction && error?.outcome == .rolledBack)
            let count = try await Self.count(fixture, table)
            #expect(count == 0)
        }
    }

    @Test func `a savepoint saves what came before it`() async throws {
        try await Self.run { fixture, table in
            try await fixture.database.transaction(Self.context, .bulk) { transaction in
                _ = try await transaction.query("insert into \(sql: table) values (1)")
                for _ in 0..<2 {
                    _ = try await transaction.query("savepoint one")
                    let error = await failure {
                        _ = try await transaction.query("insert into \(sql: table) values (1)")
                    }
                    #expect(error?.state == .uniqueViolation)
                    _ = try await transaction.query("rollback to savepoint one")
                }
                _ = try await transaction.query("insert into \(sql: table) values (2)")
            }
            let count = try await Self.count(fixture, table)
            #expect(count == 2)
        }
    }

    @Test func `one that asks nothing sends nothing`() async throws {
        try await PostgresFixture.run { fixture in
            let value = try await fixture.database.transaction(Self.context, .long) { _ in 7 }
            #expect(value == 7)
        }
    }

    @Test func `a transaction is of no use after its end`() async throws {
        try await PostgresFixture.run { fixture in
            let kept = try await fixture.database.transaction(Self.context, .long) { transaction in
                _ = try await transaction.query("select 1")
                return transaction
            }
            let error = await failure { _ = try await kept.query("select 1") }
            #expect(error?.state == .noTransaction && error?.outcome == .notSent)
        }
    }

    @Test(arguments: [0, 1, 7, 10, 25]) func `rows come in portions, with binds`(count: Int) async throws {
        try await PostgresFixture.run { fixture in
            try await fixture.database.transaction(Self.context, .bulk) { transaction in
                for _ in 0..<2 {
                    var seen: [Int64?] = []
                    try await transaction.forEachBatch("select generate_series(1, \(count)::int)", fetch: 5) {
                        rows in
                        #expect(rows.count <= 5)
                        seen += (0..<rows.count).map { rows.integer($0, 0) }
                    }
                    let wanted: [Int64?] = (0..<count).map { (number: Int) -> Int64? in Int64(number + 1) }
                    #expect(seen == wanted)
                }
            }
        }
    }

    @Test func `transactions never share a connection`() async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.long.connections = 3
        } _: { fixture in
            let database = fixture.database
            let processes = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await database.transaction(Self.context, .long) { transaction in
                            let first = try await transaction.query("select pg_backend_pid(), txid_current()")
                            let second = try await transaction.query(
                                "select pg_backend_pid(), txid_current()")
                            #expect(first[0, 0] == second[0, 0] && first[0, 1] == second[0, 1])
                            return first[0, 1]
                        }
                    }
                }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(Set(processes).count == 12)
            #expect(database.statistics()[1].opened <= 3)
        }
    }
}
