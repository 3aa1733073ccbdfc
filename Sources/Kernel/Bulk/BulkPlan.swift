internal import Postgres
internal import Wire

/// What would become of some records, by the same hooks and rules as a change of one.
struct BulkPlan {
    /// What stands in the way of one record.
    struct Fault {
        let record: UUIDv7
        let errors: [FieldError]
    }

    /// Changes that may be written.
    private(set) var sound: [RecordChange] = []
    private(set) var faults: [Fault] = []
    /// Records that are as they should be already.
    private(set) var unchanged = 0

    let entity: EntityDefinition
    let action: BulkRequest.Action
    let context: Context

    init(_ action: BulkRequest.Action, entity: EntityDefinition, context: Context) {
        self.action = action
        self.entity = entity
        self.context = context
    }

    /// Looks at records within reach; `assigned` is what is set.
    mutating func take(_ states: [RecordState], assigned: [String: Value]) async throws(Problem) {
        let write = BulkWrite(entity: entity, context: context)
        let changes = try await write.completed(
            states.map { state in
                RecordChange(
                    kind: action == .delete ? .delete : .update, id: state.id, before: state,
                    assigned: assigned, isImport: false, now: context.now)
            })
        let referred =
            action == .delete
            ? try await BulkBin(entity: entity, context: context).referred(states.map(\.id)) : []
        for change in changes {
            var errors = change.errors
            if errors.isEmpty, action == .update { errors = write.updateFaults(change) }
            if errors.isEmpty, referred.contains(change.id) {
                errors = [FieldError(field: "", code: "referenced")]
            }
            if !errors.isEmpty {
                faults.append(Fault(record: change.id, errors: errors))
            } else if action == .update, write.isEmpty(change) {
                unchanged += 1
            } else {
                sound.append(change)
            }
        }
    }

    /// Writes what is sound; what the database refuses becomes a fault. Gives the versions after.
    mutating func write() async throws(Problem) -> [UUIDv7: Int64] {
        let bulk = BulkWrite(entity: entity, context: context)
        let bin = BulkBin(entity: entity, context: context)
        let isDelete = action == .delete
        let outcome = try await bulk.attempt(sound) {
            (changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] in
            isDelete ? try await bin.bin(changes.map(\.id)) : try await bulk.update(changes)
        }
        for (position, problem) in outcome.faults {
            faults.append(Fault(record: sound[position].id, errors: problem.faults))
        }
        sound.removeAll { outcome.versions[$0.id] == nil }
        return outcome.versions
    }

    /// Tells that a record is not there for the caller.
    mutating func miss(_ id: UUIDv7) {
        faults.append(Fault(record: id, errors: [FieldError(field: "", code: "not_found")]))
    }
}
