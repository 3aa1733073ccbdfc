internal import CLinux
internal import Glibc
public import Postgres
internal import Synchronization

/// A PostgreSQL server of this test process alone: in a temporary directory, on a Unix socket, gone with it.
///
/// A shell keeps watch: its standard input is a pipe of this process's, and when that ends, however the
/// process ended, it stops the server and removes the directory. `STRATIKEY_TEST_CLUSTER=<socket directory>`
/// uses a server that runs already.
public final class PostgresCluster: Sendable {
    /// Where the server's socket is.
    public let socketDirectory: String
    private let lastNumber = Atomic<Int>(0)

    /// The server of this process, started by the first use.
    public static let shared: PostgresCluster = {
        do {
            if let running = getenv("STRATIKEY_TEST_CLUSTER") {
                return PostgresCluster(socketDirectory: String(cString: running))
            }
            return PostgresCluster(socketDirectory: try start())
        } catch {
            fatalError("PostgreSQL for the tests did not start: \(error)")
        }
    }()

    private init(socketDirectory: String) { self.socketDirectory = socketDirectory }

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

    // MARK: Starting

    /// What keeps a server from starting.
    struct StartError: Error { let reason: String }

    private static func start() throws -> String {
        var template = Array("/tmp/stratikey-pg-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw StartError(reason: "no temporary directory") }
        let directory = String(cString: made)
        var ends: [Int32] = [0, 0]
        // A pair of sockets, as these are closed in other children from the start.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw StartError(reason: "no sockets") }
        let watch = try spawn(script, directory: directory, input: ends[0])
        close(ends[0])
        Watch.shared.withLock { $0 = Watch(input: ends[1], process: watch) }
        atexit { Watch.end() }
        try waitUntilReady(directory, watch)
        return directory
    }

    /// `$1` is the directory. Root may not run a server, so root becomes `postgres`.
    private static let script = #"""
        trap '' INT TERM HUP
        binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
        PATH="${binaries:-/usr/bin}:$PATH"; export PATH
        as=
        if [ "$(id -u)" = 0 ]; then
            as='setpriv --reuid=postgres --regid=postgres --init-groups'
            chown postgres: "$1"
        fi
        cd "$1" && $as initdb -D "$1/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$1/log" 2>&1 || exit 1
        $as postgres -D "$1/data" -k "$1" -c listen_addresses= -c max_connections=1000 -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB -c autovacuum_naptime=10s \
            -c log_min_messages=warning -c log_error_verbosity=terse -c max_wal_size=4GB </dev/null >>"$1/log" 2>&1 &
        server=$!
        until [ -S "$1/.s.PGSQL.5432" ] && $as pg_isready -q -h "$1"; do
            kill -0 $server 2>/dev/null || exit 1
            sleep 0.05
        done
        touch "$1/ready"
        cat >/dev/null
        kill -QUIT $server; wait $server
        cd /; rm -rf "$1"
        """#

    private static func spawn(_ script: String, directory: String, input: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        // Output that a reader of the tests' own waits for would keep it waiting.
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let words = ["/bin/sh", "-c", script, "postgres-for-tests", directory]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        guard posix_spawn(&process, "/bin/sh", &actions, nil, arguments, environ) == 0 else {
            throw StartError(reason: "no shell")
        }
        return process
    }

    private static func waitUntilReady(_ directory: String, _ watch: pid_t) throws {
        while access("\(directory)/ready", F_OK) != 0 {
            var status: Int32 = 0
            guard waitpid(watch, &status, WNOHANG) == 0 else {
                throw StartError(reason: "see \(directory)/log")
            }
            usleep(20_000)
        }
    }
}

/// The shell that keeps watch over the server.
private struct Watch: Sendable {
    let input: Int32
    let process: pid_t

    static let shared = Mutex<Watch?>(nil)

    /// Tells the shell that the process ends, and waits until the server is gone.
    static func end() {
        guard let watch = shared.withLock({ $0.take() }) else { return }
        close(watch.input)
        var status: Int32 = 0
        waitpid(watch.process, &status, 0)
    }
}
