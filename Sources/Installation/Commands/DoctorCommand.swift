internal import Kernel
internal import Postgres
internal import Wire

/// Looks for what keeps the installation from working, and says how to mend it.
public enum DoctorCommand: Command {
    public static let name = "doctor"
    public static let summary = "look for faults and say how to mend them"
    public static let options: Set<String> = []
    public static let flags: Set<String> = []
    public static let help = """
        Checks settings, plugins, the database's version, roles, migrations and policies. Prints one line per
        check; exits 1 when one has failed.
        """

    /// One check's outcome: nil is well, else what is wrong and how to mend it.
    private typealias Check = (name: String, run: (MaintenanceConnection) throws -> String?)

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let settings = try Settings.current()
        report("settings", nil)
        let registry: Registry
        do { registry = try Registry(InstalledPlugins.all) } catch {
            report("plugins", "the registry refuses them:\n\(error)")
            return 1
        }
        report("plugins", nil)
        let failed: Int
        do {
            let lease = try ClusterLease(settings)
            defer { lease.close() }
            failed = try examine(lease, registry)
        } catch {
            report("database", "can't be reached (\(error)); check DATABASE_URL and that PostgreSQL runs")
            return 1
        }
        Terminal.say(failed == 0 ? "All is well." : "\(failed) checks have failed.")
        return failed == 0 ? 0 : 1
    }

    /// How many checks of the database fail.
    private static func examine(_ lease: ClusterLease, _ registry: Registry) throws -> Int {
        let connection = try MaintenanceConnection(lease.adminConnection)
        report("database", nil)
        var failed = 0
        for check in checks(lease, registry) {
            let fault: String?
            do { fault = try check.run(connection) } catch { fault = "could not be checked: \(error)" }
            report(check.name, fault)
            if fault != nil { failed += 1 }
        }
        return failed
    }

    private static func report(_ name: String, _ fault: String?) {
        Terminal.say(fault.map { "failed  \(name): \($0)" } ?? "ok      \(name)")
    }

    private static func checks(_ lease: ClusterLease, _ registry: Registry) -> [Check] {
        [
            (
                name: "version",
                run: { database in
                    let version = try database.query("show server_version_num").integer(0, 0) ?? 0
                    return version >= 150_000
                        ? nil : "PostgreSQL 15 or later is needed, this is \(version / 10_000)"
                }
            ),
            (
                name: "migrations",
                run: { _ in
                    let folder = try InstalledMigrations.folder()
                    let missing = try Migrator(connection: lease.adminConnection, folder: folder).plan()
                    return missing.isEmpty ? nil : "\(missing.count) are missing; run `platform migrate`"
                }
            ),
            (name: "application role", run: roleFault),
            (name: "row-level security", run: { database in try policyFault(database, registry) }),
            (name: "log verbosity", run: verbosityFault),
            (name: "clock", run: clockFault),
        ]
    }

    private static func roleFault(_ database: MaintenanceConnection) throws -> String? {
        let rows = try database.query(
            """
            select r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
            or exists (select 1 from pg_catalog.pg_class c where c.relowner = r.oid)
            from pg_catalog.pg_roles r
            where r.rolname = 'platform_app'
            """)
        guard rows.count == 1 else { return "the role platform_app is missing; run `platform migrate`" }
        return rows.bool(0, 0) == true
            ? "platform_app may bypass policies or owns tables; alter role platform_app nosuperuser nobypassrls"
            : nil
    }

    private static func policyFault(_ database: MaintenanceConnection, _ registry: Registry) throws -> String?
    {
        let tables = registry.entities.map(\.table)
        let rows = try database.query(
            """
            select t.name
            from unnest(\(tables)::text[]) as t (name)
            left join pg_catalog.pg_class c on c.oid = to_regclass(t.name)
            where c.oid is null or not c.relrowsecurity or not c.relforcerowsecurity
            or not exists (select 1 from pg_catalog.pg_policy p where p.polrelid = c.oid)
            """)
        guard !rows.isEmpty else { return nil }
        let names = (0..<rows.count).compactMap { rows[$0, 0] }.joined(separator: ", ")
        return "no forced policy on \(names); run `platform migrate`"
    }

    private static func verbosityFault(_ database: MaintenanceConnection) throws -> String? {
        let value = try database.query("show log_error_verbosity")[0, 0]
        return value == "terse"
            ? nil : "PostgreSQL would log rows' contents; alter system set log_error_verbosity = terse"
    }

    private static func clockFault(_ database: MaintenanceConnection) throws -> String? {
        let before = SystemClock().now().milliseconds
        let theirs =
            try database.query("select (extract(epoch from clock_timestamp()) * 1000)::bigint").integer(0, 0)
            ?? 0
        let difference = abs(theirs - before)
        return difference < 5000
            ? nil : "the database's clock is \(difference / 1000) s away from this machine's"
    }
}
