internal import Postgres
internal import Wire

/// Writes notices with the event that announces them, in the transaction of what they tell of.
struct NoticeWriter {
    /// The event's name without its last part: no entity has it.
    static let name = "kernel.notification"

    let context: Context

    /// Two parts of a `with`: the notice, where the part named `cause` has a row, and its event. Whoever is no
    /// active member is told nothing, nor who did it.
    func parts(_ notice: Notice, from cause: String) throws(Problem) -> [SQL] {
        let condition: SQL = "exists (select from \(unsafeSQL: cause))"
        return [
            "told as (\(sql: try insert(notice, where: condition)))",
            "announced as (\(sql: event("created", from: "told")))",
        ]
    }

    /// The same as a statement of its own.
    func statement(_ notice: Notice) throws(Problem) -> SQL {
        """
        with told as (\(sql: try insert(notice, where: "true"))),
        announced as (\(sql: event("created", from: "told")))
        select count(*)
        from told
        """
    }

    /// The event of rows of `source` with `organization_id`, `id` and `member_id`.
    func event(_ action: String, from source: String) -> SQL {
        """
        insert into kernel.outbox (organization_id, event, record_id, owner_after, actor_kind, actor_id)
        select e.organization_id, \("\(Self.name).\(action)"), e.id, e.member_id,
            \(context.principal.kind.rawValue), \(context.principal.user)::uuid
        from \(unsafeSQL: source) e
        """
    }

    private func insert(_ notice: Notice, where condition: SQL) throws(Problem) -> SQL {
        """
        insert into kernel.notifications (
            organization_id, id, member_id, kind, arguments, entity, record_id, actor_id, created_at)
        select m.organization_id, \(notice.id)::uuid, m.id, \(notice.kind.rawValue),
            \(JSON.object(notice.arguments))::jsonb, \(notice.subject?.type)::text,
            \(notice.subject?.id)::uuid, \(notice.actor)::uuid, \(context.now)::timestamptz
        from kernel.memberships m
        where m.organization_id = \(try context.organization())::uuid and m.id = \(notice.member)::uuid
        and m.status = 'active' and m.id is distinct from \(notice.actor)::uuid and \(sql: condition)
        returning organization_id, id, member_id
        """
    }
}

extension Context {
    /// Tells members something, in the context's transaction where it has one.
    public func notify(_ notices: [Notice]) async throws(Problem) {
        guard !notices.isEmpty else { return }
        var statements: [SQL] = []
        for notice in notices { statements.append(try NoticeWriter(context: self).statement(notice)) }
        _ = try await write(statements)
    }
}
