internal import Glibc
internal import Synchronization

/// One of the programs that were built: `platform`, unless another is named.
public final class PlatformProgram: Program {
    /// Starts the program with these words and nothing in its environment but what every test needs and
    /// what is given.
    public init(
        _ words: [String], _ environment: [String: String], program: String = "platform", log: String? = nil
    ) throws {
        var all = [
            "PATH": "/usr/bin:/bin", "PLATFORM_MIGRATIONS": TestDatabase.migrations, "LOG_LEVEL": "error",
            "DRAIN_SECONDS": "0",
        ]
        // Where a run that counts lines wants to be told of them.
        if let profile = getenv("LLVM_PROFILE_FILE") { all["LLVM_PROFILE_FILE"] = String(cString: profile) }
        all.merge(environment) { _, new in new }
        try super.init([Self.path(program)] + words, environment: all, log: log)
    }

    /// Runs the program to its end.
    public static func run(_ words: [String], _ environment: [String: String] = [:]) throws -> Ended {
        try PlatformProgram(words, environment).end()
    }

    // MARK: Databases

    /// What a program needs to know of an empty database.
    public static func emptyDatabase() throws -> [String: String] {
        try environment(PostgresCluster.shared.createDatabase())
    }

    /// What a program needs to know of a database that is migrated, in a cluster.
    public static func migratedDatabase(in cluster: PostgresCluster = .shared) throws -> [String: String] {
        let template = try templates.withLock { templates in
            if let known = templates[cluster.socketDirectory] { return known }
            let admin = try cluster.createDatabase()
            let migrated = try run(["migrate"], environment(admin))
            guard migrated.status == 0 else { throw ProgramFault.ended(migrated.output) }
            let name = TestDatabase.name(of: admin)
            templates[cluster.socketDirectory] = name
            return name
        }
        return try environment(cluster.createDatabase(template: template))
    }

    private static let templates = Mutex<[String: String]>([:])

    private static func environment(_ admin: String) throws -> [String: String] {
        [
            "DATABASE_URL": admin.replacing("user=postgres", with: "user=platform_app"),
            "MIGRATION_DATABASE_URL": admin,
            "PLATFORM_DIRECTORY": try TestFolder.make(),
        ]
    }

    /// Beside the program of the tests, where the build puts it.
    private static func path(_ program: String) throws -> String {
        var bytes = [CChar](repeating: 0, count: 4096)
        guard readlink("/proc/self/exe", &bytes, bytes.count - 1) > 0 else { throw ProgramFault.notFound }
        let own = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let built = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        for file in [built, own] {
            let path = file.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/\(program)"
            if access(path, X_OK) == 0 { return path }
        }
        throw ProgramFault.notFound
    }
}
