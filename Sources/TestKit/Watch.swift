internal import CLinux
internal import Glibc
internal import Synchronization

/// The shell that keeps watch over a PostgreSQL server.
///
/// A class, as it is a process; it ends at this process's exit.
final class Watch: Sendable {
    /// What keeps a server from starting.
    struct StartError: Error { let reason: String }

    let directory: String
    private let input: Int32
    private let process: pid_t

    /// Starts a server with these options in a directory of its own, without waiting for it.
    init(settings: String) throws {
        var template = Array("/tmp/stratikey-pg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw StartError(reason: "no temporary directory") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var ends: [Int32] = [0, 0]
        // A pair of sockets, as these are closed in other children from the start.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw StartError(reason: "no sockets") }
        defer { close(ends[0]) }
        input = ends[1]
        process = try Self.spawn(
            ["/bin/sh", "-c", Self.script, "postgres-for-tests", directory, settings], ends[0])
        Self.all.withLock { all in
            if all.isEmpty { atexit { Watch.endAll() } }
            all.append(self)
        }
    }

    /// Gives the shell a word: `kill` or `start`.
    func tell(_ word: String) throws {
        let line = Array("\(word)\n".utf8)
        guard send(input, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else {
            throw StartError(reason: "the shell is gone; see \(directory)/log")
        }
    }

    /// Waits until the shell says that the server is `ready` or `killed`.
    func wait(for state: String) throws {
        let line = Array("\(state)\n".utf8)
        var told = [UInt8](repeating: 0, count: line.count)
        guard recv(input, &told, told.count, Int32(MSG_WAITALL)) == told.count, told == line else {
            throw StartError(reason: "see \(directory)/log")
        }
    }

    private static let all = Mutex<[Watch]>([])

    /// Tells the shells that the process ends, and waits until the servers are gone.
    private static func endAll() {
        for watch in all.withLock({ $0 }) {
            close(watch.input)
            var status: Int32 = 0
            waitpid(watch.process, &status, 0)
        }
    }

    /// `$1` is the directory, `$2` has options. Root may not run a server, so root becomes `postgres`.
    private static let script = #"""
        trap '' INT TERM HUP PIPE
        directory=$1 options=$2
        binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
        PATH="${binaries:-/usr/bin}:$PATH"; export PATH
        as=
        if [ "$(id -u)" = 0 ]; then
            as='setpriv --reuid=postgres --regid=postgres --init-groups'
            chown postgres: "$directory"
        fi
        start() {
            $as postgres -D "$directory/data" -k "$directory" -c listen_addresses= -c max_connections=1000 $options \
                -c full_page_writes=off -c shared_buffers=64MB -c autovacuum_naptime=10s \
                -c log_min_messages=warning -c log_error_verbosity=terse -c max_wal_size=4GB \
                </dev/null >>"$directory/log" 2>&1 &
            server=$!
            until [ -S "$directory/.s.PGSQL.5432" ] && $as pg_isready -q -h "$directory"; do
                kill -0 $server 2>/dev/null || exit 1
                sleep 0.05
            done
            echo ready >&0
        }
        cd "$directory" && $as initdb -D "$directory/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
            >"$directory/log" 2>&1 || exit 1
        start
        while read -r word; do
            case $word in
            kill)
                # Stopped first: a process that it makes meanwhile would go on without it.
                kill -STOP $server
                until grep -q '^State:.*stopped' /proc/$server/status; do sleep 0.01; done
                children=$(cat /proc/$server/task/$server/children)
                kill -KILL $server $children; wait $server
                for child in $children; do
                    while kill -0 $child 2>/dev/null; do sleep 0.01; done
                done
                echo killed >&0 ;;
            start) start ;;
            esac
        done
        kill -QUIT $server 2>/dev/null; wait $server
        cd /; rm -rf "$directory"
        """#

    private static func spawn(_ words: [String], _ input: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        // Output that a reader of the tests' own waits for would keep it waiting.
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        guard posix_spawn(&process, "/bin/sh", &actions, nil, &arguments, environ) == 0 else {
            throw StartError(reason: "no shell")
        }
        return process
    }
}
