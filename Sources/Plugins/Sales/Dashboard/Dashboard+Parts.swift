internal import Kernel
internal import Wire

extension Dashboard {
    // MARK: Stages

    func writeStages(to writer: inout JSONWriter) throws(Problem) {
        let funnel = question.funnel
        writer.key("stages")
        writer.beginObject()
        writer.field("pipeline_id", funnel.pipeline)
        writer.field("label", funnel.name)
        writer.key("data")
        writer.beginArray()
        for (place, step) in funnel.steps.enumerated() {
            let count = open.reached[place]
            writer.beginObject()
            writer.field("stage_id", step.id)
            writer.field("label", step.name)
            writer.field("kind", step.kind)
            writer.field("count", count)
            writer.field("share", count.divided(by: open.reached[0], times: 10_000))
            writer.field(
                "conversion", place > 0 ? count.divided(by: open.reached[place - 1], times: 10_000) : nil)
            writer.field("filter", try filters.reached(place, in: question.span).query)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    // MARK: Months

    /// Won deals by the parts of the period, or of all the time in which there are any.
    func writeMonths(to writer: inout JSONWriter) throws(Problem) {
        let won = closed.times.filter { $0.value.current.sums.won > 0 }.keys
        var span = question.span
        if span == nil, let first = won.min(), let last = won.max() {
            span = DateSpan(from: first, to: DateSpan.whole(.month, around: last).to)
        }
        // Of all time the months are known, and no days.
        let unit = question.span?.unit ?? span.map { max($0.unit, .month) } ?? .month
        let parts = span?.parts(by: unit) ?? []
        let past = question.previous?.parts(by: unit) ?? []
        let periods = sums(of: parts, isCurrent: true)
        let before = sums(of: past, isCurrent: false)
        writer.key("months")
        writer.beginObject()
        writer.field("unit", unit.rawValue)
        writer.key("data")
        writer.beginArray()
        for (place, part) in parts.enumerated() {
            let previous = place < before.count ? before[place] : nil
            writer.beginObject()
            writer.field("from", part.from)
            writer.field("to", part.to)
            writer.field("label", unit.label(part))
            writer.field("count", periods[place].sums.won)
            writer.field("previous_count", previous?.sums.won)
            let pair = ClosedDeals.Pair(
                current: periods[place], previous: previous ?? ClosedDeals.Period())
            try money(pair, \.wonValue, hasPast: previous != nil, wonList(part)).write("value", to: &writer)
            writer.field("filter", try filters.closed(.won, in: part).query)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    /// The sums of parts that follow each other: days and months fall each into one.
    private func sums(of parts: [DateSpan], isCurrent: Bool) -> [ClosedDeals.Period] {
        var sums = [ClosedDeals.Period](repeating: ClosedDeals.Period(), count: parts.count)
        guard let start = parts.first?.from else { return sums }
        for (day, pair) in closed.times {
            // The first month of a period may begin before it.
            let day = max(day, start)
            guard let place = parts.firstIndex(where: { $0.to >= day }) else { continue }
            let period = isCurrent ? pair.current : pair.previous
            for (currency, more) in period.byCurrency { sums[place].add(more, in: currency) }
        }
        return sums
    }

    // MARK: Products, owners, teams

    func writeLines(
        _ key: String, id: String, _ lines: [ClosedDeals.Line], to writer: inout JSONWriter
    ) throws(Problem) {
        writer.key(key)
        writer.beginArray()
        for line in lines {
            let field = id == "team_id" ? "owner_id[in_team]" : id
            let condition: ListFilter.Pair =
                line.id.map { (name: field, value: "\($0)") } ?? (name: "\(id)[null]", value: "true")
            let sums = line.pair.current.sums
            writer.beginObject()
            writer.field(id, line.id)
            writer.field("label", line.label)
            writer.field("count", sums.won)
            try money(line.pair, \.wonValue, wonList(question.span, [condition])).write("value", to: &writer)
            writer.field("win_rate", sums.winRate)
            writer.field("filter", try filters.closed(.won, in: question.span, [condition]).query)
            writer.endObject()
        }
        writer.endArray()
    }

    // MARK: Leads and activities

    func writeLeads(to writer: inout JSONWriter) throws(Problem) {
        writer.key("leads")
        guard let leads else { return writer.null() }
        writer.beginObject()
        figure(leads.total, try filters.leads(in: question.span).query).write("count", to: &writer)
        writer.key("sources")
        writer.beginArray()
        for source in leads.first {
            let condition: ListFilter.Pair =
                source.kind.map { (name: "source", value: $0) } ?? (name: "source[null]", value: "true")
            writer.beginObject()
            writer.field("source", source.kind)
            write(source, try filters.leads(in: question.span, [condition]).query, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("statuses")
        writer.beginArray()
        for status in Lead.Status.allCases.map(\.rawValue) {
            writer.beginObject()
            writer.field("status", status)
            writer.field("label", filters.context.text("choice.sales.lead.status.\(status)"))
            let list = try filters.leads(in: question.span, [(name: "status", value: status)])
            write(leads.ofSecond(status), list.query, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    func writeActivities(to writer: inout JSONWriter) throws(Problem) {
        writer.key("activities")
        writer.beginObject()
        figure(activities.total, try filters.activities(in: question.span).query).write("count", to: &writer)
        writer.key("kinds")
        writer.beginArray()
        for kind in Activity.Kind.allCases.map(\.rawValue) {
            writer.beginObject()
            writer.field("kind", kind)
            writer.field("label", filters.context.text("choice.sales.activity.kind.\(kind)"))
            let list = try filters.activities(in: question.span, [(name: "kind", value: kind)])
            write(activities.ofSecond(kind), list.query, to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private func figure(_ count: CountedKinds.Count, _ filter: String) -> Figure {
        Figure(value: count.current, previous: hasPast ? count.previous : nil, filter: filter)
    }

    private func write(_ count: CountedKinds.Count, _ filter: String, to writer: inout JSONWriter) {
        writer.field("count", count.current)
        writer.field("previous", hasPast ? count.previous : nil)
        writer.field("filter", filter)
    }
}
