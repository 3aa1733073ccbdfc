internal import Postgres
internal import Tabular
internal import Wire

extension ImportPass {
    // MARK: Records for unmatched references

    /// Makes each missing record once, as the importer.
    mutating func makeMissing(_ work: inout ChunkWork, in context: Context) async throws(Problem) {
        var fresh: [String: UUIDv7] = [:]
        for missing in work.missing {
            let column = mapping.columns[missing.reference.column]
            let companion = companion(of: missing.reference, work.rows[missing.row])
            let name =
                """
                \(missing.reference.column) \(companion?.description ?? "") \
                \(missing.reference.text.lowercased())
                """
            if let id = fresh[name] {
                work.rows[missing.row].assigned[column.field.key] = .id(id)
                continue
            }
            if case .found(let id) = references.finding(missing.reference, companion: companion) {
                work.rows[missing.row].assigned[column.field.key] = .id(id)
                continue
            }
            do {
                let id = try await make(missing.reference, column, companion, in: context)
                fresh[name] = id
                references.add(id, for: missing.reference, companion: companion)
                work.rows[missing.row].assigned[column.field.key] = .id(id)
                work.made.append(
                    ChunkWork.Made(
                        id: id, entity: column.match?.target.name ?? "", line: work.rows[missing.row].line))
            } catch {
                guard error.status < 500, !error.isTransient else { throw error }
                let code = error.errors.first?.code ?? error.code
                work.rows[missing.row].errors.append(
                    ImportError(column: column.name, value: missing.reference.text, code: code))
            }
        }
    }

    private func make(
        _ reference: ImportRow.Reference, _ column: ImportMapping.Column, _ companion: UUIDv7?,
        in context: Context
    ) async throws(Problem) -> UUIDv7 {
        guard let match = column.match, let label = ReferenceMatch.labelField(match.target) else {
            throw Problem.invalid(column.field.key, "reference_not_found")
        }
        let decoded: Value
        do { decoded = try FieldDecoder(label).decode(.string(reference.text)) } catch {
            throw Problem.invalid([error.error])
        }
        var assigned = [label.key: decoded]
        if let key = match.companion, let companion { assigned[key] = .id(companion) }
        let change = RecordChange(
            kind: .create, id: .make(at: context.now), before: nil, assigned: assigned, isImport: true,
            now: context.now)
        let scope = try context.authorizer.writing(match.target)
        return try await Savepoint.attempt(in: context) {
            (context: Context) async throws(Problem) -> UUIDv7 in
            try await RecordWriter(entity: match.target, context: context).create(change, scope: scope).id
        }
    }

    // MARK: Rows

    /// Inserts and updates what is sound; a fault of one row is found by halves and told of that row alone.
    mutating func write(_ work: inout ChunkWork, in context: Context) async throws(Problem) {
        let writer = RecordWriter(entity: entity, context: context)
        let bulk = BulkWrite(entity: entity, context: context)
        let inserted = try await bulk.attempt(work.creates.map(\.change)) {
            (changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] in
            _ = try await context.write([try writer.insert(changes)])
            return [:]
        }
        for (position, problem) in inserted.faults {
            work.note(problem.faults, row: work.creates[position].row, mapping)
        }
        let refused = Set(inserted.faults.map(\.position))
        work.creates = work.creates.indices.filter { !refused.contains($0) }.map { work.creates[$0] }
        let updated = try await bulk.attempt(work.updates.map(\.change)) {
            (changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] in
            try await bulk.update(changes)
        }
        for (position, problem) in updated.faults {
            work.note(problem.faults, row: work.updates[position].row, mapping)
        }
        let stale = Set(updated.faults.map(\.position))
        work.updates = work.updates.indices.filter { !stale.contains($0) }.map { work.updates[$0] }
        work.versions = updated.versions
        work.counts.create += Int64(work.creates.count)
        work.counts.update += Int64(work.updates.count)
    }

    // MARK: The log

    /// Writes what each row did, what was wrong, and where the import stands.
    mutating func log(_ work: ChunkWork, upTo end: RecordPosition, in context: Context) async throws(Problem)
    {
        let log = ImportLog(id: stored.id, context: context)
        var statements: [SQL] = []
        let faulty = work.rows.filter { !$0.errors.isEmpty }
        counts.error += Int64(faulty.count)
        if !faulty.isEmpty { statements.append(try log.errors(faulty)) }
        if mode == .run {
            if !work.creates.isEmpty || !work.made.isEmpty || !work.updates.isEmpty {
                statements.append(try log.rows(work, entity))
            }
        }
        statements.append(try log.progress(done: done, counts: counts, at: end))
        _ = try await context.write(statements)
    }
}
