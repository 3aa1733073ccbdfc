internal import Kernel
internal import Wire

/// The lists behind a dashboard's numbers: each number is counted by the very conditions that its list has.
struct DashboardFilters: Sendable {
    let question: DashboardQuestion
    let context: Context

    typealias Pairs = [ListFilter.Pair]

    /// The organization's.
    var currency: String { context.principal.preferences.currency }

    /// Whose records: what is said of leads and activities too.
    private var people: Pairs {
        var pairs: Pairs = []
        if let owner = question.owner { pairs.append((name: "owner_id", value: "\(owner)")) }
        if let team = question.team { pairs.append((name: "owner_id[in_team]", value: "\(team)")) }
        return pairs
    }

    private var subjects: Pairs {
        var pairs: Pairs = []
        if let pipeline = question.pipeline { pairs.append((name: "pipeline_id", value: "\(pipeline)")) }
        if let product = question.product { pairs.append((name: "product_id", value: "\(product)")) }
        return pairs
    }

    /// The days of a span; nothing for all time.
    private static func within(_ span: DateSpan?, _ field: String) -> Pairs {
        guard let span else { return [] }
        return [
            (name: "\(field)[gte]", value: "\(span.from)"), (name: "\(field)[lte]", value: "\(span.to)"),
        ]
    }

    private func deals(_ pairs: Pairs) throws(Problem) -> ListFilter {
        try context.filter(Opportunity.self, pairs + people + subjects)
    }

    // MARK: Opportunities

    /// What stands open now.
    func open(_ more: Pairs = []) throws(Problem) -> ListFilter {
        try deals([(name: "stage_kind", value: "open")] + more)
    }

    /// Closed in the days, as `won`, as `lost`, or by nil either way.
    func closed(_ kind: Stage.Kind?, in span: DateSpan?, _ more: Pairs = []) throws(Problem) -> ListFilter {
        let kinds: ListFilter.Pair =
            kind.map { (name: "stage_kind", value: $0.rawValue) }
            ?? (name: "stage_kind[in]", value: "won,lost")
        return try deals([kinds] + Self.within(span, "closed_at") + more)
    }

    /// Started in the days: engaged then, or made then where no engagement is told.
    func started(in span: DateSpan?, _ more: Pairs = []) throws(Problem) -> ListFilter {
        try deals(Self.all([Self.start(in: span)].compactMap(\.self)) + more)
    }

    /// Of what was started in the days and goes by the funnel's pipeline, what came as far as a step.
    func reached(_ place: Int, in span: DateSpan?) throws(Problem) -> ListFilter {
        let passed = [Self.start(in: span), question.funnel.reached(place)].compactMap(\.self)
        return try deals(Self.all(passed) + (question.pipeline == nil ? funnelOnly : []))
    }

    /// Of whatever deals, what came as far as a step.
    func passed(_ place: Int) -> Pairs {
        Self.all([question.funnel.reached(place)].compactMap(\.self)) + funnelOnly
    }

    private var funnelOnly: Pairs {
        question.funnel.pipeline.map { [(name: "pipeline_id", value: "\($0)")] } ?? []
    }

    private static func start(in span: DateSpan?) -> JSON? {
        guard let span else { return nil }
        let (from, to) = (JSON.string("\(span.from)"), JSON.string("\(span.to)"))
        return [
            "any": [
                ["all": [["engaged_on", "gte", from], ["engaged_on", "lte", to]]],
                [
                    "all": [
                        ["engaged_on", "null", true], ["created_at", "gte", from], ["created_at", "lte", to],
                    ]
                ],
            ]
        ]
    }

    private static func all(_ conditions: [JSON]) -> Pairs {
        guard let first = conditions.first else { return [] }
        let json: JSON = conditions.count == 1 ? first : ["all": .array(conditions)]
        return [(name: "filter", value: json.text)]
    }

    // MARK: Leads and activities

    func leads(in span: DateSpan?, _ more: Pairs = []) throws(Problem) -> ListFilter {
        try context.filter(Lead.self, Self.within(span, "created_at") + more + people)
    }

    func activities(in span: DateSpan?, _ more: Pairs = []) throws(Problem) -> ListFilter {
        try context.filter(Activity.self, Self.within(span, "happened_at") + more + people)
    }
}
