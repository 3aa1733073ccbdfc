internal import Kernel
internal import Postgres
internal import Wire

/// What concerns security, newest first: log-ins, failures, invitations, roles, settings, exports.
struct ListSecurityAudit: Action {
    struct Input: Shape {
        let event = Field.text("event", max: 100).optional
        let actor = Field<UUIDv7>.id("actor_id").optional
        let subject = Field<UUIDv7>.id("subject_id").optional
        let since = Field.instant("at[gte]").optional
        let after = Field.instant("at[gt]").optional
        let until = Field.instant("at[lte]").optional
        let before = Field.instant("at[lt]").optional
        let limit = Field.integer("limit", in: AuditPage.bounds).default(AuditPage.standard)
        let cursor = Field.text("cursor", max: 300).optional
        init() {}
    }

    static let route = Route.get("/security-audit")
    static let access = RouteAccess.permission("audit.read")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let list = AuditPage.list("tenancy.security_audit", input.contents)
        let page = try AuditPage(limit: input.limit, cursor: input.cursor, list: list, in: context)
        return try await page.answer(try statement(input, page, in: context), in: context) {
            row, rows, writer in
            write(row, of: rows, to: &writer)
        }
    }

    private static func statement(_ input: Values<Input>, _ page: AuditPage, in context: Context)
        throws(Problem) -> SQL
    {
        var conditions: [SQL] = [
            "a.organization_id = \(try context.organization())::uuid", page.condition("a.at", "a.id"),
        ]
        if let event = input.event { conditions.append("a.event = \(event)") }
        if let actor = input.actor { conditions.append("a.actor_id = \(actor)::uuid") }
        if let subject = input.subject { conditions.append("a.subject_id = \(subject)::uuid") }
        let span = AuditSpan(since: input.since, after: input.after, until: input.until, before: input.before)
        conditions += span.conditions
        return """
            select
                to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), a.id, a.event,
                a.actor_kind,
                a.actor_id, m.name, a.subject_id, s.name, host(a.address), a.request_id, a.detail
            from kernel.security_audit a
            left join kernel.memberships m on m.organization_id = a.organization_id and m.id = a.actor_id
            left join kernel.memberships s on s.organization_id = a.organization_id and s.id = a.subject_id
            where \(sql: conditions.joined(separator: " and "))
            order by a.at desc, a.id desc
            limit \(page.limit + 1)
            """
    }

    private static func write(_ row: Int, of rows: Rows, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("id", rows.id(row, 1))
        writer.field("at", rows[row, 0])
        writer.field("event", rows[row, 2])
        writer.actor(rows[row, 3], rows.id(row, 4), rows[row, 5])
        writer.field("subject_id", rows.id(row, 6))
        writer.field("subject_name", rows[row, 7])
        writer.field("address", rows[row, 8])
        writer.field("request_id", rows[row, 9])
        writer.field("detail", rows.json(row, 10))
        writer.endObject()
    }
}
