internal import Postgres
internal import Wire

/// Takes a change of many records back, the last record first: fields get their old contents, records leave
/// the bin.
///
/// What is undone loses its line in the log, so that an undo that was cut off goes on; what somebody has
/// changed since stays and is told.
struct BulkUndo {
    private struct Line {
        let line: Int64
        let record: UUIDv7
        let before: JSON
        let version: Int
    }

    /// As the member; its request id is the change's.
    let context: Context
    let id: UUIDv7

    /// Goes through the log.
    func finish() async throws(Problem) {
        var kept: [KeptRecord] = []
        var below = Int64.max
        while true {
            let done = try await context.inTransaction(.bulk) {
                (context: Context) async throws(Problem) -> (first: Int64, kept: [KeptRecord])? in
                try await round(below: below, in: context)
            }
            guard let done else { break }
            below = done.first
            if kept.count < KeptRecord.listed { kept += done.kept }
        }
        let told = try await KeptRecord.json(kept, in: context)
        try await context.inTransaction { (context: Context) async throws(Problem) -> Void in
            let store = BulkStore(context: context)
            let hasMoved = try await store.move(
                id, from: [.undoing], to: .undone,
                setting: ", kept = \(told)::jsonb, done = b.total, finished_at = now()")
            guard hasMoved else { return }
            try await context.notify(BulkNotices(stored: try await store.find(id), context: context).undone())
        }
    }

    private func round(
        below: Int64, in context: Context
    ) async throws(Problem) -> (first: Int64, kept: [KeptRecord])? {
        try await context.demandActive()
        let stored = try await BulkStore(context: context).find(id, lock: true)
        guard stored.status == .undoing else { throw Problem(409, "job_lost") }
        let lines = try await lines(below: below, in: context)
        guard let first = lines.last?.line else { return nil }
        let reasons =
            stored.action == .delete
            ? try await takeOut(lines, stored.entity, in: context)
            : try await putBack(lines, stored.entity, in: context)
        let gone = lines.filter { reasons[$0.record] == nil }.map(\.line)
        _ = try await context.write([
            """
            delete from kernel.bulk_rows as r
            where r.organization_id = \(try context.organization())::uuid and r.bulk_change_id = \(id)::uuid
            and r.line = any(\(gone)::bigint[])
            """,
            """
            update kernel.bulk_changes as b
            set done = least(b.total, b.done + \(Int64(gone.count))::bigint)
            where b.organization_id = \(try context.organization())::uuid and b.id = \(id)::uuid
            """,
        ])
        let kept = lines.compactMap { line in
            reasons[line.record].map { KeptRecord(id: line.record, reason: $0) }
        }
        return (first: first, kept: kept)
    }

    private func lines(below: Int64, in context: Context) async throws(Problem) -> [Line] {
        let rows = try await context.read(
            """
            select r.line, r.record_id, r.before, r.version_after
            from kernel.bulk_rows r
            where r.organization_id = \(try context.organization())::uuid and r.bulk_change_id = \(id)::uuid
            and r.line < \(below)::bigint
            order by r.line desc
            limit \(BulkStart.portion)::bigint
            """)
        return (0..<rows.count).compactMap { row in
            guard let line = rows.integer(row, 0), let record = rows.id(row, 1),
                let before = rows.json(row, 2),
                let version = rows.integer(row, 3)
            else { return nil }
            return Line(line: line, record: record, before: before, version: Int(version))
        }
    }

    private func putBack(
        _ lines: [Line], _ entity: EntityDefinition, in context: Context
    ) async throws(Problem) -> [UUIDv7: String] {
        let states = try await BulkReach(entity: entity, context: context).states(lines.map(\.record))
        return try await FieldRestoration(entity: entity, context: context).putBack(
            lines.map { (record: $0.record, before: $0.before) }, states)
    }

    /// Out of the bin, unless somebody took it out and threw it away again.
    private func takeOut(
        _ lines: [Line], _ entity: EntityDefinition, in context: Context
    ) async throws(Problem) -> [UUIDv7: String] {
        let reach = BulkReach(entity: entity, context: context)
        let states = try await reach.states(lines.map(\.record), deleted: true)
        var reasons = try await reach.foreign(lines.map(\.record), deleted: true)
        var planned: [RecordChange] = []
        for line in lines {
            guard let state = states[line.record] else { continue }
            guard state.version == line.version else {
                reasons[line.record] = "changed"
                continue
            }
            planned.append(
                RecordChange(
                    kind: .restore, id: state.id, before: state, assigned: [:], isImport: true,
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
        let bin = BulkBin(entity: entity, context: context)
        let outcome = try await write.attempt(sound) {
            (changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] in
            try await bin.restore(changes.compactMap(\.before))
        }
        for (position, problem) in outcome.faults {
            reasons[sound[position].id] = problem.errors.first?.code ?? problem.code
        }
        return reasons
    }
}
