internal import Kernel
internal import Postgres
internal import Wire

/// The stages that a deal went through, oldest first, and the time spent in each.
struct ListStageChanges: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.get("/opportunities/{id}/stages")
    static let access = RouteAccess.permission("sales.deal.read")
    static let answer = AnswerShape.object([.init("data", "array"), .init("stages", "array")])
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let opportunity = try await context.find(ID<Opportunity>(input.id))
        let organization = try context.organization()
        let results = try await context.read([
            changes(of: opportunity.id.uuid, organization), totals(of: opportunity.id.uuid, organization),
        ])
        var writer = JSONWriter(capacity: 2048)
        writer.beginObject()
        write("data", results[0], to: &writer)
        write("stages", results[1], to: &writer)
        writer.endObject()
        return .json(writer.bytes)
    }

    private static func write(_ key: String, _ rows: Rows, to writer: inout JSONWriter) {
        writer.key(key)
        writer.beginArray()
        for row in 0..<rows.count { writer.raw(rows.withBytes(row, 0) { Array($0) }) }
        writer.endArray()
    }

    /// Each step with the seconds spent in the stage that was left.
    private static func changes(of id: UUIDv7, _ organization: UUIDv7) -> SQL {
        """
        select json_build_object(
            'at', to_char(c.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'from_stage_id', c.from_value, 'from', f.name, 'to_stage_id', c.to_value, 'to', s.name,
            'seconds', c.seconds, 'reason', c.reason,
            'by', json_build_object('kind', c.by_kind, 'id', c.by_id, 'name', m.name))
        from kernel.transitions c
        left join sales.stages f on f.organization_id = c.organization_id and f.id = c.from_value::uuid
        left join sales.stages s on s.organization_id = c.organization_id and s.id = c.to_value::uuid
        left join kernel.memberships m on m.organization_id = c.organization_id and m.id = c.by_id
        where c.organization_id = \(organization)::uuid
        and c.record_id = \(id)::uuid and c.field = 'stage_id'
        order by c.at, c.id
        limit 1000
        """
    }

    /// Each stage with all the seconds in it, those of the stay under way included.
    private static func totals(of id: UUIDv7, _ organization: UUIDv7) -> SQL {
        """
        with stays as (
            select c.to_value::uuid as stage_id, c.at as since,
            lead(c.at) over (order by c.at, c.id) as until
            from kernel.transitions c
            where c.organization_id = \(organization)::uuid
        and c.record_id = \(id)::uuid and c.field = 'stage_id'
        )
        select json_build_object(
            'stage_id', s.id, 'name', s.name, 'kind', s.kind,
            'seconds', sum(extract(epoch from coalesce(y.until, now()) - y.since))::bigint,
            'visits', count(*), 'is_current', bool_or(y.until is null),
            'since', to_char(max(y.since), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        from stays y
        join sales.stages s on s.organization_id = \(organization)::uuid and s.id = y.stage_id
        group by s.id, s.name, s.kind, s.position
        order by min(y.since), s.position
        """
    }
}
