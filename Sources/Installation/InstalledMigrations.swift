internal import Glibc
internal import Kernel

/// Where the migrations of this installation lie.
enum InstalledMigrations {
    /// `PLATFORM_MIGRATIONS`, else `migrations` beside the working directory or above the program.
    static func folder() throws -> MigrationFolder { MigrationFolder(path: try path()) }

    /// The path of that folder.
    static func path() throws -> String {
        if let path = getenv("PLATFORM_MIGRATIONS") { return String(cString: path) }
        var candidates = ["migrations"]
        var program = [CChar](repeating: 0, count: 4096)
        if readlink("/proc/self/exe", &program, program.count - 1) > 0 {
            let bytes = program.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            var folder = String(decoding: bytes, as: UTF8.self).split(separator: "/").dropLast()
            while !folder.isEmpty {
                candidates.append("/" + folder.joined(separator: "/") + "/migrations")
                folder = folder.dropLast()
            }
        }
        for path in candidates where access("\(path)/order", R_OK) == 0 { return path }
        throw CommandFault("the migrations were not found; set PLATFORM_MIGRATIONS to their folder")
    }
}

extension PlatformProcess {
    /// Migrates, or refuses to work on a database that is not up to date.
    func checkMigrations(migrating: Bool) throws {
        let migrator = Migrator(connection: adminConnection, folder: try InstalledMigrations.folder())
        if migrating {
            let report = try migrator.migrate(standards: runtime.registry.standardTables)
            if !report.applied.isEmpty { Terminal.say("\(report.applied.count) migrations applied.") }
            return
        }
        let missing = try migrator.plan()
        guard missing.isEmpty else {
            throw CommandFault("\(missing.count) migrations are missing; run `platform migrate`")
        }
    }
}
