internal import Postgres
internal import Wire

/// Brings one new record to what may be written without asking the database first, as far as that goes: what
/// `ChangeCompletion` would ask is made a condition of the write.
struct ForesightCompletion {
    /// A record to write, and what must be so in the database for it.
    struct Foreseen {
        let change: RecordChange
        let conditions: [SQL]
    }

    private struct Reference {
        let field: FieldDefinition
        let target: EntityDefinition
        let id: UUIDv7
    }

    let entity: EntityDefinition
    let context: Context
    let recollection: Recollection
    private let plain: ChangeCompletion

    init(entity: EntityDefinition, context: Context, recollection: Recollection) {
        self.entity = entity
        self.context = context
        self.recollection = recollection
        plain = ChangeCompletion(entity: entity, context: context)
    }

    /// Nil where anything is wrong: faults are told by `ChangeCompletion` alone, all at once.
    func complete(_ change: RecordChange) async throws(Problem) -> Foreseen? {
        var change = change
        let hooked = ChangeCompletion(entity: entity, context: context.recalling(recollection))
        hooked.setDefaults(&change)
        do { try await hooked.prepare(&change, alone: true) } catch {
            guard error.status < 500 else { throw error }
            return nil
        }
        guard let references = references(of: change) else { return nil }
        guard var completed = try await runBeforeHooks(on: change, references) else { return nil }
        hooked.checkRequired(&completed)
        hooked.checkRules(&completed)
        guard completed.errors.isEmpty else { return nil }
        var conditions = recollection.conditions
        for reference in references {
            let version = completed.loaded[reference.field.key]?.version
            guard let found = found(reference, version: version) else { return nil }
            conditions.append(found)
        }
        return Foreseen(change: completed, conditions: conditions)
    }

    private func references(of change: RecordChange) -> [Reference]? {
        var references: [Reference] = []
        for field in entity.fields where field.computed == nil {
            guard let name = field.target, let target = context.runtime.registry.entity(name),
                let id = plain.neededID(field, change)
            else { continue }
            guard plain.referenceScope(field, target) != nil else { return nil }
            references.append(Reference(field: field, target: target, id: id))
        }
        return references
    }

    // MARK: Hooks

    /// Runs the hooks with what is remembered, and once more with everything where they looked at more.
    private func runBeforeHooks(
        on change: RecordChange, _ references: [Reference]
    ) async throws(Problem) -> RecordChange? {
        var change = change
        var unknown: [Reference] = []
        for reference in references where reference.field.isLoaded {
            if let state = recollection.record(reference.id, of: reference.target) {
                change.loaded[reference.field.key] = state
            } else {
                unknown.append(reference)
            }
        }
        let pending = PendingReferences(Set(unknown.map(\.field.key)))
        change.pending = pending
        let first = try hooked(change)
        guard pending.wasAsked else { return first }
        guard try await load(unknown, into: &change) else { return nil }
        return try hooked(change)
    }

    /// Nil after a veto.
    private func hooked(_ change: RecordChange) throws(Problem) -> RecordChange? {
        var change = change
        do { try plain.runBeforeHooks(&change, alone: true) } catch {
            guard error.status < 500 else { throw error }
            return nil
        }
        return change
    }

    private func load(_ references: [Reference], into change: inout RecordChange) async throws(Problem)
        -> Bool
    {
        let statements = references.map { plain.statement($0.field, $0.target, [$0.id]) }
        let answers = try await context.read(statements)
        for (reference, rows) in zip(references, answers) {
            guard let state = RecordReader(entity: reference.target).states(rows).first else { return false }
            change.loaded[reference.field.key] = state
            recollection.keep(state, of: reference.target)
        }
        change.pending = nil
        return true
    }

    // MARK: Conditions

    /// That the record referred to is live and within reach, and of the version that hooks have looked at.
    private func found(_ reference: Reference, version: Int?) -> SQL? {
        guard let scope = plain.referenceScope(reference.field, reference.target) else { return nil }
        let reach = plain.ownerCondition(reference.field, reference.target)
        let unchanged: SQL = if let version { " and t.version = \(version)" } else { "" }
        return """
            exists (select from \(unsafeSQL: reference.target.table) t
            where \(sql: scope.condition("t")) and t.id = \(reference.id)::uuid
            and t.deleted_at is null\(sql: reach)\(sql: unchanged))
            """
    }
}
