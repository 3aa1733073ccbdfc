internal import Postgres
internal import Wire

/// Takes an import back, the last row first: made records go to the bin, changed fields get their old
/// contents.
///
/// What is undone loses its line in the log, so that an undo that was cut off goes on; what somebody has
/// touched since, or needs, stays and is told.
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
                if kept.count < KeptRecord.listed { kept += left }
            }
            let waits = kept.contains { $0.reason == "referenced" }
            if undone == 0 || !waits {
                let records = kept.prefix(KeptRecord.listed).map {
                    KeptRecord(id: $0.record, reason: $0.reason)
                }
                return try await KeptRecord.json(Array(records), in: context)
            }
        }
    }

    private func round(below: Int64, in context: Context) async throws(Problem) -> (Int64?, Int, [Kept]) {
        try await context.demandActive()
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
            where i.organization_id = \(organization)::uuid and i.id = \(stored.id)::uuid
            and i.status = 'undoing'
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
        let reach = BulkReach(entity: entity, context: context)
        let states = try await reach.states(group.map(\.record))
        return first.before == nil
            ? try await takeBack(group, entity, states, in: context)
            : try await putBack(group, entity, states, in: context)
    }

    // MARK: Made records

    private func takeBack(
        _ group: [Line], _ entity: EntityDefinition, _ states: [UUIDv7: RecordState], in context: Context
    ) async throws(Problem) -> [Kept] {
        let reach = BulkReach(entity: entity, context: context)
        var reasons = try await reach.foreign(group.map(\.record))
        let changed = try await touched(
            states.values.filter { $0.version > 1 }.map(\.id), entity, in: context)
        for id in changed { reasons[id] = "changed" }
        // What was made for a reference goes only when nothing refers to it any more.
        let isSide = (group.first?.line ?? 0) < 0
        let bin = BulkBin(entity: entity, context: context)
        for id in try await bin.referred(Array(states.keys), any: isSide) {
            reasons[id] = "referenced"
        }
        let planned = states.values.filter { reasons[$0.id] == nil }.sorted { $0.id < $1.id }.map { state in
            RecordChange(
                kind: .delete, id: state.id, before: state, assigned: [:], isImport: true, now: context.now)
        }
        var going: [UUIDv7] = []
        for change in try await BulkWrite(entity: entity, context: context).completed(planned) {
            if let error = change.errors.first {
                reasons[change.id] = error.code
            } else {
                going.append(change.id)
            }
        }
        _ = try await bin.bin(going)
        return kept(group, reasons)
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

    // MARK: Changed fields

    private func putBack(
        _ group: [Line], _ entity: EntityDefinition, _ states: [UUIDv7: RecordState], in context: Context
    ) async throws(Problem) -> [Kept] {
        let restoration = FieldRestoration(entity: entity, context: context)
        let lines = group.map { (record: $0.record, before: $0.before ?? .null) }
        return kept(group, try await restoration.putBack(lines, states))
    }

    private func kept(_ group: [Line], _ reasons: [UUIDv7: String]) -> [Kept] {
        group.compactMap { line in
            reasons[line.record].map { Kept(line: line.line, record: line.record, reason: $0) }
        }
    }
}
