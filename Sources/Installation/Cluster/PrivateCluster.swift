internal import Glibc
internal import Postgres
internal import Synchronization

/// A PostgreSQL cluster of the installation's own, kept in its directory for whoever names no other: reached
/// through a Unix socket that only its account opens, never through TCP.
///
/// The superuser is known by the account of the calling process (peer); `platform_app` has a password, made
/// once and kept beside the cluster, readable by its owner alone. Blocking: for commands and the start of a
/// server.
///
/// A class, as it remembers whether this process holds the server.
public final class PrivateCluster: Sendable {
    /// For `platform_app`: what serves requests and jobs.
    public let applicationConnection: String
    /// For the superuser: migrations, backup.
    public let adminConnection: String
    /// Where its data lies.
    public var dataDirectory: String { layout.data }

    private let layout: ClusterLayout
    private let programs: ClusterPrograms
    private let password: String
    private let isHeld = Atomic(false)

    static let database = "stratikey"
    static let port = 5432

    /// The cluster of an installation's directory, which is made when it is not there.
    ///
    /// A server run by root keeps the cluster under `account`, as PostgreSQL refuses root. Where that account
    /// can't reach the directory, the cluster lies in /var/lib/stratikey with a link to it; `notice` hears of
    /// that.
    public init(
        directory: String, account: String = "postgres",
        notice: (String) -> Void = PrivateCluster.sayOnError
    ) throws(ClusterFault) {
        layout = try ClusterLayout(directory: directory, account: account, notice: notice)
        programs = try ClusterPrograms(data: layout.data)
        password = try layout.password()
        let place = "host=\(Self.quoted(layout.socketDirectory)) port=\(Self.port)"
        adminConnection = "\(place) dbname=\(Self.database) user=postgres"
        applicationConnection = "\(place) dbname=\(Self.database) user=platform_app password=\(password)"
    }

    /// Prints a notice where errors go.
    public static func sayOnError(_ text: String) {
        let bytes = Array("\(text)\n".utf8)
        _ = write(2, bytes, bytes.count)
    }

    /// Whether a server answers on the socket.
    public var isRunning: Bool { (try? MaintenanceConnection(maintenanceConnection)) != nil }

    /// Makes what is missing of the cluster, starts its server unless it runs, and waits until it answers.
    public func start() throws(ClusterFault) {
        let lock = try layout.lock()
        defer { close(lock) }
        if !layout.isInitialized { try initialize() }
        if !isRunning {
            awaitEndOfKilledServer()
            try ClusterConfiguration(layout).write()
            let log = "\(layout.root)/start.log"
            try layout.run(
                programs.path("pg_ctl"),
                ["start", "--pgdata=\(layout.data)", "--log=\(log)", "--wait", "--timeout=300", "--silent"],
                output: log)
            guard isRunning else { throw .doesNotStart(log) }
        }
        isHeld.store(true, ordering: .relaxed)
        do { try prepareDatabase() } catch { throw .unusable(error) }
    }

    /// Stops the server that this process has used, unless another program is connected to it: the last one
    /// out turns off the light, whoever started it.
    public func stop() {
        guard isHeld.exchange(false, ordering: .relaxed), let lock = try? layout.lock() else { return }
        defer { close(lock) }
        guard !isUsedByOthers else { return }
        try? layout.run(
            programs.path("pg_ctl"),
            ["stop", "--pgdata=\(layout.data)", "--mode=fast", "--wait", "--silent"],
            output: "\(layout.root)/start.log")
    }

    private var maintenanceConnection: String {
        "host=\(Self.quoted(layout.socketDirectory)) port=\(Self.port) dbname=postgres user=postgres"
    }

    private func initialize() throws(ClusterFault) {
        let log = "\(layout.root)/initdb.log"
        try layout.run(
            programs.path("initdb"),
            [
                "--pgdata=\(layout.data)", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
                "--data-checksums", "--auth-local=peer", "--auth-host=reject",
            ], output: log)
    }

    /// The role of requests with its password, and the database.
    private func prepareDatabase() throws(SQLError) {
        let maintenance = try MaintenanceConnection(maintenanceConnection)
        let known = try maintenance.query(
            """
            select exists (select from pg_roles where rolname = 'platform_app'),
                   exists (select from pg_database where datname = \(Self.database))
            """)
        let verb = known.bool(0, 0) == true ? "alter" : "create"
        // Utility statements take no binds; the password is hexadecimal digits of our own making.
        try maintenance.query(
            "\(unsafeSQL: verb) role platform_app login nobypassrls password '\(unsafeSQL: password)'")
        if known.bool(0, 1) != true {
            try maintenance.query(
                """
                create database \(identifier: Self.database) template template0 encoding 'UTF8' locale
                'C.UTF-8'
                """)
        }
    }

    /// A killed server stays in the table of processes until its parent asks for it, which is this process
    /// where it is the first of a container; a new server would take it for alive. 10 s at most.
    private func awaitEndOfKilledServer() {
        guard let lines = ClusterFiles.read("\(layout.data)/postmaster.pid")?.split(separator: "\n"),
            let process = lines.first.flatMap({ pid_t($0) })
        else { return }
        for _ in 0..<100 {
            waitpid(process, nil, WNOHANG)
            let state = ClusterFiles.read("/proc/\(process)/stat")?.split(separator: ")").last
            guard let state, state.hasPrefix(" Z") else { return }
            usleep(100_000)
        }
    }

    /// Connections that this process has just closed take a moment to end: they are given a second.
    private var isUsedByOthers: Bool {
        guard let maintenance = try? MaintenanceConnection(maintenanceConnection) else { return false }
        for _ in 0..<20 {
            let others = try? maintenance.query(
                """
                select count(*)
                from pg_stat_activity
                where backend_type = 'client backend'
                  and pid <> pg_backend_pid()
                """)
            guard let others, others.integer(0, 0) != 0 else { return false }
            usleep(50_000)
        }
        return true
    }

    /// A value of a connection string.
    private static func quoted(_ value: String) -> String {
        let escaped = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        return "'\(escaped)'"
    }
}
