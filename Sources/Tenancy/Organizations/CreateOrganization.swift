internal import Kernel
internal import Postgres
internal import Wire

/// Makes another organization for somebody who is signed in, and takes the session there.
struct CreateOrganization: Action {
    typealias Input = OrganizationInput
    static let route = Route.post("/organizations")
    static let access = RouteAccess.signedIn
    static let transaction = ActionTransaction.none
    static let status = 201
    static let answer = AnswerShape.object(TokenPair.shape + [.organization])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let account = try await Account.caller(in: context)
        guard let session = context.principal.session else { throw Problem(401, "unauthenticated") }
        let checked = try await OrganizationRequest.check(input.contents, prefix: "", in: context)
        guard let request = checked.request else { throw Problem.invalid(checked.errors) }
        let organization = UUIDv7.make(at: context.now)
        let acting = context.acting(in: organization, user: account.id, preferences: request.preferences)
        let (pair, slug) = try await acting.inTransaction {
            (context: Context) async throws(Problem) -> (TokenPair, String) in
            let founding = Founding(
                request: request, founder: account.id, founderName: account.name, founderEmail: account.email,
                context: context)
            let slug = try await founding.make().slug
            guard let pair = try await context.moveSession(session, of: account.id, to: organization) else {
                throw Problem(401, "unauthenticated")
            }
            return (pair, slug)
        }
        return pair.answer(
            status: 201,
            (
                "organization",
                [
                    "id": .string(organization.description), "slug": .string(slug),
                    "name": .string(request.input.name),
                ]
            ))
    }
}

/// Takes the session to another of the person's organizations; the refresh token of before is void.
struct SwitchOrganization: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.post("/organizations/{id}/switch")
    static let access = RouteAccess.signedIn
    static let precedesSecondFactor = true
    static let outlastsSuspension = true
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(TokenPair.shape)
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        guard let person = context.principal.user, let session = context.principal.session else {
            throw Problem(401, "unauthenticated")
        }
        guard let pair = try await context.moveSession(session, of: person, to: input.id) else {
            let isKeptOut = try await context.isKeptOut(person, of: input.id)
            throw isKeptOut ? Problem(403, "organization_suspended") : .notFound
        }
        let acting = context.acting(in: input.id, user: person)
        try await acting.securityEvent("auth.organization.switched", subject: person)
        return pair.answer()
    }
}

extension AnswerShape.FieldSummary {
    /// The organization that somebody now acts in.
    static let organization = Self(
        "organization", of: [.init("id", "string"), .init("slug", "string"), .init("name", "string")])
}
