internal import Postgres
internal import Synchronization
internal import Wire

/// Whether the installation can serve: its database answers, the migrations that this program knows are
/// applied to it, and some worker of any process has been heard of within `Worker.silence`.
///
/// The public answer has no detail; what is missing is told in the log, once for each change. A class, as it
/// remembers what was told.
public final class Health: Sendable {
    /// Seconds after which to ask again.
    static let retryAfter = 5

    private enum State: String {
        case ready
        case databaseSilent = "database"
        case migrationsMissing = "migrations"
        case workerMissing = "worker"
    }

    private let runtime: Runtime
    private let names: [String]
    private let checksums: [String]
    private let told = Mutex(State.ready)

    /// Judges a runtime by the migrations of this program.
    public init(runtime: Runtime, migrations: [Migration]) {
        self.runtime = runtime
        names = migrations.map(\.name)
        checksums = migrations.map(\.checksum)
    }

    func isReady() async -> Bool {
        let state = await judge()
        let isNews = told.withLock { told in
            defer { told = state }
            return told != state
        }
        if isNews, state != .ready {
            runtime.log.line(.error, "health.not_ready", [("missing", .string(state.rawValue))])
        } else if isNews {
            runtime.log.line(.info, "health.ready")
        }
        return state == .ready
    }

    private func judge() async -> State {
        do {
            let rows = try await runtime.database.read(
                SessionSettings(isReadOnly: true),
                [
                    """
                    select r.is_migrated, r.has_worker
                    from platform.readiness(
                        \(names)::text[], \(checksums)::text[],
                        make_interval(secs => \(Worker.silence)::integer)) as r
                    """
                ])[0]
            guard rows.bool(0, 0) == true else { return .migrationsMissing }
            return rows.bool(0, 1) == true ? .ready : .workerMissing
        } catch {
            // A database from before this program does not know the function: it answers, and is not
            // migrated.
            return error.state == .undefinedFunction ? .migrationsMissing : .databaseSilent
        }
    }
}
