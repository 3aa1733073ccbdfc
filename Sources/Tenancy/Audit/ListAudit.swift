internal import Kernel
internal import Postgres
internal import Wire

/// What was done to records, newest first.
///
/// The changes of fields that the caller's role hides are left out, and so are all changes to records of
/// entities that the caller does not read as a whole.
struct ListAudit: Action {
    struct Input: Shape {
        let entity = Field.text("entity", max: 100).optional
        let record = Field<UUIDv7>.id("record_id").optional
        let actor = Field<UUIDv7>.id("actor_id").optional
        let action = Field<Act>.choice("action").optional
        let since = Field.instant("at[gte]").optional
        let after = Field.instant("at[gt]").optional
        let until = Field.instant("at[lte]").optional
        let before = Field.instant("at[lt]").optional
        let limit = Field.integer("limit", in: AuditPage.bounds).default(AuditPage.standard)
        let cursor = Field.text("cursor", max: 300).optional
        init() {}
    }

    /// What can be done to a record.
    enum Act: String, Choice { case created, updated, deleted, restored, erased }

    static let route = Route.get("/audit")
    static let access = RouteAccess.permission("audit.read")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let list = AuditPage.list("tenancy.audit", input.contents)
        let page = try AuditPage(limit: input.limit, cursor: input.cursor, list: list, in: context)
        return try await page.answer(try statement(input, page, in: context), in: context) {
            row, rows, writer in
            write(row, of: rows, in: context, to: &writer)
        }
    }

    private static func statement(_ input: Values<Input>, _ page: AuditPage, in context: Context)
        throws(Problem) -> SQL
    {
        var conditions: [SQL] = [
            "a.organization_id = \(try context.organization())::uuid", page.condition("a.at", "a.id"),
        ]
        if let entity = input.entity { conditions.append("a.entity = \(entity)") }
        if let record = input.record { conditions.append("a.record_id = \(record)::uuid") }
        if let actor = input.actor { conditions.append("a.actor_id = \(actor)::uuid") }
        if let action = input.action { conditions.append("a.action = \(action.rawValue)") }
        let span = AuditSpan(since: input.since, after: input.after, until: input.until, before: input.before)
        conditions += span.conditions
        return """
            select
                to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), a.id, a.entity,
                a.record_id,
                a.record_version, a.action, a.actor_kind, a.actor_id, m.name, a.request_id, host(a.address),
                a.changes,
                r.label
            from kernel.audit a
            left join kernel.memberships m on m.organization_id = a.organization_id and m.id = a.actor_id
            left join kernel.records r on r.organization_id = a.organization_id and r.id = a.record_id
            where \(sql: conditions.joined(separator: " and "))
            order by a.at desc, a.id desc
            limit \(page.limit + 1)
            """
    }

    private static func write(_ row: Int, of rows: Rows, in context: Context, to writer: inout JSONWriter) {
        let entity = context.runtime.registry.entity(rows[row, 2] ?? "")
        let isRead = entity.map { context.authorizer.readsAll($0) } ?? false
        writer.beginObject()
        writer.field("id", rows.id(row, 1))
        writer.field("at", rows[row, 0])
        writer.field("entity", rows[row, 2])
        writer.field("record_id", rows.id(row, 3))
        writer.field("record_label", isRead ? rows[row, 12] : nil)
        writer.field("record_version", rows.integer(row, 4))
        writer.field("action", rows[row, 5])
        writer.actor(rows[row, 6], rows.id(row, 7), rows[row, 8])
        writer.field("request_id", rows[row, 9])
        writer.field("address", rows[row, 10])
        writer.key("changes")
        writer.beginArray()
        if let entity, isRead { write(rows.json(row, 11), of: entity, in: context, to: &writer) }
        writer.endArray()
        writer.endObject()
    }

    private static func write(
        _ changes: JSON?, of entity: EntityDefinition, in context: Context, to writer: inout JSONWriter
    ) {
        for (key, change) in changes?.objectValue?.entries ?? [] {
            if let field = entity.field(key), !context.principal.grant.sees(field, of: entity) { continue }
            writer.beginObject()
            writer.field("field", key)
            writer.field("label", context.text("field.\(entity.name).\(key)"))
            writer.field("from", change.arrayValue?.first ?? .null)
            writer.field("to", change.arrayValue?.last ?? .null)
            writer.endObject()
        }
    }
}
