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

    init(_ rows: Rows, steps: Int) {
        reached = [Int64](repeating: 0, count: steps)
        for row in 0..<rows.count {
            let currency = rows[row, 0] ?? ""
            func take(_ sums: inout Sums, _ column: Int) {
                sums.count += rows.integer(row, column) ?? 0
                sums.value[currency] = rows.integer(row, column + 1)
            }
            take(&open, 1)
            take(&started, 3)
            take(&previous, 5)
            weighted[currency] = rows.integer(row, 7)
            for step in reached.indices { reached[step] += rows.integer(row, 8 + step) ?? 0 }
        }
    }

    /// A row for each currency: counts and sums, then a count for each step.
    static func statement(_ filters: DashboardFilters) throws(Problem) -> SQL {
        let (question, context) = (filters.question, filters.context)
        let isPast: SQL =
            question.span == nil ? "false" : try filters.started(in: question.previous).condition("t")
        var columns: [SQL] = []
        for part in ["is_open", "is_started", "was_started"] {
            columns.append("count(*) filter (where c.\(unsafeSQL: part))")
            columns.append(ClosedDeals.total("c.amount", where: "c.\(part)"))
        }
        columns.append(ClosedDeals.total("c.weighted", where: "c.is_open"))
        for step in question.funnel.steps.indices {
            // The start is known by then.
            let condition = try filters.reached(step, in: nil).condition("c")
            columns.append("count(*) filter (where c.is_started and \(sql: condition))")
        }
        return """
            select coalesce(c.amount_currency, ''), \(sql: columns.joined(separator: ", "))
            from (
                select t.amount, t.amount_currency, t.pipeline_id, t.product_id, t.owner_id,
                t.reached_stage_id, t.engaged_on,
                round(t.amount * coalesce(t.probability, s.win_probability) / 10000.0) as weighted,
                \(sql: try filters.open().condition("t")) as is_open,
                \(sql: try filters.started(in: question.span).condition("t")) as is_started,
                \(sql: isPast) as was_started
                from sales.opportunities t
                join sales.stages s on s.organization_id = t.organization_id and s.id = t.stage_id
                where \(sql: try context.reach(Opportunity.self, "t"))
                and \(sql: try filters.every().condition("t"))
                offset 0) c
            where c.is_open or c.is_started or c.was_started
            group by 1
            """
    }
}
