internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Opens a session with e-mail address and password, and the second factor where the person has one.
///
/// Whether an address is known shows neither in the answer nor in its time: an unknown one costs a hash too,
/// a failure writes the same way, and both are locked after as many failures.
struct LogIn: Action {
    struct Input: Shape {
        /// Text and not an address: what can't be one is simply unknown.
        let email = Field.text("email", max: 254)
        let password = Field.text("password", max: Password.longest)
        /// A code of six digits, or one of the recovery codes.
        let totp = Field.text("totp", max: 40).optional
        let organization = Field<UUIDv7>.id("organization_id").optional
        init() {}
    }

    static let route = Route.post("/auth/login")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(TokenPair.shape)
    static let problems = [401, 403, 429]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let found = try await Account.find(input.email, in: context)
        let attempts = Attempts.signIn(input.email, of: found?.id, in: context)
        try await attempts.demandOpen(in: context)
        let verdict = try await Password.verify(input.password, found?.passwordHash, in: context)
        guard let account = found, verdict != .invalid else {
            try await attempts.failed("auth.login.failed", in: context)
            throw Problem(401, "invalid_credentials", headers: [("WWW-Authenticate", "Bearer")])
        }
        try await demandSecondFactor(input.totp, of: account, attempts, in: context)
        // While there is to be waited, what follows would tell that the password was right.
        try await attempts.passed(in: context)
        if verdict == .validNeedsUpgrade { try await upgrade(account, input.password, in: context) }
        return try await open(account, in: input.organization, in: context)
    }

    private static func open(_ account: Account, in wanted: UUIDv7?, in context: Context)
        async throws(Problem) -> Answer
    {
        let chosen = try await context.read(
            "select platform.choose_organization(\(account.id)::uuid, \(wanted)::uuid)"
        ).id(0, 0)
        if chosen == nil, try await context.isKeptOut(account.id, of: wanted) {
            try await context.personEvent("auth.login.suspended", of: account.id)
            throw Problem(403, "organization_suspended")
        }
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

    /// Only who knew the password hears that there is a second factor, and a wrong code counts as a failure.
    private static func demandSecondFactor(
        _ code: String?, of account: Account, _ attempts: Attempts, in context: Context
    ) async throws(Problem) {
        guard let factor = try await SecondFactor.read(of: account.id, in: context), factor.isConfirmed else {
            return
        }
        guard let code, !code.isEmpty else {
            try await attempts.demandOpen(in: context)
            throw Problem(401, "totp_required", headers: [("WWW-Authenticate", "Bearer")])
        }
        guard try await factor.takes(code, in: context) else {
            try await attempts.failed("auth.totp.failed", in: context)
            throw Problem(401, "totp_invalid", headers: [("WWW-Authenticate", "Bearer")])
        }
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

extension Context {
    /// Whether the vendor has suspended the organization that a member wants to act in, or any where none is
    /// named. To everybody else there is no such organization.
    func isKeptOut(_ person: UUIDv7, of wanted: UUIDv7?) async throws(Problem) -> Bool {
        let rows = try await read(
            """
            select exists (
                select
                from platform.list_memberships(\(person)::uuid) as m
                where m.status = 'suspended'
                  and (\(wanted)::uuid is null or m.organization_id = \(wanted)::uuid))
            """)
        return rows.bool(0, 0) == true
    }
}
