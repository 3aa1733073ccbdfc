internal import Postgres
internal import Tabular
internal import Wire

/// The statements that keep what an import did, within the transaction of the rows themselves.
struct ImportLog {
    let id: UUIDv7
    let context: Context

    /// Where the import stands.
    func progress(done: Int64, counts: ImportCounts, at position: RecordPosition) throws(Problem) -> SQL {
        """
        update kernel.imports as i
        set done = \(done)::bigint, counts = \(counts.json)::jsonb, next_line = \(position.line)::bigint,
            next_offset = \(position.byteOffset)::bigint
        where i.organization_id = \(try context.organization())::uuid and i.id = \(id)::uuid
        """
    }

    /// What was wrong with rows; a second finding about a row stands beside the first.
    func errors(_ rows: [ImportRow]) throws(Problem) -> SQL {
        var (lines, places, offsets, lengths): ([Int], [Int], [Int64], [Int64]) = ([], [], [], [])
        var (columns, values, codes, parameters): ([Value], [Value], [String], [String]) = ([], [], [], [])
        for row in rows {
            for (place, error) in row.errors.prefix(20).enumerated() {
                lines.append(row.line)
                places.append(place)
                offsets.append(row.offset)
                lengths.append(row.length)
                columns.append(error.column.map(Value.text) ?? .null)
                values.append(error.value.map { .text(ToldText.short($0)) } ?? .null)
                codes.append(error.code)
                parameters.append(ToldText.json(error.parameters).text)
            }
        }
        return """
            insert into kernel.import_errors (
                organization_id, import_id, line, place, start_offset, length, column_name, value, code,
                parameters)
            select \(try context.organization())::uuid, \(id)::uuid, u.*
            from unnest(
                \(lines)::bigint[], \(places)::integer[], \(offsets)::bigint[], \(lengths)::bigint[],
                \(sql: columns.arraySQL)::text[], \(sql: values.arraySQL)::text[], \(codes)::text[],
                \(parameters)::jsonb[]) u
            on conflict (organization_id, import_id, line, place) do nothing
            """
    }

    /// What rows did, so that it can be undone.
    func rows(_ work: ChunkWork, _ entity: EntityDefinition) throws(Problem) -> SQL {
        var (lines, records, entities, actions): ([Int], [UUIDv7], [String], [String]) = ([], [], [], [])
        var (befores, versions): ([Value], [Int64]) = ([], [])
        func add(_ line: Int, _ record: UUIDv7, _ entity: String, _ before: JSON?, _ version: Int64) {
            lines.append(line)
            records.append(record)
            entities.append(entity)
            actions.append(before == nil ? "created" : "updated")
            befores.append(before.map(Value.json) ?? .null)
            versions.append(version)
        }
        for (place, made) in work.made.enumerated() {
            add(-(made.line * 10_000 + place), made.id, made.entity, nil, 1)
        }
        for plan in work.creates { add(work.rows[plan.row].line, plan.change.id, entity.name, nil, 1) }
        let bulk = BulkWrite(entity: entity, context: context)
        for plan in work.updates {
            let before = bulk.differences(plan.change)
            let version = work.versions[plan.change.id] ?? 0
            add(work.rows[plan.row].line, plan.change.id, entity.name, before, version)
        }
        return """
            insert into kernel.import_rows (
                organization_id, import_id, line, record_id, entity, action, before, version_after)
            select \(try context.organization())::uuid, \(id)::uuid, u.*
            from unnest(
                \(lines)::bigint[], \(records)::uuid[], \(entities)::text[], \(actions)::text[],
                \(sql: befores.arraySQL)::jsonb[], \(versions)::integer[]) u
            """
    }
}
