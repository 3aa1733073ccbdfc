internal import Kernel

/// Brings the database up to date.
public enum MigrateCommand: Command {
    public static let name = "migrate"
    public static let summary = "bring the database up to date"
    public static let options: Set<String> = []
    public static let flags: Set<String> = ["plan"]
    public static let help = """
        Applies the migrations that are missing, each in a transaction of its own, then completes every
        entity's table (policies, grants, triggers). Two that start at once migrate once. An applied file that
        was edited is refused.

          --plan   only tell what would be applied
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let settings = try Settings.current()
        let registry = try Registry(InstalledPlugins.all)
        let lease = try ClusterLease(settings)
        defer { lease.close() }
        let migrator = Migrator(connection: lease.adminConnection, folder: try InstalledMigrations.folder())
        if arguments.has("plan") {
            let plan = try migrator.plan()
            Terminal.say(plan.isEmpty ? "Nothing to apply." : plan.map(\.name).joined(separator: "\n"))
            return 0
        }
        let report = try migrator.migrate(standards: registry.standardTables) {
            Terminal.say("applying \($0)")
        }
        Terminal.say("\(report.applied.count) applied, \(report.standardTables) tables completed.")
        return 0
    }
}
