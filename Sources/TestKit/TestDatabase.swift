public import Kernel
public import Postgres
internal import Synchronization
internal import Wire

/// A database of a test's own, cloned from one that was migrated once per process.
public struct TestDatabase: Sendable {
    /// For `platform_app`: what servers under test use.
    public let applicationConnection: String
    /// For the superuser: what tests look behind the policies with.
    public let adminConnection: String
    /// The database's name.
    public let name: String
    private let kept: KeptConnection

    private static let templates = Mutex<[String: String]>([:])

    /// A migrated database with the standard part of these plugins' entities.
    public static func make(_ registry: Registry, migrations more: [TestMigration] = []) throws
        -> TestDatabase
    {
        let cluster = PostgresCluster.shared
        let key = registry.standardTables.map(\.entity).joined(separator: ",")
        let template = try templates.withLock { templates in
            if let known = templates[key] { return known }
            let admin = try cluster.createDatabase()
            let name = Self.name(of: admin)
            let folder = MigrationFolder(
                path: more.isEmpty ? migrations : try TestMigration.folder(with: more))
            try Migrator(connection: admin, folder: folder).migrate(standards: registry.standardTables)
            templates[key] = name
            return name
        }
        let admin = try cluster.createDatabase(template: template)
        let name = Self.name(of: admin)
        return TestDatabase(
            applicationConnection: cluster.connection(database: name, user: "platform_app"),
            adminConnection: admin,
            name: name, kept: KeptConnection(admin))
    }

    /// Runs one statement as the superuser and gives its rows.
    @discardableResult
    public func admin(_ sql: SQL) throws -> Rows { try kept.query(sql) }

    /// The repository's migrations, found from this file.
    public static var migrations: String { "\(repository)/migrations" }

    /// The repository's root, found from this file.
    public static var repository: String {
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    }

    static func name(of connection: String) -> String {
        let part = connection.split(separator: " ").first { $0.hasPrefix("dbname=") }
        return String(part?.dropFirst(7) ?? "")
    }
}
