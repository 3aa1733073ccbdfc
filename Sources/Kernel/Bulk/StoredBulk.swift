internal import Wire

/// Where a change of many records stands.
enum BulkStatus: String, Sendable {
    case queued, running, done, failed, undoing, undone
}

/// A change of many records as the database keeps it.
struct StoredBulk: Sendable {
    let id: UUIDv7
    let entity: EntityDefinition
    let action: BulkRequest.Action
    let status: BulkStatus
    let counts: BulkCounts
    let done: Int64
    let total: Int64
    /// Whether what an undo needs is no longer kept.
    var isPruned: Bool { json["is_pruned"] == .bool(true) }
    /// Everything that was read, for the answer.
    let json: JSON

    /// Whether, and how far, it was taken back.
    var undoState: String {
        guard action.isUndoable(entity) else { return "never" }
        return switch status {
        case .queued, .running: "not_yet"
        case .done, .failed: isPruned ? "expired" : "available"
        case .undoing: "running"
        case .undone: "done"
        }
    }

    /// Nil when the entity is no longer compiled in.
    init?(_ json: JSON, registry: Registry) {
        guard let id = json["id"]?.stringValue.flatMap({ UUIDv7($0) }),
            let entity = json["entity"]?.stringValue.flatMap({ registry.entity($0) }),
            let action = json["action"]?.stringValue.flatMap({ BulkRequest.Action(rawValue: $0) }),
            let status = json["status"]?.stringValue.flatMap({ BulkStatus(rawValue: $0) })
        else { return nil }
        self.id = id
        self.entity = entity
        self.action = action
        self.status = status
        self.json = json
        counts = BulkCounts(json["counts"])
        done = json["done"]?.integerValue ?? 0
        total = json["total"]?.integerValue ?? 0
    }
}

/// What became of the records.
struct BulkCounts: Sendable, Equatable {
    var update: Int64
    var delete: Int64
    /// As they should be already, or gone from the caller's reach.
    var skip: Int64
    var error: Int64

    /// As the database keeps it.
    init(_ json: JSON?) {
        update = json?["update"]?.integerValue ?? 0
        delete = json?["delete"]?.integerValue ?? 0
        skip = json?["skip"]?.integerValue ?? 0
        error = json?["error"]?.integerValue ?? 0
    }

    /// As the API and the database write it.
    var json: JSON {
        [
            "update": .number(JSONNumber(update)), "delete": .number(JSONNumber(delete)),
            "skip": .number(JSONNumber(skip)), "error": .number(JSONNumber(error)),
        ]
    }
}
