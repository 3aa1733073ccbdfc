internal import Kernel
internal import Postgres
internal import Wire

/// What is open now, what was started in the period and in the one before, and how far it came.
struct OpenDeals: Sendable {
    /// A number of deals, and their amounts by currency.
    struct Sums: Sendable {
        var count: Int64 = 0
        /// In minor units; deals without an amount stand under "".
        var value: [String: Int64] = [:]
    }

    private(set) var open = Sums()
    /// Amounts times probabilities, by currency.
    private(set) var weighted: [String: Int64] = [:]
    private(set) var started = Sums()
    private(set) var previous = Sums()
    /// By step of the funnel.
    private(set) var reached: [Int64]

    init(open rows: Rows, started: Rows, steps: Int) {
        reached = [Int64](repeating: 0, count: steps)
        for row in 0..<rows.count {
            let currency = rows[row, 0] ?? ""
            Self.take(rows, row, 1, &open, currency)
            weighted[currency] = rows.integer(row, 3)
        }
        for row in 0..<started.count {
            let currency = started[row, 0] ?? ""
            Self.take(started, row, 1, &self.started, currency)
            Self.take(started, row, 3, &previous, currency)
            for step in reached.indices { reached[step] += started.integer(row, 5 + step) ?? 0 }
        }
    }

    private static func take(
        _ rows: Rows, _ row: Int, _ column: Int, _ sums: inout Sums, _ currency: String
    ) {
        sums.count += rows.integer(row, column) ?? 0
        sums.value[currency] = rows.integer(row, column + 1)
    }

    /// What is open, a row for each currency: count, sum, and sum by probability.
    static func open(_ filters: DashboardFilters) throws(Problem) -> SQL {
        """
        select coalesce(t.amount_currency, '') collate "C", count(*),
        \(sql: ClosedDeals.total("t.amount", where: "true")),
        \(sql: ClosedDeals.total(
            "round(t.amount * coalesce(t.probability, s.win_probability) / 10000.0)", where: "true"))
        from sales.opportunities t
        join sales.stages s on s.organization_id = t.organization_id and s.id = t.stage_id
        where \(sql: try filters.context.reach(Opportunity.self, "t"))
        and \(sql: try filters.open().condition("t"))
        group by 1
        """
    }

    /// What was started, a row for each currency: counts and sums, then a count for each step.
    static func started(_ filters: DashboardFilters) throws(Problem) -> SQL {
        let (question, context) = (filters.question, filters.context)
        let isPast: SQL =
            question.span == nil ? "false" : try filters.started(in: question.previous).condition("t")
        var columns: [SQL] = []
        for part in ["is_started", "was_started"] {
            columns.append("sum(c.deals) filter (where c.\(unsafeSQL: part))::bigint")
            columns.append(ClosedDeals.total("c.amount", where: "c.\(part)"))
        }
        for step in question.funnel.steps.indices {
            // Whose deals they are, and when they were started, is known by then.
            let condition = try context.filter(Opportunity.self, filters.passed(step)).condition("c")
            columns.append("sum(c.deals) filter (where c.is_started and \(sql: condition))::bigint")
        }
        return """
            select c.currency, \(sql: columns.joined(separator: ", "))
            from (
                select v.currency, v.pipeline_id, v.reached_stage_id, v.engaged_on, v.is_started,
                v.was_started, count(*) as deals, sum(v.amount) as amount
                from (
                    select t.amount, coalesce(t.amount_currency, '') collate "C" as currency,
                    t.pipeline_id, t.reached_stage_id,
                    case when t.engaged_on is not null then 1 end as engaged_on,
                    \(sql: try filters.started(in: question.span).condition("t")) as is_started,
                    \(sql: isPast) as was_started
                    from sales.opportunities t
                    where \(sql: try context.reach(Opportunity.self, "t"))
                    and \(sql: try filters.started(in: question.whole).condition("t"))
                    offset 0) v
                group by v.currency, v.pipeline_id, v.reached_stage_id, v.engaged_on, v.is_started,
                v.was_started) c
            group by c.currency
            """
    }
}
