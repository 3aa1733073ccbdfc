internal import Postgres
internal import Wire

/// Who is told of an import's end: who started it, and those whom it made owners.
struct ImportNotices {
    let stored: StoredImport
    /// As the member who started it.
    let context: Context

    private var subject: Notice.Subject { Notice.Subject("kernel.import", stored.id) }

    /// What the member is told of work of their own.
    func own(_ kind: Notice.Kind) -> [Notice] {
        guard let member = context.principal.user else { return [] }
        var arguments = JSONObject()
        arguments["label"] = stored.json["file_name"]
        if kind == .importDone {
            let counts = stored.counts
            for (key, count) in [
                ("created", counts.create), ("updated", counts.update), ("skipped", counts.skip),
                ("errors", counts.error),
            ] {
                arguments[key] = .number(JSONNumber(count))
            }
        }
        return [Notice(kind, to: member, by: nil, of: subject, arguments)]
    }

    /// What those are told whom it gave records, each with how many.
    ///
    /// Each record is looked up by its key from the import's row (`offset 0` keeps it so): right after an import
    /// neither table has statistics, and a join was made of every row with every record.
    func owners() async throws(Problem) -> [Notice] {
        guard case .owner(let key, _) = stored.entity.ownership, names(key) else { return [] }
        let rows = try await context.read(
            [
                """
                select o.owner, count(*)
                from kernel.import_rows r
                cross join lateral (
                    select t.\(identifier: key) as owner
                    from \(unsafeSQL: stored.entity.table) t
                    where t.organization_id = r.organization_id and t.id = r.record_id
                    offset 0) o
                where r.organization_id = \(try context.organization())::uuid
                and r.import_id = \(stored.id)::uuid and r.entity = \(stored.entity.name)
                and (r.action = 'created' or r.before ? \(key)) and o.owner is not null
                and o.owner is distinct from \(context.principal.user)::uuid
                group by o.owner
                order by count(*) desc, o.owner
                limit 1000
                """
            ], .long)[0]
        return (0..<rows.count).compactMap { row in
            guard let owner = rows.id(row, 0), let count = rows.integer(row, 1) else { return nil }
            return .owners(
                to: owner, by: context.principal.user, count: count, entity: stored.entity.name)
        }
    }

    /// Whether the mapping fills the field.
    private func names(_ key: String) -> Bool {
        let columns = stored.mapping?["columns"]?.arrayValue ?? []
        return columns.contains { $0["field"]?.stringValue == key }
            || stored.mapping?["constants"]?[key] != nil
    }
}
