internal import Postgres
internal import Wire

/// Who is told of the end of a change of many records: who asked for it, and whom it made the owner.
struct BulkNotices {
    let stored: StoredBulk
    /// As the member who asked for it.
    let context: Context

    func done() async throws(Problem) -> [Notice] {
        var arguments = JSONObject()
        arguments["count"] = .number(JSONNumber(stored.counts.update + stored.counts.delete))
        arguments["errors"] = .number(JSONNumber(stored.counts.error))
        return own(.bulkDone, arguments) + (try await owner())
    }

    func undone() -> [Notice] { own(.bulkUndone, JSONObject()) }

    private func own(_ kind: Notice.Kind, _ more: JSONObject) -> [Notice] {
        guard let member = context.principal.user else { return [] }
        return [Self.notice(kind, stored.id, entity: stored.entity.name, to: member, more)]
    }

    /// Told to whoever asked for the change.
    static func notice(
        _ kind: Notice.Kind, _ id: UUIDv7, entity: String, to member: UUIDv7,
        _ more: JSONObject = JSONObject()
    ) -> Notice {
        var arguments = more
        arguments["entity"] = .string(entity)
        return Notice(kind, to: member, by: nil, of: Notice.Subject("kernel.bulk_change", id), arguments)
    }

    private func owner() async throws(Problem) -> [Notice] {
        guard stored.action == .update, case .owner(let key, _) = stored.entity.ownership,
            let owner = stored.json["assigned"]?[key]?.stringValue.flatMap({ UUIDv7($0) }),
            owner != context.principal.user
        else { return [] }
        let rows = try await context.read(
            """
            select count(*)
            from kernel.bulk_rows r
            where r.organization_id = \(try context.organization())::uuid
            and r.bulk_change_id = \(stored.id)::uuid and r.before ? \(key)
            """)
        guard let count = rows.integer(0, 0), count > 0 else { return [] }
        return [.owners(to: owner, by: context.principal.user, count: count, entity: stored.entity.name)]
    }
}
