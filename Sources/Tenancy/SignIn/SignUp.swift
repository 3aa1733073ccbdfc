internal import Kernel
internal import Postgres
internal import Wire

/// Makes an account and an organization for it, and signs in: one transaction, and a mail to verify the
/// address.
///
/// An address that has an account is told as such (`email_taken`): the answer of success holds tokens, so it
/// can't look the same, and a person who forgot the account is helped by knowing. What is open to enumeration
/// here is closed by counting such answers for the network that asks, not by silence. Log-in and password
/// reset never tell.
struct SignUp: Action {
    struct Input: Shape {
        let email = Field.email("email").validated(Account.addressFault)
        let password = Field.text("password", max: Password.longest).validated(Password.fault)
        let name = Field.text("name", max: 100)
        /// As `OrganizationInput` reads it.
        let organization = Field.object("organization", of: OrganizationInput.self)
        init() {}
    }

    static let route = Route.post("/auth/signup")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let status = 201
    static let problems = [429]
    static let answer = AnswerShape.object(
        TokenPair.shape + [
            .init(
                "user",
                of: [
                    .init("id", "string"), .init("email", "string"), .init("name", "string"),
                    .init("email_verified", "boolean"),
                ]), .organization,
        ])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let request = try await check(input, in: context)
        let hash = try await Password.hash(input.password, in: context)
        let person = UUIDv7.make(at: context.now)
        let organization = UUIDv7.make(at: context.now)
        let acting = context.acting(in: organization, user: person, preferences: request.preferences)
        let made = try await acting.inTransaction { (context: Context) async throws(Problem) -> Made in
            try await createAccount(person, input, hash, in: context)
            let founding = Founding(
                request: request, founder: person, founderName: input.name, founderEmail: input.email,
                context: context)
            let (_, slug) = try await founding.make()
            try await context.mailVerification(to: person)
            return Made(pair: try await context.openSession(of: person, in: organization), slug: slug)
        }
        return made.pair.answer(
            status: 201,
            (
                "user",
                [
                    "id": .string(person.description), "email": .string(input.email),
                    "name": .string(input.name),
                    "email_verified": false,
                ]
            ),
            (
                "organization",
                [
                    "id": .string(organization.description), "slug": .string(made.slug),
                    "name": .string(request.input.name),
                ]
            ))
    }

    private struct Made: Sendable {
        let pair: TokenPair
        let slug: String
    }

    /// Every fault of the whole request at once.
    private static func check(_ input: Values<Input>, in context: Context) async throws(Problem)
        -> OrganizationRequest
    {
        var errors: [FieldError] = []
        let attempts = Attempts.signUp(in: context)
        try await attempts.demandOpen(in: context)
        if try await Account.find(input.email, in: context) != nil {
            try await attempts.failed("auth.signup.taken", in: context)
            errors.append(FieldError(field: "email", code: "email_taken"))
        }
        if let fault = Password.fault(input.password, email: input.email, name: input.name) {
            errors.append(FieldError(field: "password", code: fault))
        }
        let checked = try await OrganizationRequest.decode(
            input.organization, prefix: "organization.", in: context)
        errors += checked.errors
        guard errors.isEmpty, let request = checked.request else { throw refusal(errors) }
        return request
    }

    /// `email_taken` where that is all, so that a client need not look into the fields.
    private static func refusal(_ errors: [FieldError]) -> Problem {
        guard errors.count == 1, errors[0].code == "email_taken" else { return Problem.invalid(errors) }
        return Problem(422, "email_taken", errors: errors)
    }

    /// Two sign-ups of one address at once: the second is told what the check would have told.
    private static func createAccount(
        _ person: UUIDv7, _ input: Values<Input>, _ hash: String, in context: Context
    ) async throws(Problem) {
        do {
            _ = try await context.write([
                """
                select platform.create_account(
                    \(person)::uuid, \(input.email), \(input.name), \(hash), null, null, null, \(context.now))
                """
            ])
        } catch {
            guard error.errors.contains(where: { $0.code == "taken" }) || error.code == "taken" else {
                throw error
            }
            throw refusal([FieldError(field: "email", code: "email_taken")])
        }
    }
}
