internal import Postgres
internal import Wire

/// The records that a request names, as SQL.
struct BulkTargets {
    let request: BulkRequest
    let entity: EntityDefinition
    let context: Context

    /// The live ones within reach, over the alias `t`.
    func condition() throws(Problem) -> SQL {
        var conditions: [SQL] = [
            try BulkReach(entity: entity, context: context).condition("t"), "t.deleted_at is null",
        ]
        switch request.selection {
        case .ids(let ids): conditions.append("t.id = any(\(ids)::uuid[])")
        case .filter(let filter, let search):
            let compiler = FilterCompiler(
                alias: "t", timeZone: context.principal.preferences.timeZone, now: context.now)
            conditions.append(compiler.sql(filter))
            if let search {
                conditions.append(
                    "t.id = any(array(select s.id from kernel.search(\(entity.name), \(search), 1000) s))")
            }
        }
        return conditions.joined(separator: "\nand ")
    }

    /// `id` of each record that is to be looked at. Ids that were named are kept, so that each can be told
    /// of.
    func ids() throws(Problem) -> SQL {
        if case .ids(let ids) = request.selection { return "select u.id from unnest(\(ids)::uuid[]) u (id)" }
        return "select t.id from \(unsafeSQL: entity.table) t where \(sql: try condition())"
    }
}
