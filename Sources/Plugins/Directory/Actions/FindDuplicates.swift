internal import Kernel
internal import Wire

/// Accounts that what was typed so far would probably repeat: a warning before anything is saved.
struct FindAccountDuplicates: Action {
    struct Input: Shape {
        /// The record under the hand, which is no duplicate of itself.
        let id = Field<UUIDv7>.id("id").optional
        let name = Field.text("name").optional
        let vatNumber = Field.text("vat_number", max: 30).optional
        let email = Field.text("email", max: 254).optional
        let phone = Field.text("phone", max: 50).optional
        let billingAddress = Field.address("billing_address").optional
        init() {}
    }

    static let route = Route.post("/accounts/duplicates")
    static let access = RouteAccess.permission("directory.account.read")
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object([.init("data", "array")])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let likenesses = try await context.duplicates(
            of: Account.self,
            [
                .set(\.name, input.name ?? ""), .set(\.vatNumber, input.vatNumber),
                .set(\.email, input.email),
                .set(\.phone, input.phone), .set(\.billingAddress, input.billingAddress),
            ], excluding: input.id)
        return .json(["data": .array(likenesses.map { $0.json(type: Account.name) })])
    }
}

/// Contacts that what was typed so far would probably repeat.
struct FindContactDuplicates: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id").optional
        let firstName = Field.text("first_name", max: 100).optional
        let lastName = Field.text("last_name", max: 100).optional
        let email = Field.text("email", max: 254).optional
        let phone = Field.text("phone", max: 50).optional
        let account = Field.reference("account_id", to: Account.self).optional
        init() {}
    }

    static let route = Route.post("/contacts/duplicates")
    static let access = RouteAccess.permission("directory.contact.read")
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object([.init("data", "array")])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let likenesses = try await context.duplicates(
            of: Contact.self,
            [
                .set(\.firstName, input.firstName), .set(\.lastName, input.lastName),
                .set(\.email, input.email),
                .set(\.phone, input.phone), .set(\.account, input.account),
            ], excluding: input.id)
        return .json(["data": .array(likenesses.map { $0.json(type: Contact.name) })])
    }
}
