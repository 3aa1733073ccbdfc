internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Opens a session with e-mail address and password.
///
/// Whether an address is known shows neither in the answer nor in its time: an unknown one costs a hash too,
/// and a failure writes the same way.
struct LogIn: Action {
    struct Input: Shape {
        /// Text and not an address: what can't be one is simply unknown.
        let email = Field.text("email", max: 254)
        let password = Field.text("password", max: Password.longest)
        let organization = Field<UUIDv7>.id("organization_id").optional
        init() {}
    }

    static let route = Route.post("/auth/login")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(TokenPair.shape)
    static let problems = [401]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let found = try await Account.find(input.email, in: context)
        let verdict = try await Password.verify(input.password, found?.passwordHash, in: context)
        guard let account = found, verdict != .invalid else {
            try await context.personEvent("auth.login.failed", of: found?.id)
            throw Problem(401, "invalid_credentials", headers: [("WWW-Authenticate", "Bearer")])
        }
        if verdict == .validNeedsUpgrade { try await upgrade(account, input.password, in: context) }
        let wanted = input.organization
        let chosen = try await context.read(
            "select platform.choose_organization(\(account.id)::uuid, \(wanted)::uuid)"
        ).id(0, 0)
        guard wanted == nil || chosen != nil else {
            throw Problem.invalid("organization_id", "reference_not_found")
        }
        let acting = chosen.map { context.acting(in: $0, user: account.id) } ?? context
        let pair = try await acting.inTransaction { (context: Context) async throws(Problem) -> TokenPair in
            try await context.securityEvent("auth.login", subject: account.id)
            return try await context.openSession(of: account.id, in: chosen)
        }
        return pair.answer()
    }

    private static func upgrade(_ account: Account, _ password: String, in context: Context)
        async throws(Problem)
    {
        let hash = try await Password.hash(password, in: context)
        _ = try await context.write([
            "select platform.upgrade_password(\(account.id)::uuid, \(account.passwordHash), \(hash))"
        ])
    }
}
