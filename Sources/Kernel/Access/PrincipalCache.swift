internal import Loop
internal import Synchronization
internal import Wire

/// Principals by session or key, kept while the process hears of every change to grants.
///
/// An entry is dropped by the notice of its organization or session. When nothing was heard for three seconds
/// nothing kept is trusted and each request reads again. Each look judges that by the clock itself: the
/// thread that hears may be the one that is held up.
final class PrincipalCache: Sendable {
    struct Key: Hashable, Sendable {
        let bearer: Bearer
        let organization: UUIDv7?
    }

    /// What a caller showed.
    enum Bearer: Hashable, Sendable {
        case session(UUIDv7)
        case key(ClaimsCache.Digest)
        case vendor(session: UUIDv7)
        /// Nobody: the platform's own work in an organization.
        case system
    }

    private struct Entry {
        let principal: Principal
        let readAt: Int64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var generation = 0
        var isTrusted = false
        /// Up to when every notice has arrived, in milliseconds of the monotonic clock.
        var heardUpTo: Int64 = 0
    }

    private let state = Mutex(State())
    private static let most = 50_000
    /// What no notice tells, such as a session's end, is looked at again after so many milliseconds.
    private static let longest: Int64 = 30_000
    /// Milliseconds without a word after which nothing is trusted.
    private static let patience: Int64 = 3000

    /// The kept principal, if it may be trusted.
    func principal(_ key: Key, now: Int64) -> Principal? {
        state.withLock { state in
            guard state.isTrusted, now - state.heardUpTo < Self.patience,
                let entry = state.entries[key], now - entry.readAt < Self.longest
            else { return nil }
            return entry.principal
        }
    }

    /// Whether every notice arrives.
    var isTrusted: Bool { state.withLock { $0.isTrusted } }

    /// To be asked before a principal is read, and handed to `keep`: what changed in between is not kept.
    var generation: Int { state.withLock { $0.generation } }

    func keep(_ principal: Principal, for key: Key, generation: Int, now: Int64) {
        state.withLock { state in
            guard state.isTrusted, state.generation == generation else { return }
            if state.entries.count >= Self.most { state.entries.removeAll(keepingCapacity: true) }
            state.entries[key] = Entry(principal: principal, readAt: now)
        }
    }

    /// The kept principal, or what `read` gives now; nil where that finds none.
    func principal(
        _ key: Key, _ read: () async throws(Problem) -> Principal?
    ) async throws(Problem) -> Principal? {
        let now = Monotonic.milliseconds()
        if let known = principal(key, now: now) { return known }
        let generation = generation
        guard let loaded = try await read() else { return nil }
        keep(loaded, for: key, generation: generation, now: now)
        return loaded
    }

    /// A notice: an organization's id, or `session:<id>`.
    func forget(_ notice: String) {
        state.withLock { state in
            state.generation += 1
            if notice.hasPrefix("session:"), let session = UUIDv7(notice.dropFirst(8)) {
                state.entries = state.entries.filter {
                    $0.key.bearer != .session(session) && $0.key.bearer != .vendor(session: session)
                }
            } else if let organization = UUIDv7(notice) {
                state.entries = state.entries.filter { $0.key.organization != organization }
            } else {
                state.entries.removeAll()
            }
        }
    }

    /// Nothing that was committed before `moment` is still to be told.
    func hear(upTo moment: Int64) {
        state.withLock { $0.heardUpTo = max($0.heardUpTo, moment) }
    }

    /// Whether notices arrive; when they do again, all that was kept is forgotten.
    func trust(_ isTrusted: Bool) {
        state.withLock { state in
            state.generation += 1
            state.isTrusted = isTrusted
            state.entries.removeAll()
        }
    }
}
