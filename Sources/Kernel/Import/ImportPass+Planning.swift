internal import Postgres
internal import Tabular
internal import Wire

extension ImportPass {
    // MARK: What the database knows

    /// One batch finds times, references and records met by key.
    mutating func lookUp(_ work: inout ChunkWork, in context: Context) async throws(Problem) {
        var statements = [try lock()]
        let time = times.statement(work.rows, zone: context.principal.preferences.timeZone)
        if let time { statements.append(time) }
        let first = statements.count
        statements += try references.statements(work.rows, in: context)
        let second = statements.count
        statements += try keys.statements(work.rows, in: context, locks: mode == .run)
        let results = try await context.read(statements)
        guard results[0].count == 1 else { throw Problem(409, "job_lost") }
        if time != nil { times.take(results[1]) }
        references.take(results[first..<second])
        keys.take(results[second...])
    }

    /// Nobody else moves the import on, and it stands where this pass left it.
    private func lock() throws(Problem) -> SQL {
        """
        select i.id
        from kernel.imports i
        where i.organization_id = \(try context.organization())::uuid and i.id = \(stored.id)::uuid
        and i.status = \(mode == .run ? "running" : "checking") and i.pass = 1
        and i.next_offset = \(position.byteOffset)::bigint
        for update of i
        """
    }

    // MARK: References

    /// Puts instants and records' ids in their places; what refers to nothing is noted.
    mutating func settle(_ work: inout ChunkWork) {
        for row in work.rows.indices {
            for local in work.rows[row].locals {
                guard let instant = times.instant(local.time) else { continue }
                work.rows[row].assigned[mapping.columns[local.column].field.key] = .instant(instant)
            }
            // What others depend on, such as a stage's pipeline, comes first.
            for isDependent in [false, true] {
                for reference in work.rows[row].references
                where (mapping.columns[reference.column].match?.companion != nil) == isDependent {
                    settle(reference, row, &work)
                }
            }
        }
    }

    private mutating func settle(_ reference: ImportRow.Reference, _ row: Int, _ work: inout ChunkWork) {
        let column = mapping.columns[reference.column]
        switch references.finding(reference, companion: companion(of: reference, work.rows[row])) {
        case .found(let id): work.rows[row].assigned[column.field.key] = .id(id)
        case .several:
            work.rows[row].errors.append(
                ImportError(column: column.name, value: reference.text, code: "ambiguous_reference"))
        case .none:
            if column.match?.target.name == entity.name, names?.contains(reference.text) == true { return }
            unmatched.note(reference.column, work.rows[row].fields[column.index].trimmed)
            switch column.unmatched {
            case .empty: return
            case .create: work.missing.append(ChunkWork.Missing(row: row, reference: reference))
            case .error:
                work.rows[row].errors.append(
                    ImportError(column: column.name, value: reference.text, code: "reference_not_found"))
            }
        }
    }

    /// The row's own content of the field that narrows a reference down.
    func companion(of reference: ImportRow.Reference, _ row: ImportRow) -> UUIDv7? {
        mapping.columns[reference.column].match?.companion.flatMap { row.assigned[$0]?.idValue }
    }

    // MARK: Create, update or skip

    /// Decides what each sound row is to do.
    mutating func plan(_ work: inout ChunkWork) throws(Problem) {
        if mode == .check {
            // A check makes nothing: what it would make stands in with an id of its own.
            for missing in work.missing {
                let field = mapping.columns[missing.reference.column].field.key
                work.rows[missing.row].promised.insert(field)
                work.rows[missing.row].assigned[field] = .id(stored.id)
            }
        }
        // In the order of the file, and of time.
        let now = context.runtime.clock.now()
        let ids = work.rows.map { _ in UUIDv7.make(at: now) }.sorted()
        for row in work.rows.indices where work.rows[row].errors.isEmpty {
            let met = meet(row, &work)
            guard work.rows[row].errors.isEmpty, !met.isSettled else { continue }
            refuseTaken(row, met.record?.id, &work)
            guard work.rows[row].errors.isEmpty else { continue }
            let kind: ChangeKind = met.record == nil ? .create : .update
            let change = RecordChange(
                kind: kind, id: met.record?.id ?? ids[row], before: met.record,
                assigned: work.rows[row].assigned, isImport: true, now: context.now)
            if kind == .create {
                work.creates.append(ChunkWork.Planned(row: row, change: change))
            } else {
                work.updates.append(ChunkWork.Planned(row: row, change: change))
            }
        }
    }

    /// The record that the row's key leads to; settled when nothing more is to be done.
    private mutating func meet(_ row: Int, _ work: inout ChunkWork) -> (record: RecordState?, isSettled: Bool)
    {
        guard let key = mapping.key, mapping.onMatch != .create,
            let text = work.rows[row].assigned[key.key]?.textValue
        else { return (nil, false) }
        let all = keys.records(key, text)
        let records = all.filter(\.isReadable)
        if records.isEmpty {
            if key.isUnique, !all.isEmpty { refuse(row, key, "taken", &work) }
            guard mode == .check, all.isEmpty, seen[key.key]?.contains(text) == true else {
                return (nil, false)
            }
            if mapping.onMatch == .skip { work.counts.skip += 1 } else { work.counts.update += 1 }
            return (nil, true)
        }
        guard records.count == 1, let record = records.first else {
            refuse(row, key, "ambiguous_reference", &work)
            return (nil, true)
        }
        if mapping.onMatch == .skip {
            work.counts.skip += 1
            return (nil, true)
        }
        guard record.isWritable else {
            refuse(row, key, "out_of_scope", &work)
            return (nil, true)
        }
        return (record.state, false)
    }

    /// Unique texts that a live record, or an earlier row of the file, has.
    private mutating func refuseTaken(_ row: Int, _ id: UUIDv7?, _ work: inout ChunkWork) {
        for field in keys.fields {
            guard let text = work.rows[row].assigned[field.key]?.textValue else { continue }
            let isKey = field.key == mapping.key?.key && mapping.onMatch != .create
            if !isKey, field.isUnique, keys.records(field, text).contains(where: { $0.id != id }) {
                refuse(row, field, "taken", &work)
            }
            guard mode == .check else { continue }
            let isNew = seen[field.key, default: FileKeys()].insert(text)
            if !isNew, !isKey, field.isUnique { refuse(row, field, "taken", &work) }
        }
    }

    private func refuse(_ row: Int, _ field: FieldDefinition, _ code: String, _ work: inout ChunkWork) {
        work.note([FieldError(field: field.key, code: code)], row: row, mapping)
    }

    // MARK: Hooks and rules

    /// Runs hooks, references' checks and rules over the planned changes; faulty ones fall out.
    mutating func complete(_ work: inout ChunkWork, in context: Context) async throws(Problem) {
        for kind in [ChangeKind.create, .update] {
            let planned = kind == .create ? work.creates : work.updates
            guard !planned.isEmpty else { continue }
            let bulk = BulkWrite(entity: entity, context: context)
            let changes = try await bulk.completed(planned.map(\.change))
            var sound: [ChunkWork.Planned] = []
            sound.reserveCapacity(planned.count)
            for (plan, change) in zip(planned, changes) {
                var errors = change.errors
                let promised = work.rows[plan.row].promised
                if !promised.isEmpty { errors.removeAll { promised.contains($0.field) } }
                if errors.isEmpty, kind == .update { errors = bulk.updateFaults(change) }
                guard errors.isEmpty else {
                    work.note(errors, row: plan.row, mapping)
                    continue
                }
                if kind == .update,
                    !entity.fields.contains(where: { $0.computed == nil && change.changes($0.key) })
                {
                    work.counts.skip += 1
                    continue
                }
                sound.append(ChunkWork.Planned(row: plan.row, change: change))
            }
            if kind == .create { work.creates = sound } else { work.updates = sound }
        }
        guard mode == .check else { return }
        work.counts.create += Int64(work.creates.count)
        work.counts.update += Int64(work.updates.count)
    }
}

extension Problem {
    /// Whether trying again later may well succeed.
    var isTransient: Bool {
        status >= 500 || ["busy", "lock_not_available", "job_lost"].contains(code)
    }
}
