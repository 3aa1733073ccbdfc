internal import Kernel
internal import Postgres
internal import Wire

/// What the vendor's people did, and what was tried in their realm, newest first.
struct ListVendorAudit: Action {
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

    static let route = Route.get("/vendor/security-audit")
    static let access = RouteAccess.vendor(.superAdmin)

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let list = AuditPage.list("vendor.security_audit", input.contents)
        let page = try AuditPage(limit: input.limit, cursor: input.cursor, list: list, in: context)
        return try await page.answer(try statement(input, page, in: context), in: context) {
            row, rows, writer in
            write(row, of: rows, to: &writer)
        }
    }

    private static func statement(_ input: Values<Input>, _ page: AuditPage, in context: Context)
        throws(Problem) -> SQL
    {
        guard let session = context.principal.session else { throw Problem(401, "unauthenticated") }
        let span = AuditSpan(since: input.since, after: input.after, until: input.until, before: input.before)
        return """
            select
                to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), a.id, a.event, a.actor_id,
                a.actor_name, a.subject_id, a.subject_name, a.address, a.request_id, a.detail
            from platform.vendor_events(
                \(session)::uuid, \(input.event), \(input.actor)::uuid, \(input.subject)::uuid,
                \(span.begin)::timestamptz, \(span.end)::timestamptz, \(page.after?.at)::timestamptz,
                \(page.after?.id)::uuid, \(page.limit + 1)::integer) as a
            """
    }

    /// Nobody is named for an address that nobody has, nor for the operator's commands.
    private static func write(_ row: Int, of rows: Rows, to writer: inout JSONWriter) {
        let actor = rows.id(row, 3)
        writer.beginObject()
        writer.field("id", rows.id(row, 1))
        writer.field("at", rows[row, 0])
        writer.field("event", rows[row, 2])
        writer.actor(actor.map { _ in "vendor" }, actor, rows[row, 4])
        writer.field("subject_id", rows.id(row, 5))
        writer.field("subject_name", rows[row, 6])
        writer.field("address", rows[row, 7])
        writer.field("request_id", rows[row, 8])
        writer.field("detail", rows.json(row, 9))
        writer.endObject()
    }
}
