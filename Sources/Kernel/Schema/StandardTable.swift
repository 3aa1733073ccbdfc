public import Wire

/// What the database is told of an entity's table, so that it keeps the standard part of it: columns, row
/// security, grants, and the triggers that write records, audit, outbox and transitions.
public struct StandardTable: Sendable, Hashable {
    /// The module's schema.
    public var schema: String
    /// The table in it: the plural of the entity.
    public var table: String
    /// The entity's name in audit and events.
    public var entity: String
    /// What a record is called: SQL over the alias `r` of its own row alone; nil for what is no record of its
    /// own.
    public var label: String?
    /// The column with the owner.
    public var owner: String?
    /// Columns found by full-text search beside the label.
    public var search: [String] = []
    /// Columns whose values the audit leaves out: secrets.
    public var redacted: [String] = []
    /// Columns whose changes are no news: progress, counters.
    public var untold: [String] = []
    /// Columns whose values are states: their changes are logged with the time spent, and told as `entered`.
    public var statusFields: [String] = []
    /// Whether changes are written to the outbox.
    public var hasEvents = true
    /// Whether the table has version, created, updated, deleted, custom and tags.
    public var isStandard = true

    /// A table with its entity and what its records are called.
    public init(schema: String, table: String, entity: String, label: String? = nil) {
        self.schema = schema
        self.table = table
        self.entity = entity
        self.label = label
    }

    /// As `kernel.apply_standard` reads it.
    public var definition: JSON {
        [
            "schema": .string(schema),
            "table": .string(table),
            "entity": .string(entity),
            "label": label.map(JSON.string) ?? .null,
            "owner": owner.map(JSON.string) ?? .null,
            "search": .array(search.map(JSON.string)),
            "redacted": .array(redacted.map(JSON.string)),
            "untold": .array(untold.map(JSON.string)),
            "statusFields": .array(statusFields.map(JSON.string)),
            "events": .bool(hasEvents),
            "isStandard": .bool(isStandard),
        ]
    }
}
