internal import Postgres
internal import Wire

/// The statements that keep what a portion did, within the transaction of the records themselves.
struct BulkLog {
    let id: UUIDv7
    let context: Context

    /// What was done, so that it can be undone; `first` is the portion's first line.
    func rows(_ plan: BulkPlan, _ versions: [UUIDv7: Int64], first: Int64) throws(Problem) -> SQL {
        let write = BulkWrite(entity: plan.entity, context: context)
        let befores = plan.sound.map { change -> Value in
            .json(plan.action == .delete ? .object(JSONObject()) : write.differences(change))
        }
        return """
            insert into kernel.bulk_rows (organization_id, bulk_change_id, line, record_id, before,
            version_after)
            select \(try context.organization())::uuid, \(id)::uuid, \(first)::bigint + u.place, u.record_id,
            u.before,
                u.version
            from unnest(
                \(plan.sound.map(\.id))::uuid[], \(sql: befores.arraySQL)::jsonb[],
                \(plan.sound.map { versions[$0.id] ?? 0 })::integer[])
                with ordinality u (record_id, before, version, place)
            """
    }

    /// What was wrong.
    func faults(_ faults: [BulkPlan.Fault], first: Int64) throws(Problem) -> SQL {
        var (lines, places, records): ([Int64], [Int], [UUIDv7]) = ([], [], [])
        var (fields, codes, parameters): ([Value], [String], [Value]) = ([], [], [])
        for (position, fault) in faults.enumerated() {
            for (place, error) in fault.errors.prefix(20).enumerated() {
                lines.append(first + Int64(position) + 1)
                places.append(place)
                records.append(fault.record)
                fields.append(.text(error.field))
                codes.append(error.code)
                parameters.append(.json(ToldText.json(error.parameters)))
            }
        }
        return """
            insert into kernel.bulk_faults (
                organization_id, bulk_change_id, line, place, record_id, field, code, parameters)
            select \(try context.organization())::uuid, \(id)::uuid, u.*
            from unnest(
                \(lines)::bigint[], \(places)::integer[], \(records)::uuid[], \(sql: fields.arraySQL)::text[],
                \(codes)::text[], \(sql: parameters.arraySQL)::jsonb[]) u
            """
    }

    /// Where the work stands.
    func progress(_ counts: BulkCounts, done: Int64, next portion: Int64) throws(Problem) -> SQL {
        """
        update kernel.bulk_changes as b
        set counts = \(counts.json)::jsonb, done = \(done)::bigint, next_portion = \(portion)::integer
        where b.organization_id = \(try context.organization())::uuid and b.id = \(id)::uuid
        """
    }
}
