internal import Postgres
internal import Synchronization
internal import Wire

/// What a process remembers of the database between requests.
///
/// Nothing of it is ever trusted: whoever uses it makes its write depend on it (`kernel.expect`).
struct Memory: Sendable {
    /// A referred record, with the version that a write must find.
    struct RecordKey: Hashable {
        let organization: UUIDv7
        let entity: String
        let id: UUIDv7
    }

    /// A hook's question, as one person of an organization asks it.
    struct ReadKey: Hashable {
        let organization: UUIDv7
        let user: UUIDv7?
        let statement: SQL
    }

    /// What was answered the last time.
    struct ReadAnswer {
        let rows: Rows
        let digest: String
        /// Whether it was the same twice in a row: what changes each time is not worth remembering.
        var isSteady: Bool
    }

    /// Bytes of a record or an answer that are worth remembering: what is larger is read anew.
    static let largest = 8192

    let records = Remembered<RecordKey, RecordState>(capacity: 4096)
    let reads = Remembered<ReadKey, ReadAnswer>(capacity: 2048)
}

/// Contents by key, bounded: what was not asked for lately is forgotten. A class, as all requests share it.
final class Remembered<Key: Hashable & Sendable, Content: Sendable>: Sendable {
    private struct State {
        var recent: [Key: Content] = [:]
        var older: [Key: Content] = [:]
    }

    private let state = Mutex(State())
    private let half: Int

    /// Keeps `capacity` contents at most, and half of them at least.
    init(capacity: Int) { half = max(1, capacity / 2) }

    func content(_ key: Key) -> Content? {
        state.withLock { state in
            if let known = state.recent[key] { return known }
            guard let known = state.older[key] else { return nil }
            keep(known, for: key, in: &state)
            return known
        }
    }

    func keep(_ content: Content, for key: Key) {
        state.withLock { keep(content, for: key, in: &$0) }
    }

    func forget(_ key: Key) {
        state.withLock { state in
            state.recent[key] = nil
            state.older[key] = nil
        }
    }

    private func keep(_ content: Content, for key: Key, in state: inout State) {
        if state.recent.count >= half, state.recent[key] == nil {
            state.older = state.recent
            state.recent = [:]
        }
        state.recent[key] = content
    }
}
