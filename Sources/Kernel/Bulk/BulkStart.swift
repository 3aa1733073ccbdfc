internal import Postgres
internal import Wire

/// Notes which records a request means and puts the work into the queue.
struct BulkStart {
    let request: BulkRequest
    let entity: EntityDefinition
    let context: Context

    /// Records in one transaction of the work.
    static let portion = 1000

    /// 202 with the job, which is the bulk change's id too.
    func answer() async throws(Problem) -> Answer {
        let id = try await context.inTransaction(.bulk) {
            (context: Context) async throws(Problem) -> UUIDv7 in
            let id = try await context.enqueue(RunBulk.self)
            _ = try await context.write(try statements(id, in: context))
            return id
        }
        let link = "/api/v1/bulk/\(id)"
        let undo: JSON = request.action.isUndoable(entity) ? .string("\(link)/undo") : .null
        return Answer.json(
            [
                "id": .string(id.description), "job": .string(id.description), "status": "queued",
                "undo": undo,
            ], status: 202
        ).with("Location", link)
    }

    private func statements(_ id: UUIDv7, in context: Context) throws(Problem) -> [SQL] {
        let organization = try context.organization()
        let ids = try BulkTargets(request: request, entity: entity, context: context).ids()
        return [
            """
            insert into kernel.bulk_changes (organization_id, id, entity, action, assigned)
            values (\(organization)::uuid, \(id)::uuid, \(entity.name), \(request.action.rawValue),
            \(request.set)::jsonb)
            """,
            """
            insert into kernel.bulk_portions (organization_id, bulk_change_id, portion, records)
            select \(organization)::uuid, \(id)::uuid, n.portion, array_agg(n.id order by n.id)
            from (select x.id, ((row_number() over (order by x.id) - 1) / \(Self.portion)::bigint)::integer
            as portion
            from (\(sql: ids)) x) n
            group by n.portion
            """,
            """
            update kernel.bulk_changes as b
            set total = (
                select coalesce(sum(cardinality(p.records)), 0)
                from kernel.bulk_portions p
                where p.organization_id = b.organization_id and p.bulk_change_id = b.id)
            where b.organization_id = \(organization)::uuid and b.id = \(id)::uuid
            """,
        ]
    }
}
