internal import Postgres
internal import Wire
internal import Loop

extension Migrator {
    /// One file, with its line in platform.schema_migrations, or nothing of it.
    func apply(_ migration: Migration, on database: MaintenanceConnection) throws(MigrationFault) {
        let start = Monotonic.milliseconds()
        try transaction(named: migration.name, on: database, asOwner: !migration.runsAsSuperuser) {
            () throws(SQLError) in
            try database.execute(migration.text)
            try database.query(
                """
                insert into platform.schema_migrations (name, checksum, milliseconds)
                values (\(migration.name), \(migration.checksum), \(Monotonic.milliseconds() - start))
                """)
        }
    }

    /// The standard part of every table, and the partitions of the months to come, in one transaction.
    func apply(
        _ tables: [StandardTable], on database: MaintenanceConnection, report: inout Report
    ) throws(MigrationFault) {
        let definitions = JSON.array(tables.map(\.definition))
        let counts = try transaction(named: "the standard part", on: database, asOwner: true) {
            () throws(SQLError) in
            let changed = try database.query(
                """
                select count(*) filter (where kernel.apply_standard(d.definition))
                from jsonb_array_elements(\(definitions)) as d (definition)
                """)
            let made = try database.query(
                "select kernel.ensure_audit_partitions(current_date, \(Self.monthsAhead)::integer)")
            return (changed.integer(0, 0) ?? 0, made.integer(0, 0) ?? 0)
        }
        report.standardTables = Int(counts.0)
        report.partitions = Int(counts.1)
    }

    /// Waits 5 s for a lock at most: behind a migration that waits, every request of a running server waits
    /// too.
    private func transaction<Answer>(
        named name: String, on database: MaintenanceConnection, asOwner: Bool,
        _ body: () throws(SQLError) -> Answer
    ) throws(MigrationFault) -> Answer {
        do {
            try database.execute(
                """
                begin;
                set local lock_timeout = '5s';
                set local client_min_messages = warning;
                set local search_path = pg_catalog;
                \(asOwner ? "set local role platform_owner;" : "")
                """)
            let answer = try body()
            try database.execute("commit")
            return answer
        } catch {
            _ = try? database.execute("rollback")
            throw .failed(name, error)
        }
    }
}
