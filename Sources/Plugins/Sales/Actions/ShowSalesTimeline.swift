internal import Kernel
internal import Wire

/// What a page of a timeline is asked with.
struct SalesTimelineInput: Shape {
    let id = Field<UUIDv7>.id("id")
    let limit = Field.integer("limit", in: 1...200).default(50)
    let cursor = Field.text("cursor", max: 8000).optional
    init() {}
}

/// Everything that happened around a deal, newest first: its moves and other changes among it.
struct ShowOpportunityTimeline: Action {
    typealias Input = SalesTimelineInput
    static let route = Route.get("/opportunities/{id}/timeline")
    static let access = RouteAccess.permission("sales.deal.read")
    static let answer = AnswerShape.object([.init("data", "array"), .init("page", "object")])
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await context.timeline(of: ID<Opportunity>(input.id), limit: input.limit, cursor: input.cursor)
    }
}

/// Everything that happened around a lead, newest first.
struct ShowLeadTimeline: Action {
    typealias Input = SalesTimelineInput
    static let route = Route.get("/leads/{id}/timeline")
    static let access = RouteAccess.permission("sales.lead.read")
    static let answer = AnswerShape.object([.init("data", "array"), .init("page", "object")])
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await context.timeline(of: ID<Lead>(input.id), limit: input.limit, cursor: input.cursor)
    }
}
