public import Wire

/// Something that a member is told: kept for 90 days, and announced on the member's streams.
///
/// It holds ids and counts alone: its sentence is made when it is read, in the reader's language and by the
/// reader's rights of then.
public struct Notice: Sendable {
    /// What happened; `notification.<kind>` is its sentence.
    public enum Kind: String, Sendable, CaseIterable {
        /// Somebody made the member the owner of a record.
        case ownerAssigned = "owner_assigned"
        /// The same of many records at once: `arguments` has `count`, and `entity` where they are of one.
        case ownersAssigned = "owners_assigned"
        case importDone = "import_done"
        case importUndone = "import_undone"
        case importFailed = "import_failed"
        case bulkDone = "bulk_done"
        case bulkUndone = "bulk_undone"
        case bulkFailed = "bulk_failed"
        case invitationAccepted = "invitation_accepted"
    }

    /// What it is about: the name of an entity, or of work such as `kernel.import`, with an id of it.
    public struct Subject: Sendable {
        let type: String
        let id: UUIDv7

        /// Names a record.
        public init(_ type: String, _ id: UUIDv7) {
            self.type = type
            self.id = id
        }
    }

    let id: UUIDv7
    let kind: Kind
    let member: UUIDv7
    let actor: UUIDv7?
    let subject: Subject?
    let arguments: JSONObject

    /// Tells a member of what `actor` did: nobody is told of what they did themselves. Nil stands for what the
    /// platform tells of the member's own work.
    public init(
        _ kind: Kind, to member: UUIDv7, by actor: UUIDv7?, of subject: Subject? = nil,
        _ arguments: JSONObject = JSONObject()
    ) {
        id = .make()
        self.kind = kind
        self.member = member
        self.actor = actor
        self.subject = subject
        self.arguments = arguments
    }

    /// So many records, of one entity where that is named.
    public static func owners(
        to member: UUIDv7, by actor: UUIDv7?, count: Int64, entity: String? = nil
    ) -> Notice {
        var arguments = JSONObject()
        arguments["count"] = .number(JSONNumber(count))
        arguments["entity"] = entity.map { .string($0) }
        return Notice(.ownersAssigned, to: member, by: actor, arguments)
    }
}
