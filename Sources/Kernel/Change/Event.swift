public import Wire

/// What can be followed after a commit.
public enum EventKind: String, Sendable {
    case created, updated, deleted, restored, entered
}

/// A committed change, as the outbox keeps it.
public struct Event: Sendable {
    public let id: UUIDv7
    public let organization: UUIDv7
    /// `<entity>.<kind>`.
    public let name: String
    public let at: Instant
    public let record: UUIDv7
    /// The record's version after the change.
    public let recordVersion: Int
    /// Names of changed fields.
    public let changed: [String]
    public let ownerBefore: UUIDv7?
    public let ownerAfter: UUIDv7?
    /// Who made the change; nil where the system did.
    public let actor: UUIDv7?
    /// For `entered`: field, from, to.
    public let detail: JSON
}
