internal import Postgres
internal import Wire

/// A committed change of a record, with what decides who may hear of it.
struct StreamEvent: Sendable {
    /// What happened, from where the hearer stands.
    enum Kind: String, Sendable { case created, updated, deleted, restored }

    let organization: UUIDv7
    /// The entity's place in `StreamEntities`.
    let entity: Int
    let kind: Kind
    let record: UUIDv7
    let version: Int64?
    let actor: UUIDv7?
    let ownerBefore: UUIDv7?
    let ownerAfter: UUIDv7?
    let position: StreamPosition
}

extension StreamEvent {
    /// What `init` reads, from column `first` on.
    static let columns: SQL = """
        o.organization_id, o.event, o.record_id, o.record_version, o.owner_before, o.owner_after, o.actor_id,
        o.at, o.xid::text, o.position
        """

    /// Nil for an entity that this program does not know.
    init?(_ rows: Rows, _ row: Int, from first: Int, of entities: StreamEntities) {
        guard let organization = rows.id(row, first), let name = rows[row, first + 1],
            let dot = name.lastIndex(of: "."), let entity = entities.place(of: name[..<dot]),
            let kind = Kind(rawValue: String(name[name.index(after: dot)...])),
            let record = rows.id(row, first + 2), let at = rows.instant(row, first + 7),
            let xid = rows[row, first + 8].flatMap({ UInt64($0) }), let place = rows.integer(row, first + 9)
        else { return nil }
        self.organization = organization
        self.entity = entity
        self.kind = kind
        self.record = record
        version = rows.integer(row, first + 3)
        ownerBefore = rows.id(row, first + 4)
        ownerAfter = rows.id(row, first + 5)
        actor = rows.id(row, first + 6)
        position = StreamPosition(xid: xid, position: place, at: at)
    }
}

/// The entities of the registry in a fixed order, so that rights are a list and not a dictionary.
struct StreamEntities: Sendable {
    let all: [EntityDefinition]
    private let places: [Substring: Int]

    init(_ registry: Registry) {
        all = registry.entities
        places = Dictionary(
            all.enumerated().map { (Substring($0.element.name), $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    func place(of name: Substring) -> Int? { places[name] }
}
