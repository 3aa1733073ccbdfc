internal import Loop
internal import Postgres
internal import Synchronization
internal import Wire

/// Whether the installation can serve: its database answers, the migrations that this program knows are
/// applied to it, and some worker of any process has been heard of within `Worker.silence`.
///
/// The public answer has no detail; what is missing is told in the log, once for each change. Anybody may
/// ask, so all who ask within a second share one look. A class, as it remembers what was found.
public final class Health: Sendable {
    /// Seconds after which to ask again.
    static let retryAfter = 5

    /// Milliseconds for which an answer holds.
    private static let freshness: Int64 = 1000

    private enum Finding: String {
        case ready
        case databaseSilent = "database"
        case migrationsMissing = "migrations"
        case workerMissing = "worker"
    }

    private let runtime: Runtime
    private let names: [String]
    private let checksums: [String]
    private let state = Mutex(State())

    private struct State {
        var told = Finding.ready
        /// The last look, which may be under way.
        var look: Task<Finding, Never>?
        /// When it ended, in milliseconds of the monotonic clock.
        var endedAt: Int64?
    }

    /// Judges a runtime by the migrations of this program.
    public init(runtime: Runtime, migrations: [Migration]) {
        self.runtime = runtime
        names = migrations.map(\.name)
        checksums = migrations.map(\.checksum)
    }

    func isReady() async -> Bool { await look().value == .ready }

    /// The look that is under way or has just ended, or a new one.
    private func look() -> Task<Finding, Never> {
        let now = Monotonic.milliseconds()
        let loop = EventLoop.current ?? runtime.loops.loops[0]
        return state.withLock { state in
            let isUsable = state.endedAt.map { now - $0 < Self.freshness } ?? true
            if let look = state.look, isUsable { return look }
            let look = Task(executorPreference: loop) { [self] in await tell(judge()) }
            state.look = look
            state.endedAt = nil
            return look
        }
    }

    private func tell(_ finding: Finding) -> Finding {
        let isNews = state.withLock { state in
            defer { state.told = finding }
            state.endedAt = Monotonic.milliseconds()
            return state.told != finding
        }
        if isNews, finding != .ready {
            runtime.log.line(.error, "health.not_ready", [("missing", .string(finding.rawValue))])
        } else if isNews {
            runtime.log.line(.info, "health.ready")
        }
        return finding
    }

    private func judge() async -> Finding {
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
