import Glibc
import Postgres
import TestKit
import Testing

@testable import Kernel

struct MigratorTests {
    private let first = Migration(name: "kernel/0001_first.sql", text: "select 1;")
    private let second = Migration(name: "kernel/0002_second.sql", text: "select 2;")

    @Test func `what was not applied is to be done, in order`() throws {
        let pending = try Migrator.pending([first, second], applied: [(first.name, first.checksum)])
        #expect(pending == [second])
    }

    @Test func `a file edited after it was applied is refused`() {
        #expect(throws: MigrationFault.edited(first.name)) {
            try Migrator.pending([first], applied: [(first.name, second.checksum)])
        }
    }

    @Test func `a file that was applied and is gone is refused`() {
        #expect(throws: MigrationFault.missing(first.name)) {
            try Migrator.pending([second], applied: [(first.name, first.checksum)])
        }
    }

    @Test func `a new file before one that was applied is refused`() {
        #expect(throws: MigrationFault.outOfOrder(first.name, before: second.name)) {
            try Migrator.pending([first, second], applied: [(second.name, second.checksum)])
        }
    }

    @Test func `two processes that start at once migrate once, and a third finds nothing to do`() async throws
    {
        let connection = try PostgresCluster.shared.createDatabase()
        let migrator = Migrator(
            connection: connection, folder: MigrationFolder(path: TestDatabase.migrations))
        let plan = try migrator.plan().map(\.name)
        async let one = try migrator.migrate()
        async let two = try migrator.migrate()
        let reports = try await [one, two]
        #expect(reports.flatMap(\.applied) == plan)
        #expect(try migrator.migrate() == Migrator.Report())
        #expect(try migrator.plan().isEmpty)
    }

    @Test func `a file that fails leaves nothing behind`() throws {
        let connection = try PostgresCluster.shared.createDatabase()
        let folder = try folder(with: "create table kernel.half (id uuid);\nselect 1 / 0;\n")
        #expect {
            try Migrator(connection: connection, folder: folder).migrate()
        } throws: { error in
            guard case MigrationFault.failed("more/0001_more.sql", let cause) = error else { return false }
            return cause.outcome == .rolledBack
        }
        let rows = try MaintenanceConnection(connection).query(
            "select to_regclass('kernel.half') is null, count(*) filter (where name like 'more/%') from platform.schema_migrations"
        )
        #expect(rows.bool(0, 0) == true)
        #expect(rows.integer(0, 1) == 0)
    }

    @Test func `an unsafe file is refused before anything is applied`() throws {
        let connection = try PostgresCluster.shared.createDatabase()
        let folder = try folder(with: "truncate kernel.teams;\n")
        #expect(throws: MigrationFault.unsafe("more/0001_more.sql", ["it truncates a table"])) {
            try Migrator(connection: connection, folder: folder).migrate()
        }
        let rows = try MaintenanceConnection(connection).query(
            "select to_regclass('platform.schema_migrations')::text")
        #expect(rows[0, 0] == nil)
    }

    @Test func `tables belong to their owner, not to whoever migrated`() throws {
        let connection = try PostgresCluster.shared.createDatabase()
        let folder = try folder(with: "create table kernel.mine (organization_id uuid not null);\n")
        try Migrator(connection: connection, folder: folder).migrate()
        let rows = try MaintenanceConnection(connection).query(
            "select tableowner from pg_tables where tablename = 'mine'")
        #expect(rows[0, 0] == "platform_owner")
    }

    /// The repository's migrations and one more at their end.
    private func folder(with text: String) throws -> MigrationFolder {
        let path = try TestFolder.make()
        let modules = Set(
            try MigrationFolder(path: TestDatabase.migrations).migrations().map { migration in
                String(migration.name.prefix { $0 != "/" })
            })
        for module in modules { symlink("\(TestDatabase.migrations)/\(module)", "\(path)/\(module)") }
        mkdir("\(path)/more", 0o700)
        let order = try MigrationFolder(path: TestDatabase.migrations).migrations().map { "\($0.name)\n" }
            .joined()
        try TestFolder.write(order + "more/0001_more.sql\n", to: "\(path)/order")
        try TestFolder.write(text, to: "\(path)/more/0001_more.sql")
        return MigrationFolder(path: path)
    }
}
