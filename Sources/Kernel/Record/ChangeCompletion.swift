internal import Postgres
internal import Wire

/// Brings changes from what was asked to what may be written: defaults, hooks, references, rules.
///
/// Faults are left in each change's `errors`, so that an import can tell them row by row; one batch of reads
/// serves all changes.
struct ChangeCompletion {
    let entity: EntityDefinition
    let context: Context

    /// Completes changes of one kind; a veto of a hook is thrown when there is one change, else noted.
    func complete(_ changes: [RecordChange]) async throws(Problem) -> [RecordChange] {
        var changes = changes
        for position in changes.indices {
            setDefaults(&changes[position])
            refuseEmptying(&changes[position])
            try await prepare(&changes[position], alone: changes.count == 1)
        }
        try await checkReferences(&changes)
        for position in changes.indices {
            try runBeforeHooks(&changes[position], alone: changes.count == 1)
            checkRequired(&changes[position])
            checkRules(&changes[position])
        }
        return changes
    }

    func setDefaults(_ change: inout RecordChange) {
        change.wording = Wording(
            messages: context.runtime.registry.messages,
            language: context.principal.preferences.organizationLanguage)
        guard change.kind == .create else { return }
        for field in entity.fields where field.computed == nil && (change.assigned[field.key] ?? .null).isNull
        {
            guard let standard = field.defaultValue else { continue }
            if change.assigned[field.key] != nil, !field.isRequired, field.kind != .currency { continue }
            switch standard {
            case .value(let value): change.assigned[field.key] = value
            case .organizationCurrency:
                change.assigned[field.key] = .text(context.principal.preferences.currency)
            case .caller: change.assigned[field.key] = context.principal.user.map(Value.id) ?? .null
            case .now: change.assigned[field.key] = .instant(context.now)
            }
        }
    }

    /// A required field that is to be emptied is told here and left as it was: hooks find it with content.
    private func refuseEmptying(_ change: inout RecordChange) {
        guard change.kind == .update else { return }
        for field in entity.fields where field.isRequired && change.assigned[field.key] == .null {
            change.assigned[field.key] = nil
            change.errors.append(FieldError(field: field.key, code: "required"))
        }
    }

    func prepare(_ change: inout RecordChange, alone: Bool) async throws(Problem) {
        for hook in context.runtime.registry.prepareHooks[entity.name] ?? [] {
            do { try await hook(&change, context) } catch {
                guard !alone, error.status < 500 else { throw error }
                change.note(error)
            }
        }
    }

    func runBeforeHooks(_ change: inout RecordChange, alone: Bool) throws(Problem) {
        for hook in context.runtime.registry.beforeHooks[entity.name] ?? [] {
            do { try hook(&change) } catch {
                guard !alone else { throw error }
                change.note(error)
            }
        }
    }

    func checkRequired(_ change: inout RecordChange) {
        for field in entity.fields where field.isRequired && field.computed == nil {
            guard change.kind == .create || change.assigned[field.key] != nil, change.value(field.key).isNull,
                !change.errors.contains(where: { $0.field == field.key })
            else { continue }
            change.errors.append(FieldError(field: field.key, code: "required"))
        }
    }

    func checkRules(_ change: inout RecordChange) {
        guard change.errors.isEmpty, change.kind == .create || change.kind == .update else { return }
        let after = change.after
        for invariant in entity.invariants {
            if let error = invariant(after) { change.errors.append(error) }
        }
    }

    // MARK: References

    private func checkReferences(_ changes: inout [RecordChange]) async throws(Problem) {
        let fields = entity.fields.filter { $0.target != nil && $0.computed == nil }
        var wanted: [(field: FieldDefinition, target: EntityDefinition, ids: [UUIDv7])] = []
        for field in fields {
            guard let target = field.target.flatMap({ context.runtime.registry.entity($0) }) else { continue }
            let ids = Set(changes.compactMap { neededID(field, $0) })
            if !ids.isEmpty { wanted.append((field: field, target: target, ids: Array(ids))) }
        }
        guard !wanted.isEmpty else { return }
        var statements: [SQL] = []
        for item in wanted { statements.append(statement(item.field, item.target, item.ids)) }
        let results = try await context.read(statements)
        for (item, rows) in zip(wanted, results) {
            let states = RecordReader(entity: item.target).states(rows)
            let found = Dictionary(states.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            for position in changes.indices { settle(&changes[position], item.field, found) }
        }
    }

    /// The id to look up: one that is being set, or one that stays but that hooks want to see.
    func neededID(_ field: FieldDefinition, _ change: RecordChange) -> UUIDv7? {
        guard change.changes(field.key) || field.isLoaded else { return nil }
        return change.value(field.key).idValue
    }

    func statement(_ field: FieldDefinition, _ target: EntityDefinition, _ ids: [UUIDv7]) -> SQL {
        let reader = RecordReader(entity: target)
        guard let scope = referenceScope(field, target) else {
            return "select null::text where false"
        }
        return reader.statement(ids, in: scope, where: ownerCondition(field, target))
    }

    /// What more is asked of the person who is to own a record: active, and within reach for writing.
    func ownerCondition(_ field: FieldDefinition, _ target: EntityDefinition) -> SQL {
        // An owner that the program alone sets may be suspended: nobody chose them.
        guard target.name == Member.name, field.key == entity.ownerField, !field.isReadOnly,
            let writing = try? context.authorizer.writing(entity)
        else { return "" }
        return " and t.status = 'active' and \(sql: writing.owners("t.id") ?? "true")"
    }

    /// References resolve through what the caller may read; members can name themselves always.
    func referenceScope(_ field: FieldDefinition, _ target: EntityDefinition) -> Scope? {
        if target.name == Member.name || target.name == Role.name {
            return try? context.authorizer.everything(target)
        }
        return context.authorizer.readingIfAny(target)
    }

    private func settle(
        _ change: inout RecordChange, _ field: FieldDefinition, _ found: [UUIDv7: RecordState]
    ) {
        guard let id = neededID(field, change) else { return }
        if let state = found[id] {
            if field.isLoaded { change.loaded[field.key] = state }
        } else if change.changes(field.key) {
            change.errors.append(FieldError(field: field.key, code: "reference_not_found"))
        }
    }
}

extension RecordChange {
    /// Keeps a veto as the change's own fault.
    mutating func note(_ problem: Problem) {
        errors +=
            problem.errors.isEmpty
            ? [FieldError(field: "", code: problem.code, parameters: problem.parameters)] : problem.errors
    }
}
