internal import Postgres
internal import Wire

/// Creates, changes, deletes and restores records of one entity as one caller.
struct RecordWriter {
    let entity: EntityDefinition
    let context: Context

    /// What was written: the record's JSON as the caller may see it, its id and version.
    struct Written: Sendable {
        let id: UUIDv7
        let version: Int
        let json: [UInt8]
        /// Whether the record was there already: a client's own id, repeated.
        var isRepeat = false
    }

    var select: RecordSelect {
        RecordSelect(entity: entity, authorizer: context.authorizer, registry: context.runtime.registry)
    }

    // MARK: Create

    func create(_ json: JSON) async throws(Problem) -> Written {
        let scope = try context.authorizer.writing(entity)
        let decoded = try RecordInput(entity: entity, grant: context.principal.grant, kind: .create).decode(
            json)
        if let id = decoded.id, decoded.errors.isEmpty, let known = try await repeated(id) { return known }
        var change = RecordChange(
            kind: .create, id: decoded.id ?? .make(at: context.now), before: nil, assigned: decoded.assigned,
            isImport: context.isImport, now: context.now)
        change.errors = decoded.errors
        return try await create(change, scope: scope)
    }

    func create(_ change: RecordChange, scope: Scope) async throws(Problem) -> Written {
        let completed = try await ChangeCompletion(entity: entity, context: context).complete([change])[0]
        guard completed.errors.isEmpty else { throw Problem.invalid(completed.errors) }
        try StateRules(entity: entity).check(completed)
        let rows: Rows
        let statement = try telling(of: completed, try insert([completed], returning: returned))
        do { rows = try await context.write([statement])[0] } catch {
            // The client's own id lost a race against itself: the other one's record is the answer.
            // Within a transaction there is nothing left to ask in: the conflict stands.
            if error.code == "id_taken", context.transaction == nil, let known = try await repeated(change.id)
            {
                return known
            }
            throw error
        }
        return try written(rows)
    }

    /// The record that this principal made with this id before, at any age; another's is a conflict.
    private func repeated(_ id: UUIDv7) async throws(Problem) -> Written? {
        let rows = try await context.read(
            """
            select \(sql: select.expression("t")), t.id, t.version, t.created_by
            from \(unsafeSQL: entity.table) t
            where t.organization_id = \(try context.organization())::uuid and t.id = \(id)::uuid
            """)
        guard rows.count == 1 else { return nil }
        guard rows.id(0, 3) == context.principal.user, rows.id(0, 3) != nil else { throw Problem.idTaken }
        var known = try written(rows)
        known.isRepeat = true
        return known
    }

    /// What `written(_:)` reads.
    private var returned: SQL { "\(sql: select.expression("t")), t.id, t.version" }

    /// A statement that returns the record, with the notice for whom it is given to.
    private func telling(of change: RecordChange, _ statement: SQL) throws(Problem) -> SQL {
        guard let notice = OwnerNotice.of(change, entity, in: context) else { return statement }
        let parts = try NoticeWriter(context: context).parts(notice, from: "made")
        return """
            with made (body, id, version) as (\(sql: statement)),
            \(sql: parts.joined(separator: ",\n"))
            select m.body, m.id, m.version
            from made m
            """
    }

    /// One insert for any number of changes: values by `unnest`, so that the statement's text stays the same.
    /// A single one may depend on conditions (`kernel.expect`).
    func insert(
        _ changes: [RecordChange], where conditions: [SQL] = [], returning: SQL? = nil
    ) throws(Problem) -> SQL {
        let organization = try context.organization()
        let fields = entity.fields.filter { field in
            field.computed == nil && changes.contains { $0.assigned[field.key] != nil }
        }
        let names = fields.map { ", \"\($0.key)\"" }.joined()
        let head: SQL = "insert into \(unsafeSQL: entity.table) as t (organization_id, id\(unsafeSQL: names))"
        let tail: SQL = returning.map { "\nreturning \(sql: $0)" } ?? ""
        if changes.count == 1, let change = changes.first {
            let values = fields.map { field -> SQL in
                ", \(sql: (change.assigned[field.key] ?? .null).sql)::\(unsafeSQL: field.kind.columnType)"
            }.joined(separator: "")
            let expected: SQL =
                conditions.isEmpty
                ? "" : "\nwhere kernel.expect(\(sql: conditions.joined(separator: "\nand ")))"
            return """
                \(sql: head)
                select \(organization)::uuid, \(change.id)::uuid\(sql: values)\(sql: expected)\(sql: tail)
                """
        }
        let columns = fields.map { field -> SQL in
            let array = changes.map { $0.assigned[field.key] ?? .null }.arraySQL
            return ", \(sql: array)::\(unsafeSQL: field.kind.columnType)[]"
        }.joined(separator: "")
        return """
            \(sql: head)
            select \(organization)::uuid, u.*
            from unnest(\(changes.map(\.id))::uuid[]\(sql: columns)) u\(sql: tail)
            """
    }

    // MARK: Update

    func update(_ id: UUIDv7, _ json: JSON, reason: String? = nil) async throws(Problem) -> Written {
        let decoded = try RecordInput(entity: entity, grant: context.principal.grant, kind: .update).decode(
            json)
        return try await update(id, assigned: decoded.assigned, errors: decoded.errors, reason: reason)
    }

    func update(_ id: UUIDv7, assigned: [String: Value], errors: [FieldError] = [], reason: String? = nil)
        async throws(Problem) -> Written
    {
        for _ in 0..<3 {
            let before = try await current(id)
            if let expected = context.request.expectedVersion, expected != before.version {
                throw try await stale(id, expected: expected, current: before.version)
            }
            if let written = try await update(before, assigned, errors, reason: reason) { return written }
        }
        throw Problem(409, "busy")
    }

    /// Nil when somebody else wrote the record in the meantime.
    private func update(
        _ before: RecordState, _ assigned: [String: Value], _ errors: [FieldError], reason: String?
    ) async throws(Problem) -> Written? {
        var change = RecordChange(
            kind: .update, id: before.id, before: before, assigned: assigned, isImport: context.isImport,
            now: context.now)
        change.errors = errors
        change.reason = reason
        let completed = try await ChangeCompletion(entity: entity, context: context).complete([change])[0]
        guard completed.errors.isEmpty else { throw Problem.invalid(completed.errors) }
        try StateRules(entity: entity).check(completed)
        let changed = entity.fields.filter { $0.computed == nil && completed.changes($0.key) }
        guard !changed.isEmpty else { return try await unchanged(before.id) }
        let statement = try telling(of: completed, try statement(completed, changed))
        let rows = try await context.write(reasonStatements(reason) + [statement])
        guard let last = rows.last, last.count == 1 else { return nil }
        return try written(last)
    }

    private func statement(_ change: RecordChange, _ fields: [FieldDefinition]) throws(Problem) -> SQL {
        let sets = fields.map { field -> SQL in
            "\(identifier: field.key) = \(sql: change.value(field.key).sql)::\(unsafeSQL: field.kind.columnType)"
        }.joined(separator: ", ")
        return """
            update \(unsafeSQL: entity.table) t
            set \(sql: sets)
            where t.organization_id = \(try context.organization())::uuid and t.id = \(change.id)::uuid
            and t.version = \(change.before?.version ?? 0) and t.deleted_at is null
            returning \(sql: select.expression("t")), t.id, t.version
            """
    }

    /// The transition log takes the reason from the transaction's setting.
    private func reasonStatements(_ reason: String?) -> [SQL] {
        reason.map { ["select set_config('app.reason', \($0), true)"] } ?? []
    }

    private func unchanged(_ id: UUIDv7) async throws(Problem) -> Written {
        let scope = try context.authorizer.writing(entity)
        let rows = try await context.read(
            """
            select \(sql: select.expression("t")), t.id, t.version
            from \(unsafeSQL: entity.table) t
            where \(sql: scope.condition("t")) and t.id = \(id)::uuid and t.deleted_at is null
            """)
        guard rows.count == 1 else { throw Problem.notFound }
        return try written(rows)
    }

    /// The live record within the caller's reach for writing; readable but not writable is 403.
    func current(_ id: UUIDv7, deleted: Bool = false) async throws(Problem) -> RecordState {
        let writing = try context.authorizer.writing(entity)
        let reader = RecordReader(entity: entity)
        var statements = [reader.statement(id, in: writing, deleted: deleted)]
        let reading = context.authorizer.readingIfAny(entity)
        if let reading, reading.exceeds(writing) {
            statements.append(reader.statement(id, in: reading, deleted: deleted))
        }
        let results = try await context.read(statements)
        if let state = reader.states(results[0]).first { return state }
        if results.count > 1, results[1].count == 1 {
            throw Problem.permissionRequired(entity.writePermission)
        }
        throw Problem.notFound
    }

    func written(_ rows: Rows) throws(Problem) -> Written {
        guard rows.count == 1, let id = rows.id(0, 1), let version = rows.integer(0, 2) else {
            throw Problem.notFound
        }
        var json: [UInt8] = []
        rows.append(0, 0, to: &json)
        return Written(id: id, version: Int(version), json: json)
    }

    /// 412 with the current record and what has changed since.
    func stale(_ id: UUIDv7, expected: Int, current: Int) async throws(Problem) -> Problem {
        let written = try await unchanged(id)
        let changed = try await RecordHistory(entity: entity, context: context).changedFields(
            of: id, updates: max(0, current - expected))
        var problem = Problem(412, "stale", ["version": "\(current)"])
        problem.members = [(key: "changed", value: .array(changed.map { .string($0) }))]
        problem.rawMember = (key: "current", json: written.json)
        problem.headers = [("ETag", "\"\(current)\"")]
        return problem
    }
}

extension Problem {
    static let idTaken = Problem(409, "id_taken")
}

extension [Value] {
    /// The values as one bound array, in PostgreSQL's array syntax (manual, 8.15.2).
    var arraySQL: SQL {
        var literal: [UInt8] = [UInt8(ascii: "{")]
        for (position, value) in enumerated() {
            if position > 0 { literal.append(UInt8(ascii: ",")) }
            guard let text = value.text else {
                literal.append(contentsOf: "null".utf8)
                continue
            }
            literal.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    literal.append(UInt8(ascii: "\\"))
                }
                literal.append(byte)
            }
            literal.append(UInt8(ascii: "\""))
        }
        literal.append(UInt8(ascii: "}"))
        return SQL(text: "$1", binds: [.bytes(literal)])
    }
}

extension Value {
    /// The value as PostgreSQL reads it within an array; nil for null.
    var text: String? {
        switch self {
        case .null: nil
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .boolean(let flag): flag ? "true" : "false"
        case .date(let date): date.description
        case .instant(let instant): instant.description
        case .id(let id): id.description
        case .json(let json): json.text
        }
    }
}
