internal import Synchronization

/// References whose records hooks could look at but that nobody has read yet.
///
/// A class, as copies of one change tell the same note.
final class PendingReferences: Sendable {
    let keys: Set<String>
    private let asked = Atomic(false)

    init(_ keys: Set<String>) { self.keys = keys }

    /// Whether a hook looked at one of them: what it decided without is worth nothing.
    var wasAsked: Bool { asked.load(ordering: .relaxed) }

    func look(at key: String) {
        if keys.contains(key) { asked.store(true, ordering: .relaxed) }
    }
}
