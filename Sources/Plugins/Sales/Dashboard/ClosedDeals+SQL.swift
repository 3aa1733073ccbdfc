internal import Kernel
internal import Postgres
internal import Wire

extension ClosedDeals {
    /// Lines of each kind.
    private static let most = 50

    /// One pass over the deals that were closed in the period or in the one before.
    ///
    /// Rows of `total`, `time`, `product`, `owner` and `team`: section, whether of the period, day or id, label,
    /// currency, sums. Whoever stands for no product or owner has the id of zeros.
    static func statement(_ filters: DashboardFilters) throws(Problem) -> SQL {
        """
        with sums as materialized (\(sql: try sums(filters))),
        keyed as (\(sql: try keyed(filters.context))),
        ranked as (
            select k.section, k.key, row_number() over (
                partition by k.section
                order by sum(k.value) filter (where k.currency = \(filters.currency)) desc nulls last,
                sum(k.won) desc, k.key) as place
            from keyed k
            where k.is_current
            group by k.section, k.key
        )
        select case u.part when 7 then 'total' else 'time' end, u.is_current, u.day::text, null::text,
        u.currency, u.won, u.lost, u.value, u.valued, u.lost_value, u.cycle, 0 as place
        from sums u
        where u.part in (7, 3)
        union all
        select k.section, k.is_current, k.key::text, \(sql: label(filters.context)),
        k.currency, k.won, k.lost, k.value, k.valued, k.lost_value, k.cycle, r.place
        from keyed k
        join ranked r on r.section = k.section and r.key = k.key and r.place <= \(Int64(most))::bigint
        order by 1, place, 2
        """
    }

    private static func sums(_ filters: DashboardFilters) throws(Problem) -> SQL {
        let question = filters.question
        let current: SQL =
            question.span == nil ? "true" : try filters.closed(nil, in: question.span).condition("t")
        return """
            select grouping(d.day, d.product_id, d.owner_id) as part, d.is_current, d.currency, d.day,
            d.product_id, d.owner_id, sum(d.deals) filter (where d.is_won)::bigint as won,
            sum(d.deals) filter (where not d.is_won)::bigint as lost,
            \(sql: total("d.amount", where: "d.is_won")) as value,
            sum(d.valued) filter (where d.is_won)::bigint as valued,
            \(sql: total("d.amount", where: "not d.is_won")) as lost_value,
            \(sql: total("d.cycle", where: "true")) as cycle
            from (\(sql: try smallest(filters, current))) d
            group by grouping sets (
                (d.is_current, d.currency), (d.is_current, d.currency, d.day),
                (d.is_current, d.currency, d.product_id), (d.is_current, d.currency, d.owner_id))
            """
    }

    /// The deals by everything at once, so that what is grouped four times is few rows.
    private static func smallest(_ filters: DashboardFilters, _ current: SQL) throws(Problem) -> SQL {
        let question = filters.question
        let unit = question.span.map { $0.unit == .day || $0.unit == .week ? "day" : "month" } ?? "month"
        let zone = filters.context.principal.preferences.timeZone
        return """
            select v.is_won, v.is_current, v.currency, v.day, v.product_id, v.owner_id, count(*) as deals,
            sum(v.amount) as amount, count(v.amount) as valued, sum(v.cycle) as cycle
            from (
                select t.amount, coalesce(t.amount_currency, '') collate "C" as currency, t.product_id,
                t.owner_id, \(sql: try filters.closed(.won, in: nil).condition("t")) as is_won,
                \(sql: current) as is_current,
                date_trunc(\(unit), t.closed_at at time zone \(zone))::date as day,
                greatest(0, extract(epoch from t.closed_at
                - coalesce(t.engaged_on::timestamp at time zone \(zone), t.created_at)))::bigint as cycle
                from sales.opportunities t
                where \(sql: try filters.context.reach(Opportunity.self, "t"))
                and \(sql: try filters.closed(nil, in: question.whole).condition("t"))
                offset 0) v
            group by v.is_won, v.is_current, v.currency, v.day, v.product_id, v.owner_id
            """
    }

    /// A sum that does not overflow.
    static func total(_ column: String, where condition: String) -> SQL {
        """
        least(coalesce(sum(\(unsafeSQL: column)) filter (where \(unsafeSQL: condition)), 0),
        9223372036854775807)::bigint
        """
    }

    private static func keyed(_ context: Context) throws(Problem) -> SQL {
        let sums = "is_current, u.currency, u.won, u.lost, u.value, u.valued, u.lost_value, u.cycle"
        let none = "'00000000-0000-0000-0000-000000000000'::uuid"
        let lines: SQL = """
            select case u.part when 5 then 'product' else 'owner' end as section,
            coalesce(case u.part when 5 then u.product_id else u.owner_id end, \(unsafeSQL: none)) as key,
            u.\(unsafeSQL: sums)
            from sums u
            where u.part in (5, 6)
            """
        guard (try? context.authorizer.require("teams.read")) != nil else { return lines }
        return """
            \(sql: lines)
            union all
            select 'team', r.team_id, u.is_current, u.currency, sum(u.won)::bigint, sum(u.lost)::bigint,
            \(sql: total("u.value", where: "true")), sum(u.valued)::bigint,
            \(sql: total("u.lost_value", where: "true")), \(sql: total("u.cycle", where: "true"))
            from sums u
            join (
                select distinct w.ancestor_id as team_id, m.member_id
                from kernel.team_paths w
                join kernel.team_members m on m.organization_id = w.organization_id
                and m.team_id = w.descendant_id
                join kernel.teams q on q.organization_id = w.organization_id and q.id = w.ancestor_id
                and q.deleted_at is null
                where w.organization_id = \(try context.organization())::uuid) r on r.member_id = u.owner_id
            where u.part = 6
            group by r.team_id, u.is_current, u.currency
            """
    }

    /// What a line is called. The names of colleagues are no secret, those of the rest are for their readers.
    private static func label(_ context: Context) -> SQL {
        """
        case k.section
            when 'product' then \(sql: context.label(of: Product.self, "k.key"))
            when 'team' then \(sql: context.label(of: Team.self, "k.key"))
            else (select m.name from kernel.memberships m
                where m.organization_id = current_setting('app.organization_id')::uuid and m.id = k.key)
        end
        """
    }
}
