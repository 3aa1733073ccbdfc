internal import Postgres
internal import Wire

/// Gives changed fields their old contents, save those that somebody has changed since.
struct FieldRestoration {
    let entity: EntityDefinition
    let context: Context

    /// Puts back `{"field": [before, after]}` of each record; gives the reasons of those that were left,
    /// wholly or in a field. Records that are not among the states are left silently: they are gone.
    func putBack(
        _ lines: [(record: UUIDv7, before: JSON)], _ states: [UUIDv7: RecordState]
    ) async throws(Problem) -> [UUIDv7: String] {
        var reasons = try await BulkReach(entity: entity, context: context).foreign(lines.map(\.record))
        var planned: [RecordChange] = []
        for line in lines {
            guard let state = states[line.record], case .object(let fields) = line.before else { continue }
            let (assigned, isChanged) = assignments(fields, state)
            if isChanged { reasons[line.record] = "changed" }
            guard !assigned.isEmpty else { continue }
            // What was there once is not asked for again.
            planned.append(
                RecordChange(
                    kind: .update, id: state.id, before: state, assigned: assigned, isImport: true,
                    now: context.now))
        }
        let write = BulkWrite(entity: entity, context: context)
        var sound: [RecordChange] = []
        for change in try await write.completed(planned) {
            if let error = change.errors.first {
                reasons[change.id] = error.code
            } else {
                sound.append(change)
            }
        }
        let outcome = try await write.attempt(sound) {
            (changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] in
            try await write.update(changes)
        }
        for (position, problem) in outcome.faults {
            reasons[sound[position].id] = problem.errors.first?.code ?? problem.code
        }
        return reasons
    }

    /// What is to be put back, and whether something else was found in a field.
    private func assignments(_ fields: JSONObject, _ state: RecordState) -> ([String: Value], Bool) {
        var assigned: [String: Value] = [:]
        var isChanged = false
        for (key, pair) in fields.entries {
            guard let field = entity.field(key), case .array(let values) = pair, values.count == 2 else {
                continue
            }
            if state.contents[key] ?? .null == RecordReader.value(values[1], field.kind) {
                assigned[key] = RecordReader.value(values[0], field.kind)
            } else {
                isChanged = true
            }
        }
        return (assigned, isChanged)
    }
}
