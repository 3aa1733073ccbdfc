internal import Kernel
internal import Postgres
internal import Wire

/// How many records of each kind there are in the period and in the one before: leads by source and status,
/// activities by kind.
struct CountedKinds: Sendable {
    struct Count: Sendable {
        /// Nil for records without.
        let kind: String?
        let current: Int64
        let previous: Int64
    }

    private(set) var total = Count(kind: nil, current: 0, previous: 0)
    /// By the first field, the most first.
    private(set) var first: [Count] = []
    /// By the second.
    private(set) var second: [Count] = []

    init(_ rows: Rows) {
        for row in 0..<rows.count {
            let count = Count(
                kind: rows[row, 1], current: rows.integer(row, 2) ?? 0, previous: rows.integer(row, 3) ?? 0)
            switch rows.integer(row, 0) {
            case 3: total = count
            case 1: first.append(count)
            default: second.append(count)
            }
        }
    }

    /// Of the kind in the second field; none where there is no row.
    func ofSecond(_ kind: String) -> Count {
        second.first { $0.kind == kind } ?? Count(kind: kind, current: 0, previous: 0)
    }

    /// Sources are the same whatever their case and accents.
    static func leads(_ filters: DashboardFilters) throws(Problem) -> SQL {
        let question = filters.question
        return counted(
            """
            select t.source_key as first, t.source as name, t.status as second,
            \(sql: try filters.leads(in: question.span).condition("t")) as is_current
            from sales.leads t
            where \(sql: try filters.context.reach(Lead.self, "t"))
            and \(sql: try filters.leads(in: question.whole).condition("t"))
            """)
    }

    /// By their only kind, the second.
    static func activities(_ filters: DashboardFilters) throws(Problem) -> SQL {
        let question = filters.question
        return counted(
            """
            select null::text as first, null::text as name, t.kind as second,
            \(sql: try filters.activities(in: question.span).condition("t")) as is_current
            from sales.activities t
            where \(sql: try filters.context.reach(Activity.self, "t"))
            and \(sql: try filters.activities(in: question.whole).condition("t"))
            """)
    }

    /// Rows of part (3 in all, 1 by the first, 2 by the second), kind and counts; at most fifty of a part.
    private static func counted(_ records: SQL) -> SQL {
        """
        select k.part, k.name, k.current, k.previous
        from (
            select grouping(d.first, d.second) as part,
            case when grouping(d.first) = 0 then min(d.name) when grouping(d.second) = 0 then d.second end as name,
            count(*) filter (where d.is_current) as current,
            count(*) filter (where not d.is_current) as previous,
            row_number() over (
                partition by grouping(d.first, d.second)
                order by count(*) filter (where d.is_current) desc, min(d.name)) as place
            from (\(sql: records)) d
            group by grouping sets ((), (d.first), (d.second))) k
        where k.place <= 50 and (k.part <> 1 or k.current > 0)
        order by k.part, k.place
        """
    }
}
