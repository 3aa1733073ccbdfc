internal import Postgres
internal import Wire

/// Tells what a change of many records would do, without writing: how many, the first ones, what stands in
/// the way of the first thousand.
struct BulkPreview {
    let request: BulkRequest
    let entity: EntityDefinition
    let context: Context

    /// Records that are shown.
    private static let shown = 10
    /// Records that are looked at for faults.
    private static let looked = 1000
    private static let listed = 100

    /// `{"count", "first", "errors"}`, looked at in one transaction that writes nothing: a hook that tries
    /// to fails here.
    func json() async throws(Problem) -> [UInt8] {
        try await context.inTransaction { (context: Context) async throws(Problem) -> [UInt8] in
            _ = try await context.read("set transaction read only")
            return try await BulkPreview(request: request, entity: entity, context: context).look()
        }
    }

    private func look() async throws(Problem) -> [UInt8] {
        let condition = try BulkTargets(request: request, entity: entity, context: context).condition()
        let reader = RecordReader(entity: entity)
        let select = RecordSelect(
            entity: entity, authorizer: context.authorizer, registry: context.runtime.registry)
        let table = entity.table
        let results = try await context.read(
            [
                "select count(*) from \(unsafeSQL: table) t where \(sql: condition)",
                """
                select \(sql: reader.expression("t"))
                from \(unsafeSQL: table) t
                where \(sql: condition)
                order by t.id desc
                limit \(Self.looked)::bigint
                """,
                """
                select \(sql: select.expression("t")), t.id
                from \(unsafeSQL: table) t
                where \(sql: condition)
                order by t.id desc
                limit \(Self.shown)::bigint
                """,
            ], .long)
        let states = reader.states(results[1])
        var plan = BulkPlan(request.action, entity: entity, context: context)
        if !states.isEmpty { try await plan.take(states, assigned: request.assigned) }
        for id in missing(Set(states.map(\.id))) { plan.miss(id) }
        return document(count: results[0].integer(0, 0) ?? 0, first: results[2], plan)
    }

    /// Named ids that lead to nothing; beyond the thousand that are looked at nobody knows.
    private func missing(_ found: Set<UUIDv7>) -> [UUIDv7] {
        guard case .ids(let ids) = request.selection, found.count < Self.looked else { return [] }
        return ids.filter { !found.contains($0) }
    }

    private func document(count: Int64, first: Rows, _ plan: BulkPlan) -> [UInt8] {
        let write = BulkWrite(entity: entity, context: context)
        let history = RecordHistory(entity: entity, context: context)
        let changes = Dictionary(
            plan.sound.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var writer = JSONWriter(capacity: first.count * 800 + 200)
        writer.beginObject()
        writer.field("count", count)
        writer.key("first")
        writer.beginArray()
        for row in 0..<first.count {
            guard case .object(var record)? = first.json(row, 0), let id = first.id(row, 1) else { continue }
            var told = JSONWriter(capacity: 200)
            history.write(history.visibleChanges(changes[id].map { write.differences($0) }), to: &told)
            record["changes"] = (try? JSON.parse(told.bytes)) ?? .array([])
            writer.value(.object(record))
        }
        writer.endArray()
        writer.field("errors", .array(Self.errors(plan.faults, context)))
        writer.endObject()
        return writer.bytes
    }

    /// `[{id, field, code, message}]`.
    private static func errors(_ faults: [BulkPlan.Fault], _ context: Context) -> [JSON] {
        let errors = faults.flatMap { fault in fault.errors.map { (record: fault.record, error: $0) } }
        return errors.prefix(listed).map { item in
            BulkView.error(item.record, item.error.field, item.error.code, item.error.parameters, context)
        }
    }
}
