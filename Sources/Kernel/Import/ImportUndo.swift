internal import Postgres
internal import Wire

/// Takes an import back, the last row first: made records go to the bin, changed fields get their old contents.
///
/// What is undone loses its line in the log, so that an undo that was cut off goes on; what somebody has touched
/// since, or needs, stays and is told.
struct ImportUndo {
    private struct Line {
        let line: Int64
        let record: UUIDv7
        let entity: String
        /// Nil where the row made the record.
        let before: JSON?
    }

    /// What could not be taken back.
    private struct Kept {
        let line: Int64
        let record: UUIDv7
        let reason: String
    }

    private static let chunk: Int64 = 1000
    private static let listed = 1000

    let context: Context
    let stored: StoredImport

    /// Goes through the log until a round takes nothing more back; gives what stayed.
    func finish() async throws(Problem) -> JSON {
        while true {
            var kept: [Kept] = []
            var undone = 0
            var below = Int64.max
            while true {
                let context = context
                let (first, took, left) = try await context.inTransaction(.bulk) {
                    (context: Context) async throws(Problem) -> (Int64?, Int, [Kept]) in
                    try await round(below: below, in: context)
                }
                guard let first else { break }
                below = first
                undone += took
                if kept.count < Self.listed { kept += left }
            }
            let waits = kept.contains { $0.reason == "referenced" }
            if undone == 0 || !waits { return try await told(kept) }
        }
    }

    private func round(below: Int64, in context: Context) async throws(Problem) -> (Int64?, Int, [Kept]) {
        let lines = try await lines(below: below, in: context)
        guard let first = lines.last?.line else { return (nil, 0, []) }
        var kept: [Kept] = []
        // Neighbours of one entity and kind go together, each record once.
        var group: [Line] = []
        for line in lines {
            if let last = group.last,
                last.entity != line.entity || (last.before == nil) != (line.before == nil)
                    || group.contains(where: { $0.record == line.record })
            {
                kept += try await undo(group, in: context)
                group = []
            }
            group.append(line)
        }
        kept += try await undo(group, in: context)
        let stays = Set(kept.map(\.line))
        let gone = lines.map(\.line).filter { !stays.contains($0) }
        _ = try await context.write([
            """
            delete from kernel.import_rows as r
            where r.organization_id = \(try context.organization())::uuid and r.import_id = \(stored.id)::uuid
            and r.line = any(\(gone)::bigint[])
            """,
            """
            update kernel.imports as i
            set done = least(i.total, i.done + \(Int64(gone.count))::bigint)
            where i.organization_id = \(try context.organization())::uuid and i.id = \(stored.id)::uuid
            """,
        ])
        return (first, gone.count, kept)
    }

    private func lines(below: Int64, in context: Context) async throws(Problem) -> [Line] {
        let organization = try context.organization()
        let results = try await context.read([
            """
            select i.id
            from kernel.imports i
            where i.organization_id = \(organization)::uuid and i.id = \(stored.id)::uuid and i.status = 'undoing'
            for update of i
            """,
            """
            select r.line, r.record_id, r.entity, r.before
            from kernel.import_rows r
            where r.organization_id = \(organization)::uuid and r.import_id = \(stored.id)::uuid
            and r.line < \(below)::bigint
            order by r.line desc
            limit \(Self.chunk)::bigint
            """,
        ])
        guard results[0].count == 1 else { throw Problem(409, "job_lost") }
        let rows = results[1]
        return (0..<rows.count).compactMap { row in
            guard let line = rows.integer(row, 0), let record = rows.id(row, 1), let entity = rows[row, 2]
            else {
                return nil
            }
            return Line(line: line, record: record, entity: entity, before: rows.json(row, 3))
        }
    }

    private func undo(_ group: [Line], in context: Context) async throws(Problem) -> [Kept] {
        guard let first = group.first else { return [] }
        guard let entity = context.runtime.registry.entity(first.entity) else {
            return group.map { Kept(line: $0.line, record: $0.record, reason: "out_of_scope") }
        }
        let states = try await states(group, entity, in: context)
        return first.before == nil
            ? try await takeBack(group, entity, states, in: context)
            : try await putBack(group, entity, states, in: context)
    }

    /// The live records that the member may change; those in the bin are left as they are.
    private func states(
        _ group: [Line], _ entity: EntityDefinition, in context: Context
    ) async throws(Problem) -> [UUIDv7: RecordState] {
        let writing = try context.authorizer.writing(entity)
        let reader = RecordReader(entity: entity)
        let rows = try await context.read(
            """
            select \(sql: reader.expression("t"))
            from \(unsafeSQL: entity.table) t
            where \(sql: writing.condition("t")) and t.id = any(\(group.map(\.record))::uuid[])
            and t.deleted_at is null
            for update of t
            """)
        return Dictionary(reader.states(rows).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: Made records

    private func takeBack(
        _ group: [Line], _ entity: EntityDefinition, _ states: [UUIDv7: RecordState], in context: Context
    ) async throws(Problem) -> [Kept] {
        var reasons = try await foreign(group, entity, in: context)
        let changed = try await touched(
            states.values.filter { $0.version > 1 }.map(\.id), entity, in: context)
        for id in changed { reasons[id] = "changed" }
        // What was made for a reference goes only when nothing refers to it any more.
        let isSide = (group.first?.line ?? 0) < 0
        for id in try await referred(Array(states.keys), entity, any: isSide, in: context) {
            reasons[id] = "referenced"
        }
        let planned = states.values.filter { reasons[$0.id] == nil }.sorted { $0.id < $1.id }.map { state in
            RecordChange(
                kind: .delete, id: state.id, before: state, assigned: [:], isImport: true, now: context.now)
        }
        var going: [UUIDv7] = []
        if !planned.isEmpty {
            for change in try await ImportPass.completed(planned, entity, in: context) {
                if let error = change.errors.first {
                    reasons[change.id] = error.code
                } else {
                    going.append(change.id)
                }
            }
        }
        if !going.isEmpty { _ = try await context.write(try binned(going, entity, in: context)) }
        return group.compactMap { line in
            reasons[line.record].map { Kept(line: line.line, record: line.record, reason: $0) }
        }
    }

    /// Live records that the member may no longer change.
    private func foreign(
        _ group: [Line], _ entity: EntityDefinition, in context: Context
    ) async throws(Problem) -> [UUIDv7: String] {
        let writing = try context.authorizer.writing(entity)
        let rows = try await context.read(
            """
            select t.id
            from \(unsafeSQL: entity.table) t
            where t.organization_id = \(writing.organization)::uuid and t.id = any(\(group.map(\.record))::uuid[])
            and t.deleted_at is null and (\(sql: writing.condition("t"))) is not true
            """)
        var reasons: [UUIDv7: String] = [:]
        for row in 0..<rows.count { if let id = rows.id(row, 0) { reasons[id] = "out_of_scope" } }
        return reasons
    }

    /// Records that somebody changed beside this import: the audit tells each change with its request.
    private func touched(
        _ ids: [UUIDv7], _ entity: EntityDefinition, in context: Context
    ) async throws(Problem) -> [UUIDv7] {
        guard !ids.isEmpty else { return [] }
        let rows = try await context.read(
            """
            select distinct a.record_id
            from kernel.audit a
            where a.organization_id = \(try context.organization())::uuid and a.entity = \(entity.name)
            and a.record_id = any(\(ids)::uuid[])
            and a.action <> 'created' and a.request_id is distinct from \(stored.id.description)
            """)
        return (0..<rows.count).compactMap { rows.id($0, 0) }
    }

    /// Records that live ones refer to, by references that refuse deleting, or by any.
    private func referred(
        _ ids: [UUIDv7], _ entity: EntityDefinition, any: Bool, in context: Context
    ) async throws(Problem) -> [UUIDv7] {
        guard !ids.isEmpty else { return [] }
        let organization = try context.organization()
        let references = (context.runtime.registry.references[entity.name] ?? []).filter {
            any || $0.field.deleteRule == .refuse
        }
        guard !references.isEmpty else { return [] }
        let statements = references.map { reference -> SQL in
            """
            select distinct x.\(identifier: reference.field.key)
            from \(unsafeSQL: reference.entity.table) x
            where x.organization_id = \(organization)::uuid
            and x.\(identifier: reference.field.key) = any(\(ids)::uuid[]) and x.deleted_at is null
            """
        }
        return try await context.read(statements).flatMap { rows in
            (0..<rows.count).compactMap { rows.id($0, 0) }
        }
    }

    private func binned(_ ids: [UUIDv7], _ entity: EntityDefinition, in context: Context) throws(Problem)
        -> [SQL]
    {
        let organization = try context.organization()
        var statements: [SQL] = [
            """
            update \(unsafeSQL: entity.table) t
            set deleted_at = now()
            where t.organization_id = \(organization)::uuid and t.id = any(\(ids)::uuid[]) and t.deleted_at is null
            """
        ]
        for reference in context.runtime.registry.references[entity.name] ?? []
        where reference.field.deleteRule == .cascade {
            statements.append(
                """
                update \(unsafeSQL: reference.entity.table) x
                set deleted_at = now()
                where x.organization_id = \(organization)::uuid
                and x.\(identifier: reference.field.key) = any(\(ids)::uuid[]) and x.deleted_at is null
                """)
        }
        return statements
    }

    // MARK: Changed fields

    private func putBack(
        _ group: [Line], _ entity: EntityDefinition, _ states: [UUIDv7: RecordState], in context: Context
    ) async throws(Problem) -> [Kept] {
        var reasons = try await foreign(group, entity, in: context)
        var planned: [RecordChange] = []
        for line in group {
            guard let state = states[line.record], case .object(let fields)? = line.before else { continue }
            var assigned: [String: Value] = [:]
            for (key, pair) in fields.entries {
                guard let field = entity.field(key), case .array(let values) = pair, values.count == 2 else {
                    continue
                }
                let after = RecordReader.value(values[1], field.kind)
                if state.contents[key] ?? .null == after {
                    assigned[key] = RecordReader.value(values[0], field.kind)
                } else {
                    reasons[line.record] = "changed"
                }
            }
            guard !assigned.isEmpty else { continue }
            planned.append(
                RecordChange(
                    kind: .update, id: state.id, before: state, assigned: assigned, isImport: true,
                    now: context.now))
        }
        guard !planned.isEmpty else { return kept(group, reasons) }
        var sound: [RecordChange] = []
        for change in try await ImportPass.completed(planned, entity, in: context) {
            if let error = change.errors.first {
                reasons[change.id] = error.code
            } else {
                sound.append(change)
            }
        }
        let bulk = BulkWrite(entity: entity, context: context)
        let outcome = try await bulk.attempt(sound) {
            (changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] in
            try await bulk.update(changes)
        }
        for (position, problem) in outcome.faults {
            reasons[sound[position].id] = problem.errors.first?.code ?? problem.code
        }
        return kept(group, reasons)
    }

    private func kept(_ group: [Line], _ reasons: [UUIDv7: String]) -> [Kept] {
        group.compactMap { line in
            reasons[line.record].map { Kept(line: line.line, record: line.record, reason: $0) }
        }
    }

    /// `[{id, label, reason}]`.
    private func told(_ kept: [Kept]) async throws(Problem) -> JSON {
        guard !kept.isEmpty else { return .array([]) }
        let rows = try await context.read(
            """
            select r.id, r.label
            from kernel.records r
            where r.organization_id = \(try context.organization())::uuid
            and r.id = any(\(kept.map(\.record))::uuid[])
            """)
        var labels: [UUIDv7: String] = [:]
        for row in 0..<rows.count { if let id = rows.id(row, 0) { labels[id] = rows[row, 1] } }
        return .array(
            kept.prefix(Self.listed).map { item in
                [
                    "id": .string(item.record.description), "label": .string(labels[item.record] ?? ""),
                    "reason": .string(item.reason),
                ]
            })
    }
}
