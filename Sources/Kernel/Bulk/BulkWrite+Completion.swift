internal import Wire

extension BulkWrite {
    /// Completes changes; the veto of the only one is its fault and not the whole work's.
    func completed(_ changes: [RecordChange]) async throws(Problem) -> [RecordChange] {
        guard !changes.isEmpty else { return [] }
        do { return try await ChangeCompletion(entity: entity, context: context).complete(changes) } catch {
            guard changes.count == 1, error.status < 500, error.status != 409 || !error.isTransient else {
                throw error
            }
            var change = changes[0]
            change.note(error)
            return [change]
        }
    }

    /// What an update may not do: change what is set once, or step between states against their order.
    func updateFaults(_ change: RecordChange) -> [FieldError] {
        for field in entity.fields where field.isImmutable && change.changes(field.key) {
            return [FieldError(field: field.key, code: "read_only")]
        }
        do { try StateRules(entity: entity).check(change) } catch {
            return [
                FieldError(
                    field: entity.stateMachine?.field ?? "", code: error.code, parameters: error.parameters)
            ]
        }
        return []
    }

    /// `{"field": [before, after]}` of what a change changes.
    func differences(_ change: RecordChange) -> JSON {
        var object = JSONObject()
        for field in entity.fields where field.computed == nil && change.changes(field.key) {
            let before = change.before?.contents[field.key] ?? .null
            object[field.key] = .array([before.json, change.value(field.key).json])
        }
        return .object(object)
    }

    /// Whether the change leaves the record as it is.
    func isEmpty(_ change: RecordChange) -> Bool {
        !entity.fields.contains { $0.computed == nil && change.changes($0.key) }
    }
}

extension Problem {
    /// The faults that it tells of fields; itself where it tells of none.
    var faults: [FieldError] {
        errors.isEmpty ? [FieldError(field: "", code: code, parameters: parameters)] : errors
    }
}
