internal import Kernel
internal import Postgres
internal import Wire

/// What selling came to in a period, each number with the list behind it.
struct ShowDashboard: Action {
    typealias Input = DashboardInput
    static let route = Route.get("/sales/dashboard")
    static let access = RouteAccess.permission("sales.reports.read")
    static let problems = [400]
    static let answer = AnswerShape.object([
        .init("period", "object"), .init("currency", "string"), .init("as_of", "string"),
        .init("open", "object"), .init("started", "object"), .init("won", "object"), .init("lost", "object"),
        .init("win_rate", "object"), .init("sales_cycle", "object"), .init("stages", "object"),
        .init("months", "object"), .init("products", "array"), .init("owners", "array"),
        .init("teams", "array"), .init("leads", "object"), .init("activities", "object"),
    ])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let question = try await DashboardQuestion(input, in: context)
        let filters = DashboardFilters(question: question, context: context)
        let seesLeads = (try? context.authorizer.require("sales.lead.read")) != nil
        // The groups of a large organization are hashed in memory, not sorted on disk.
        var statements: [SQL] = [
            "select set_config('work_mem', '32MB', true)", try ClosedDeals.statement(filters),
            try OpenDeals.open(filters),
            try OpenDeals.started(filters), try CountedKinds.activities(filters),
        ]
        if seesLeads { statements.append(try CountedKinds.leads(filters)) }
        let results = try await context.read(statements, .long)
        let dashboard = Dashboard(
            filters: filters, closed: ClosedDeals(results[1]),
            open: OpenDeals(
                open: results[2], started: results[3], steps: question.funnel.steps.count),
            activities: CountedKinds(results[4]), leads: seesLeads ? CountedKinds(results[5]) : nil)
        return .json(try dashboard.document())
    }
}
