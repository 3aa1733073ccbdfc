internal import Kernel
internal import Postgres
internal import Wire

extension Account {
    /// Refuses a parent that is below the account already: the tree of companies has no circle.
    static func checkParent(_ change: inout Change<Account>, in context: Context) async throws(Problem) {
        guard change.changes(\.parent), let parent = change.after.parent else { return }
        let rows = try await context.read(
            """
            with recursive above (id, parent_id) as (
                select a.id, a.parent_id
                from directory.accounts a
                where a.organization_id = \(try context.organization())::uuid and a.id = \(parent.uuid)::uuid
                union
                select a.id, a.parent_id
                from directory.accounts a
                join above on a.id = above.parent_id
                where a.organization_id = \(try context.organization())::uuid
            )
            select exists (select from above where id = \(change.after.id.uuid)::uuid)
            """)
        if rows.bool(0, 0) == true { change.refuse(\.parent, "parent_below") }
    }
}
