internal import Postgres
internal import Synchronization

/// The SQL of whole records as it was written once, by the fields that a caller may see.
///
/// Every get, list and write asks for it, and it changes with nothing but the entity and the hidden fields.
/// A class, as all requests share it.
final class RecordTexts: Sendable {
    /// An entity and which of its fields are shown, a bit each.
    struct Key: Hashable {
        let entity: String
        let shown: UInt64

        /// Nil for an entity with more fields than there are bits.
        init?(_ entity: EntityDefinition, seenBy grant: Grant) {
            guard entity.fields.count <= UInt64.bitWidth else { return nil }
            var shown: UInt64 = 0
            for index in entity.fields.indices where grant.sees(entity.fields[index], of: entity) {
                shown |= 1 << UInt64(index)
            }
            self.entity = entity.name
            self.shown = shown
        }
    }

    /// Roles can hide fields in more ways than are worth keeping.
    private static let most = 500

    private let texts = Mutex<[Key: SQL]>([:])

    /// The text that is kept, or that `write` makes.
    func text(_ key: Key, _ write: () -> SQL) -> SQL {
        if let known = texts.withLock({ $0[key] }) { return known }
        let written = write()
        texts.withLock { texts in
            if texts.count >= Self.most { texts = [:] }
            texts[key] = written
        }
        return written
    }
}
