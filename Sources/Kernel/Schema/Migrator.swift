internal import Postgres

/// Brings a database to the schema of this program: the files in order, then the standard part of every
/// entity.
///
/// Blocking: for commands and the start of a server, never on a loop.
public struct Migrator: Sendable {
    /// What a run did.
    public struct Report: Sendable, Hashable {
        /// The files applied, by name.
        public var applied: [String] = []
        /// How many tables' standard part was new or changed.
        public var standardTables = 0
        /// How many partitions of the audit were made.
        public var partitions = 0
    }

    /// libpq's connection string of a role that may become platform_owner; the first file needs a superuser.
    let connection: String
    let folder: MigrationFolder
    /// How many months of audit partitions there are from this one on.
    static let monthsAhead = 13

    /// A migrator of the database that `connection` leads to.
    public init(connection: String, folder: MigrationFolder) {
        self.connection = connection
        self.folder = folder
    }

    /// The files that a run would apply, in order. Throws what would refuse it.
    public func plan() throws(MigrationFault) -> [Migration] {
        try plan(on: try connect())
    }

    /// Applies what is missing, and the standard part of the kernel's tables and of `standards`.
    ///
    /// Two processes that start at once do it once: the second waits, and finds nothing left to do.
    @discardableResult
    public func migrate(
        standards: [StandardTable] = [], onApply: (String) -> Void = { _ in }
    ) throws(MigrationFault) -> Report {
        let database = try connect()
        try Self.ask(database) { () throws(SQLError) in
            _ = try database.query("select pg_advisory_lock(hashtextextended('platform.migrate', 0))")
        }
        var report = Report()
        for migration in try plan(on: database) {
            onApply(migration.name)
            try apply(migration, on: database)
            report.applied.append(migration.name)
        }
        let tables = StandardTable.merged(StandardTable.kernel, with: standards)
        try apply(tables, on: database, report: &report)
        return report
    }

    private func connect() throws(MigrationFault) -> MaintenanceConnection {
        do { return try MaintenanceConnection(connection, applicationName: "platform migrate") } catch {
            throw .unreachable(error)
        }
    }

    private func plan(on database: MaintenanceConnection) throws(MigrationFault) -> [Migration] {
        let pending = try Self.pending(try folder.migrations(), applied: try applied(on: database))
        for migration in pending {
            let reasons = MigrationCheck.reasons(against: migration.text)
            guard reasons.isEmpty else { throw .unsafe(migration.name, reasons) }
        }
        return pending
    }

    /// Those of `migrations` that are not among `applied`, which are pairs of name and checksum.
    static func pending(
        _ migrations: [Migration], applied: [(name: String, checksum: String)]
    ) throws(MigrationFault) -> [Migration] {
        var checksums = Dictionary(
            applied.map { ($0.name, $0.checksum) }, uniquingKeysWith: { first, _ in first })
        var pending: [Migration] = []
        for migration in migrations {
            guard let checksum = checksums.removeValue(forKey: migration.name) else {
                pending.append(migration)
                continue
            }
            guard checksum == migration.checksum else { throw .edited(migration.name) }
            if let skipped = pending.first { throw .outOfOrder(skipped.name, before: migration.name) }
        }
        if let gone = checksums.keys.min() { throw .missing(gone) }
        return pending
    }

    private func applied(on database: MaintenanceConnection) throws(MigrationFault) -> [(
        name: String, checksum: String
    )] {
        try Self.ask(database) { () throws(SQLError) in
            let found = try database.query("select to_regclass('platform.schema_migrations') is not null")
            guard found.bool(0, 0) == true else { return [] }
            let rows = try database.query("select name, checksum from platform.schema_migrations")
            return (0..<rows.count).map { (rows[$0, 0] ?? "", rows[$0, 1] ?? "") }
        }
    }

    private static func ask<Answer>(
        _ database: MaintenanceConnection, _ question: () throws(SQLError) -> Answer
    ) throws(MigrationFault) -> Answer {
        do { return try question() } catch { throw .unreachable(error) }
    }
}
