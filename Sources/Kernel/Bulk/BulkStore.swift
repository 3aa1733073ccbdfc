internal import Postgres
internal import Wire

/// Reads bulk changes as one caller, who sees their own; an admin sees all.
struct BulkStore {
    let context: Context

    private static let columns = """
        b.id, b.entity, b.action, b.assigned, b.status, b.done, b.total, b.counts, b.kept, b.next_portion,
        b.failure, b.log_removed_at is not null as is_pruned, b.created_by,
        to_char(b.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
        to_char(b.started_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as started_at,
        to_char(b.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as finished_at
        """

    /// A change that the caller may see; 404 otherwise. `lock` keeps others from moving it meanwhile.
    func find(_ id: UUIDv7, lock: Bool = false) async throws(Problem) -> StoredBulk {
        let own: SQL =
            context.principal.grant.isAdmin ? "" : " and b.created_by = \(context.principal.user)::uuid"
        let rows = try await context.read(
            """
            select row_to_json(j)::text
            from (select \(unsafeSQL: Self.columns)
            from kernel.bulk_changes b
            where b.organization_id = \(try context.organization())::uuid and b.id = \(id)::uuid
            and b.deleted_at is null\(sql: own)\(unsafeSQL: lock ? "\nfor update of b" : "")) j
            """)
        guard let json = rows.isEmpty ? nil : rows.json(0, 0),
            let found = StoredBulk(json, registry: context.runtime.registry),
            context.principal.plugins.contains(found.entity.plugin)
        else { throw Problem.notFound }
        return found
    }

    /// Moves a change on from one of the states; false from any other, and when its log is no longer kept.
    func move(
        _ id: UUIDv7, from allowed: [BulkStatus], to status: BulkStatus, setting more: SQL = ""
    ) async throws(Problem) -> Bool {
        let rows = try await context.write([
            """
            update kernel.bulk_changes as b
            set status = \(status.rawValue)\(sql: more)
            where b.organization_id = \(try context.organization())::uuid and b.id = \(id)::uuid
            and b.status = any(\(allowed.map(\.rawValue))::text[]) and b.log_removed_at is null
            returning b.id
            """
        ])
        return rows[0].count == 1
    }

    /// Ends the work with a reason, and tells who asked for it.
    func fail(_ id: UUIDv7, _ code: String) async throws(Problem) {
        try await context.inTransaction { (context: Context) async throws(Problem) -> Void in
            let hasMoved = try await BulkStore(context: context).move(
                id, from: [.queued, .running, .undoing], to: .failed,
                setting: ", failure = \(code), finished_at = now()")
            guard hasMoved else { return }
            let rows = try await context.read(
                """
                select b.created_by, b.entity
                from kernel.bulk_changes b
                where b.organization_id = \(try context.organization())::uuid and b.id = \(id)::uuid
                """)
            guard let member = rows.id(0, 0), let entity = rows[0, 1] else { return }
            try await context.notify([BulkNotices.notice(.bulkFailed, id, entity: entity, to: member)])
        }
    }
}
