internal import Kernel
internal import Wire

/// Leads that what was typed so far would probably repeat: a warning before anything is saved.
struct FindLeadDuplicates: Action {
    struct Input: Shape {
        /// The record under the hand, which is no duplicate of itself.
        let id = Field<UUIDv7>.id("id").optional
        let firstName = Field.text("first_name", max: 100).optional
        let lastName = Field.text("last_name", max: 100).optional
        let company = Field.text("company").optional
        let email = Field.text("email", max: 254).optional
        let phone = Field.text("phone", max: 50).optional
        init() {}
    }

    static let route = Route.post("/leads/duplicates")
    static let access = RouteAccess.permission("sales.lead.read")
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object([.init("data", "array")])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let likenesses = try await context.duplicates(
            of: Lead.self,
            [
                .set(\.firstName, input.firstName), .set(\.lastName, input.lastName),
                .set(\.company, input.company), .set(\.email, input.email), .set(\.phone, input.phone),
            ], excluding: input.id)
        return .json(["data": .array(likenesses.map { $0.json(type: Lead.name) })])
    }
}
