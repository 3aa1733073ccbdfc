internal import Postgres
internal import Tabular
internal import Wire

/// Sets the references of a file's rows to other rows of the same file, once all of them are there.
struct OwnReferencePass {
    let context: Context
    let stored: StoredImport
    let mapping: ImportMapping
    private var position: RecordPosition
    private var done: Int64
    private var references: ReferenceSearch

    init(_ stored: StoredImport, mapping: ImportMapping, context: Context) {
        self.context = context
        self.stored = stored
        self.mapping = mapping
        position = stored.position
        done = stored.done
        references = ReferenceSearch(mapping, entity: stored.entity)
    }

    /// Whether a column refers to the entity itself.
    static func isNeeded(_ mapping: ImportMapping, _ entity: EntityDefinition) -> Bool {
        mapping.columns.contains { $0.match?.target.name == entity.name }
    }

    /// Goes to the end of the file.
    mutating func finish() async throws(Problem) {
        let name = stored.entity.name
        let reader = RowReader(mapping, entity: stored.entity, context: context) {
            $0.match?.target.name == name
        }
        let file = ImportFile(
            path: stored.path, format: stored.format, from: position, reader: reader, keyColumn: nil,
            pool: context.runtime.blocking)
        while true {
            let chunk = try await file.next()
            guard !chunk.rows.isEmpty else { break }
            let context = context
            try await context.inTransaction(.bulk) { (context: Context) async throws(Problem) -> Void in
                try await take(chunk, in: context)
            }
            position = chunk.end
        }
    }

    private mutating func take(_ chunk: ImportFile.Chunk, in context: Context) async throws(Problem) {
        try await context.demandActive()
        let rows = chunk.rows.filter { !$0.references.isEmpty }
        var statements = [try lock(), try records(of: rows)]
        statements += try references.statements(rows, in: context)
        let results = try await context.read(statements)
        guard results[0].count == 1 else { throw Problem(409, "job_lost") }
        references.take(results[2...])
        let states = RecordReader(entity: stored.entity).states(results[1])
        var byLine: [Int: RecordState] = [:]
        for row in 0..<results[1].count where row < states.count {
            if let line = results[1].integer(row, 1) { byLine[Int(line)] = states[row] }
        }
        var work = ChunkWork(rows: rows)
        for row in rows.indices { plan(row, byLine[rows[row].line], &work) }
        try await write(&work, in: context)
        done += Int64(chunk.rows.count)
        try await log(work, upTo: chunk.end, in: context)
    }

    private func lock() throws(Problem) -> SQL {
        """
        select i.id
        from kernel.imports i
        where i.organization_id = \(try context.organization())::uuid and i.id = \(stored.id)::uuid
        and i.status = 'running' and i.pass = 2 and i.next_offset = \(position.byteOffset)::bigint
        for update of i
        """
    }

    /// The records that the rows made or changed, as they are now.
    private func records(of rows: [ImportRow]) throws(Problem) -> SQL {
        """
        select \(sql: RecordReader(entity: stored.entity).expression("t")), r.line
        from kernel.import_rows r
        join \(unsafeSQL: stored.entity.table) t on t.organization_id = r.organization_id
        and t.id = r.record_id
        where r.organization_id = \(try context.organization())::uuid and r.import_id = \(stored.id)::uuid
        and r.line = any(\(rows.map(\.line))::bigint[]) and t.deleted_at is null
        """
    }

    private mutating func plan(_ row: Int, _ state: RecordState?, _ work: inout ChunkWork) {
        guard let state else { return }
        var assigned: [String: Value] = [:]
        for reference in work.rows[row].references {
            let column = mapping.columns[reference.column]
            guard (state.contents[column.field.key] ?? .null).isNull else { continue }
            switch references.finding(reference, companion: nil) {
            case .found(let id): assigned[column.field.key] = .id(id)
            case .several: note("ambiguous_reference", reference, column, row, &work)
            case .none where column.unmatched == .error:
                note("reference_not_found", reference, column, row, &work)
            case .none: break
            }
        }
        guard !assigned.isEmpty else { return }
        let change = RecordChange(
            kind: .update, id: state.id, before: state, assigned: assigned, isImport: true, now: context.now)
        work.updates.append(ChunkWork.Planned(row: row, change: change))
    }

    private func note(
        _ code: String, _ reference: ImportRow.Reference, _ column: ImportMapping.Column, _ row: Int,
        _ work: inout ChunkWork
    ) {
        work.rows[row].errors.append(ImportError(column: column.name, value: reference.text, code: code))
    }

    private func write(_ work: inout ChunkWork, in context: Context) async throws(Problem) {
        guard !work.updates.isEmpty else { return }
        let bulk = BulkWrite(entity: stored.entity, context: context)
        let changes = try await bulk.completed(work.updates.map(\.change))
        var sound: [ChunkWork.Planned] = []
        for (plan, change) in zip(work.updates, changes) {
            if change.errors.isEmpty {
                sound.append(ChunkWork.Planned(row: plan.row, change: change))
            } else {
                work.note(change.errors, row: plan.row, mapping)
            }
        }
        let outcome = try await bulk.attempt(sound.map(\.change)) {
            (changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] in
            try await bulk.update(changes)
        }
        for (position, problem) in outcome.faults {
            work.note(problem.faults, row: sound[position].row, mapping)
        }
        work.versions = outcome.versions
        work.updates = sound.filter { outcome.versions[$0.change.id] != nil }
    }

    private func log(_ work: ChunkWork, upTo end: RecordPosition, in context: Context) async throws(Problem) {
        let log = ImportLog(id: stored.id, context: context)
        var statements: [SQL] = []
        let faulty = work.rows.filter { !$0.errors.isEmpty }
        if !faulty.isEmpty { statements.append(try log.errors(faulty)) }
        if !work.updates.isEmpty { statements.append(try log.changed(work, stored.entity)) }
        statements.append(try log.progress(done: done, counts: stored.counts, at: end))
        _ = try await context.write(statements)
    }
}

extension ImportLog {
    /// Adds to what rows did the references that the second pass set.
    fileprivate func changed(_ work: ChunkWork, _ entity: EntityDefinition) throws(Problem) -> SQL {
        let lines = work.updates.map { work.rows[$0.row].line }
        let versions = work.updates.map { work.versions[$0.change.id] ?? 0 }
        let bulk = BulkWrite(entity: entity, context: context)
        let befores = work.updates.map { bulk.differences($0.change).text }
        return """
            update kernel.import_rows as r
            set version_after = u.version, before = r.before || u.before
            from unnest(\(lines)::bigint[], \(versions)::integer[], \(befores)::jsonb[]) u (line, version,
            before)
            where r.organization_id = \(try context.organization())::uuid and r.import_id = \(id)::uuid
            and r.line = u.line
            """
    }
}
