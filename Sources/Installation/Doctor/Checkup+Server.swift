internal import Kernel
internal import Postgres
internal import Wire

/// The database's server and what the migrations made of it.
extension Checkup {
    static let server: [Checkup] = [
        Checkup(name: "version", finding: version),
        Checkup(name: "migrations", finding: migrations),
        Checkup(name: "log verbosity", finding: verbosity),
        Checkup(name: "durability", finding: durability),
        Checkup(name: "connections", gravity: .warning, finding: connections),
        Checkup(name: "clock", finding: clock),
    ]

    private static func version(_ patient: Patient) throws -> String? {
        let version = try patient.database.query("show server_version_num").integer(0, 0) ?? 0
        return version >= 150_000 ? nil : "PostgreSQL 15 or later is needed, this is \(version / 10_000)"
    }

    private static func migrations(_ patient: Patient) throws -> String? {
        let folder = try InstalledMigrations.folder()
        let missing = try Migrator(connection: patient.adminConnection, folder: folder).plan()
        return missing.isEmpty ? nil : "\(missing.count) are missing; run `platform migrate`"
    }

    private static func verbosity(_ patient: Patient) throws -> String? {
        let value = try patient.database.query("show log_error_verbosity")[0, 0]
        return value == "terse"
            ? nil : "PostgreSQL would log rows' contents; `alter system set log_error_verbosity = terse`"
    }

    private static func durability(_ patient: Patient) throws -> String? {
        let off = try patient.names(
            """
            select s.name
            from pg_catalog.pg_settings as s
            where s.name in ('fsync', 'full_page_writes', 'synchronous_commit') and s.setting = 'off'
            order by 1
            """)
        return off.isEmpty
            ? nil
            : """
            what was acknowledged could be lost in a crash: \(off.joined(separator: ", ")) is off; \
            turn it on
            """
    }

    private static func connections(_ patient: Patient) throws -> String? {
        let rows = try patient.database.query(
            """
            select current_setting('max_connections')::integer
                - current_setting('superuser_reserved_connections')::integer,
                (select count(*)::integer from pg_catalog.pg_stat_activity
                where backend_type = 'client backend')
            """)
        let (allowed, used) = (rows.integer(0, 0) ?? 0, rows.integer(0, 1) ?? 0)
        return used * 10 < allowed * 9
            ? nil
            : "\(used) of \(allowed) connections are used; raise max_connections or put PgBouncer in front"
    }

    private static func clock(_ patient: Patient) throws -> String? {
        let ours = SystemClock().now().milliseconds
        let rows = try patient.database.query("select (extract(epoch from clock_timestamp()) * 1000)::bigint")
        let difference = abs((rows.integer(0, 0) ?? 0) - ours)
        return difference < 5000
            ? nil
            : """
            the database's clock is \(difference / 1000) s away from this machine's: tokens and jobs would \
            end early or late; let both follow NTP
            """
    }
}
