internal import CLinux
internal import Glibc
public import Postgres
internal import Synchronization

/// A PostgreSQL server of this test process alone: in a temporary directory, on a Unix socket, gone with it.
///
/// A shell keeps watch: its standard input is a socket of this process's, and when that ends, however the
/// process ended, it stops the server and removes the directory. `STRATIKEY_TEST_CLUSTER=<socket directory>`
/// uses a server that runs already.
public final class PostgresCluster: Sendable {
    /// Where the server's socket is.
    public let socketDirectory: String
    private let watch: Watch?
    private let lastNumber = Atomic<Int>(0)

    /// The server of this process, started by the first use.
    public static let shared: PostgresCluster = {
        do {
            if let running = getenv("STRATIKEY_TEST_CLUSTER") {
                return PostgresCluster(socketDirectory: String(cString: running), watch: nil)
            }
            return try PostgresCluster(settings: "-c fsync=off -c synchronous_commit=off")
        } catch {
            fatalError("PostgreSQL for the tests did not start: \(error)")
        }
    }()

    /// A server beside the shared one, that a test may kill. What it has acknowledged outlives that.
    public static func another() throws -> PostgresCluster {
        // Files that processes have written outlive processes: only a machine's fall needs fsync.
        try PostgresCluster(settings: "-c fsync=off -c synchronous_commit=on")
    }

    private init(socketDirectory: String, watch: Watch?) {
        self.socketDirectory = socketDirectory
        self.watch = watch
    }

    private convenience init(settings: String) throws {
        let watch = try Watch(settings: settings)
        try watch.wait(for: "ready")
        self.init(socketDirectory: watch.directory, watch: watch)
    }

    /// Kills the server and all of its processes without a warning; returns when they are gone.
    public func kill() throws {
        try watch?.tell("kill")
        try watch?.wait(for: "killed")
    }

    /// Starts a killed server again; returns when it takes connections.
    public func restart() throws {
        try watch?.tell("start")
        try watch?.wait(for: "ready")
    }

    /// libpq's connection string of a database, for the superuser unless `user` says otherwise.
    public func connection(database: String = "postgres", user: String = "postgres") -> String {
        "host=\(socketDirectory) user=\(user) dbname=\(database)"
    }

    /// Makes a database, as a copy of `template`, and gives its connection string for the superuser.
    ///
    /// It is never dropped: the cluster goes as a whole. Nobody may be connected to the template.
    public func createDatabase(template: String = "template1") throws(SQLError) -> String {
        let number = lastNumber.add(1, ordering: .relaxed).newValue
        let name = "test_\(getpid())_\(number)"
        let maintenance = try MaintenanceConnection(connection())
        try maintenance.query(
            "create database \(identifier: name) template \(identifier: template) strategy file_copy")
        return connection(database: name)
    }
}
