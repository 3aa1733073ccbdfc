internal import Kernel
internal import Wire

/// A dashboard's numbers, and how they are told.
struct Dashboard {
    let filters: DashboardFilters
    let closed: ClosedDeals
    let open: OpenDeals
    let activities: CountedKinds
    /// Nil for whoever may read no leads.
    let leads: CountedKinds?

    var question: DashboardQuestion { filters.question }
    var currency: String { filters.currency }
    /// Whether there is a period before.
    var hasPast: Bool { question.span != nil }

    /// The whole answer.
    func document() throws(Problem) -> [UInt8] {
        var writer = JSONWriter(capacity: 65_536)
        writer.beginObject()
        writePeriod(to: &writer)
        try writeFigures(to: &writer)
        try writeStages(to: &writer)
        try writeMonths(to: &writer)
        try writeLines("products", id: "product_id", closed.products, to: &writer)
        try writeLines("owners", id: "owner_id", closed.owners, to: &writer)
        try writeLines("teams", id: "team_id", closed.teams, to: &writer)
        try writeLeads(to: &writer)
        try writeActivities(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private func writePeriod(to writer: inout JSONWriter) {
        writer.key("period")
        writer.beginObject()
        writer.field("name", question.period)
        writer.field("from", question.span?.from)
        writer.field("to", question.span?.to)
        writer.field("time_zone", filters.context.principal.preferences.timeZone)
        writer.key("previous")
        if let previous = question.previous {
            writer.beginObject()
            writer.field("from", previous.from)
            writer.field("to", previous.to)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.endObject()
        writer.field("currency", currency)
        writer.field("as_of", filters.context.now)
    }

    // MARK: Figures

    private func writeFigures(to writer: inout JSONWriter) throws(Problem) {
        try writeOpen(to: &writer)
        try writeStarted(to: &writer)
        try writeClosed(to: &writer)
        let either = try filters.closed(nil, in: question.span).query
        figure(of: \.winRate, either).write("win_rate", to: &writer)
        figure(of: \.averageCycle, either).write("sales_cycle", to: &writer)
    }

    private func writeOpen(to writer: inout JSONWriter) throws(Problem) {
        writer.key("open")
        writer.beginObject()
        let query = try filters.open().query
        Figure(value: open.open.count, previous: nil, filter: query).write("count", to: &writer)
        let list = { (more: DashboardFilters.Pairs) throws(Problem) in try filters.open(more).query }
        try money(open.open.value, nil, list).write("value", to: &writer)
        try money(open.weighted, nil, list).write("weighted", to: &writer)
        writer.endObject()
    }

    private func writeStarted(to writer: inout JSONWriter) throws(Problem) {
        writer.key("started")
        writer.beginObject()
        let list = { (more: DashboardFilters.Pairs) throws(Problem) in
            try filters.started(in: question.span, more).query
        }
        Figure(
            value: open.started.count, previous: hasPast ? open.previous.count : nil, filter: try list([])
        ).write("count", to: &writer)
        try money(open.started.value, hasPast ? open.previous.value : nil, list).write("value", to: &writer)
        writer.endObject()
    }

    private func writeClosed(to writer: inout JSONWriter) throws(Problem) {
        writer.key("won")
        writer.beginObject()
        figure(of: \.won, try filters.closed(.won, in: question.span).query).write("count", to: &writer)
        let list = wonList(question.span)
        try money(closed.total, \.wonValue, list).write("value", to: &writer)
        try money(closed.total, \.average, list).write("average", to: &writer)
        writer.endObject()
        writer.key("lost")
        writer.beginObject()
        figure(of: \.lost, try filters.closed(.lost, in: question.span).query).write("count", to: &writer)
        try money(closed.total, \.lostAmount) { (more: DashboardFilters.Pairs) throws(Problem) in
            try filters.closed(.lost, in: question.span, more).query
        }.write("value", to: &writer)
        writer.endObject()
    }

    private func figure(of number: (ClosedDeals.Sums) -> Int64?, _ filter: String) -> Figure {
        Figure(
            value: number(closed.total.current.sums),
            previous: hasPast ? number(closed.total.previous.sums) : nil, filter: filter)
    }

    // MARK: Money

    typealias List = (DashboardFilters.Pairs) throws(Problem) -> String

    /// What was won in the days, and more conditions.
    func wonList(_ span: DateSpan?, _ also: DashboardFilters.Pairs = []) -> List {
        { (more: DashboardFilters.Pairs) throws(Problem) in
            try filters.closed(.won, in: span, also + more).query
        }
    }

    /// One number of the closed deals in each currency; `previous` is nil where there is no period before.
    func money(
        _ pair: ClosedDeals.Pair, _ number: (ClosedDeals.Sums) -> Int64?, hasPast: Bool? = nil, _ list: List
    ) throws(Problem) -> [MoneyFigure] {
        func numbers(_ period: ClosedDeals.Period) -> [String: Int64] {
            period.byCurrency.compactMapValues(number)
        }
        let past = hasPast ?? self.hasPast
        return try money(numbers(pair.current), past ? numbers(pair.previous) : nil, list)
    }

    /// The organization's currency first, then those of which there is something.
    func money(_ current: [String: Int64], _ previous: [String: Int64]?, _ list: List) throws(Problem)
        -> [MoneyFigure]
    {
        let told = current.merging(previous ?? [:]) { $0 | $1 }.filter { $0.value != 0 }
        let found = Set(told.keys).subtracting([currency, ""])
        var figures: [MoneyFigure] = []
        for code in [currency] + found.sorted() {
            figures.append(
                MoneyFigure(
                    currency: code, value: current[code] ?? 0, previous: previous.map { $0[code] ?? 0 },
                    filter: try list([(name: "amount_currency", value: code)])))
        }
        return figures
    }
}

extension ClosedDeals.Sums {
    /// Basis points of the closed ones that were won.
    var winRate: Int64? { won.divided(by: won + lost, times: 10_000) }
    /// Seconds.
    var averageCycle: Int64? { cycle.divided(by: won + lost) }
    /// Nil where nothing with an amount was won.
    var wonValue: Int64? { valued > 0 ? value : nil }
    var average: Int64? { value.divided(by: valued) }
    var lostAmount: Int64? { lostValue > 0 ? lostValue : nil }
}
