internal import Kernel
internal import Wire

/// What a page of a timeline is asked with.
struct TimelineInput: Shape {
    let id = Field<UUIDv7>.id("id")
    let limit = Field.integer("limit", in: 1...200).default(50)
    let cursor = Field.text("cursor", max: 8000).optional
    init() {}
}

/// Everything that happened around an account, newest first.
struct ShowAccountTimeline: Action {
    typealias Input = TimelineInput
    static let route = Route.get("/accounts/{id}/timeline")
    static let access = RouteAccess.permission("directory.account.read")
    static let answer = AnswerShape.object([.init("data", "array"), .init("page", "object")])
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await context.timeline(of: ID<Account>(input.id), limit: input.limit, cursor: input.cursor)
    }
}

/// Everything that happened around a contact, newest first.
struct ShowContactTimeline: Action {
    typealias Input = TimelineInput
    static let route = Route.get("/contacts/{id}/timeline")
    static let access = RouteAccess.permission("directory.contact.read")
    static let answer = AnswerShape.object([.init("data", "array"), .init("page", "object")])
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await context.timeline(of: ID<Contact>(input.id), limit: input.limit, cursor: input.cursor)
    }
}
