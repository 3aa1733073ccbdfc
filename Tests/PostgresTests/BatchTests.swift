import Loop
import Postgres
import Testing
import Wire

@Suite struct BatchTests {
    static let styles: [SettingStyle] = [.setConfig, .setLocal]
    static let organization = "0190b5a0-0000-7000-8000-0000000000aa"
    static let context = SessionSettings([("app.organization_id", organization)])

    @Test(arguments: styles) func `statements of a batch answer in order`(style: SettingStyle) async throws {
        try await PostgresFixture.run {
            $0.settingStyle = style
        } _: { fixture in
            let rows = try await fixture.database.read(
                Self.context,
                [
                    "select \(1)::int", "select generate_series(1, 3)",
                    "select current_setting('app.organization_id')",
                ])
            #expect(rows.map(\.count) == [1, 3, 1])
            #expect(rows[2][0, 0] == Self.organization)
        }
    }

    @Test(arguments: styles) func `the context is gone after the batch`(style: SettingStyle) async throws {
        try await PostgresFixture.run(loops: 1) { configuration in
            configuration.settingStyle = style
            configuration.short.connections = 1
        } _: { fixture in
            let ask: SQL =
                "select coalesce(current_setting('app.organization_id', true), ''), pg_backend_pid()"
            let first = try await fixture.database.read(Self.context, [ask])[0]
            let second = try await fixture.database.read(SessionSettings(), [ask])[0]
            _ = await failure { _ = try await fixture.database.read(Self.context, ["select 1/0"]) }
            let third = try await fixture.database.read(SessionSettings(), [ask])[0]
            #expect([first, second, third].map { $0[0, 0] } == [Self.organization, "", ""])
            #expect(Set([first, second, third].map { $0[0, 1] }).count == 1)
        }
    }

    @Test(arguments: styles)
    func `an error in one batch leaves those around it on the connection alone`(style: SettingStyle)
        async throws
    {
        try await PostgresFixture.run { configuration in
            configuration.settingStyle = style
            configuration.short.connections = 1
        } _: { fixture in
            let database = fixture.database
            try await withThrowingTaskGroup { group in
                for number in 0..<60 {
                    group.addTask {
                        let divisor = number % 5 == 0 ? 0 : 1
                        let error = await failure {
                            let rows = try await database.read(
                                Self.context,
                                ["select \(number)::int", "select \(number)::int / \(divisor)::int"])
                            #expect(rows.map { $0.integer(0, 0) } == [Int64(number), Int64(number)])
                        }
                        #expect(error?.state == (divisor == 0 ? .divisionByZero : nil))
                        #expect(error?.outcome == (divisor == 0 ? .rolledBack : nil))
                    }
                }
                try await group.waitForAll()
            }
            #expect(fixture.database.statistics()[0].lost == 0)
        }
    }

    @Test func `a thousand reads at once each get their own answer`() async throws {
        try await PostgresFixture.run { fixture in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<1000 {
                    let database = fixture.database
                    group.addTask(executorPreference: fixture.loops.loops[number % 2]) {
                        let rows = try await database.read(
                            SessionSettings([("app.number", "\(number)")]),
                            ["select \(number)::int, current_setting('app.number')"])
                        return rows[0].integer(0, 0) == Int64(number) && rows[0][0, 1] == "\(number)"
                    }
                }
                for try await isOwn in group { #expect(isOwn) }
            }
            let short = fixture.database.statistics()[0]
            #expect(short.opened <= 8 && short.lost == 0 && short.refused == 0 && short.waiting == 0)
        }
    }

    @Test func `a read can't write, whatever its statement says`() async throws {
        try await PostgresFixture.run { fixture in
            try fixture.maintenance.execute("create table \(fixture.name).things (id int)")
            let insert: SQL = "insert into \(identifier: fixture.name).things values (1)"
            let error = await failure { _ = try await fixture.database.read(SessionSettings(), [insert]) }
            #expect(error?.state == .readOnlyTransaction)
            let undo: SQL = "select set_config('transaction_read_only', 'off', true)"
            #expect(
                await failure { _ = try await fixture.database.read(SessionSettings(), [undo, insert]) }
                    != nil)
        }
    }

    @Test(arguments: styles) func `a write is all or nothing`(style: SettingStyle) async throws {
        try await PostgresFixture.run {
            $0.settingStyle = style
        } _: { fixture in
            try fixture.maintenance.execute(
                """
                create table \(fixture.name).things (
                    id int constraint things_id_key unique deferrable initially deferred)
                """)
            let table: SQL = "\(identifier: fixture.name).things"
            let rows = try await fixture.database.write(
                Self.context,
                ["insert into \(sql: table) values (\(1)::int), (2)", "select count(*) from \(sql: table)"])
            #expect(rows[0].affected == 2 && rows[1].integer(0, 0) == 2)
            let late = await failure {
                _ = try await fixture.database.write(
                    Self.context, ["insert into \(sql: table) values (3)", "select 1/0"])
            }
            #expect(late?.state == .divisionByZero)
            let atCommit = await failure {
                _ = try await fixture.database.write(
                    Self.context, ["insert into \(sql: table) values (\(1)::int)"])
            }
            #expect(atCommit?.state == .uniqueViolation && atCommit?.outcome == .rolledBack)
            #expect(atCommit?.constraint == "things_id_key" && atCommit?.table == "things")
            let after = try await fixture.database.read(Self.context, ["select count(*) from \(sql: table)"])
            #expect(after[0].integer(0, 0) == 2)
        }
    }

    @Test func `a write gives up a lock that another holds`() async throws {
        try await PostgresFixture.run { fixture in
            try fixture.maintenance.execute("create table \(fixture.name).things as select 1 as id")
            try fixture.maintenance.execute("begin; select id from \(fixture.name).things for update")
            let update: SQL = "update \(identifier: fixture.name).things set id = 2"
            let error = await failure { _ = try await fixture.database.write(SessionSettings(), [update]) }
            #expect(error?.state == .lockNotAvailable && error?.outcome == .rolledBack)
        }
    }

    @Test func `a statement that takes too long is ended`() async throws {
        try await PostgresFixture.run { fixture in
            let error = await failure {
                _ = try await fixture.database.read(
                    SessionSettings(statementTimeout: 50), ["select 1", "select pg_sleep(30)"])
            }
            #expect(error?.state == .queryCanceled && error?.outcome == .rolledBack)
            let after = try await fixture.database.read(SessionSettings(), ["show statement_timeout"])
            #expect(after[0][0, 0] == "2s")
        }
    }

    @Test(arguments: ["x'; drop table y; --", "a\\b", "é", "\u{0}"])
    func `set local takes no text that could end its literal`(value: String) async throws {
        try await PostgresFixture.run {
            $0.settingStyle = .setLocal
        } _: { fixture in
            let error = await failure {
                _ = try await fixture.database.read(SessionSettings([("app.note", value)]), ["select 1"])
            }
            #expect(error?.outcome == .notSent)
            let named = await failure {
                _ = try await fixture.database.read(SessionSettings([("app.x = 1; --", "1")]), ["select 1"])
            }
            #expect(named?.outcome == .notSent)
        }
    }
}
