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
        let proved = try await prove(input.email, input.password, in: context)
        return try await complete(
            proved, code: input.totp, to: .organization(input.organization), in: context
        ).pair.answer()
    }

    /// Somebody who knew the password; whether it was the attempt's turn is yet to be asked.
    struct Proved: Sendable {
        let account: Account
        fileprivate let attempts: Attempts
        /// The password, where its hash is to be made anew.
        fileprivate var outdated: String?
    }

    /// Where a session begins.
    enum Destination: Sendable {
        /// In this organization, which must be open to the person, or in the one last used.
        case organization(UUIDv7?)
        /// In the organization of that slug where it is open to the person, else in the one last used.
        case slug(String)
    }

    /// A session, and where it acts.
    struct Opened: Sendable {
        let pair: TokenPair
        let organization: UUIDv7?
    }

    /// The first step: 401 for a wrong password, 429 while there is to be waited.
    static func prove(_ email: String, _ password: String, in context: Context) async throws(Problem)
        -> Proved
    {
        let found = try await Account.find(email, in: context)
        let attempts = Attempts.signIn(email, of: found?.id, in: context)
        try await attempts.demandOpen(in: context)
        let verdict = try await Password.verify(password, found?.passwordHash, in: context)
        guard let account = found, verdict != .invalid else {
            try await attempts.failed("auth.login.failed", in: context)
            throw Problem(401, "invalid_credentials", headers: [("WWW-Authenticate", "Bearer")])
        }
        return Proved(
            account: account, attempts: attempts,
            outdated: verdict == .validNeedsUpgrade ? password : nil)
    }

    /// The second step: 401 without a code where one is demanded, or with a wrong one.
    static func complete(
        _ proved: Proved, code: String?, to destination: Destination, in context: Context
    ) async throws(Problem) -> Opened {
        let (account, attempts) = (proved.account, proved.attempts)
        try await demandSecondFactor(code, of: account, attempts, in: context)
        // While there is to be waited, what follows would tell that the password was right.
        try await attempts.passed(in: context)
        if let password = proved.outdated { try await upgrade(account, password, in: context) }
        switch destination {
        case .organization(let wanted): return try await open(account, in: wanted, in: context)
        case .slug(let slug):
            let wanted = try await context.membership(of: account.id, at: slug)
            return try await open(account, in: wanted, in: context)
        }
    }

    /// For whoever was asked for a code: it was the attempt's turn.
    static func ticket(for proved: Proved, in context: Context) async throws(Problem) -> String {
        var hash = proved.account.passwordHash ?? ""
        if let password = proved.outdated {
            try await upgrade(proved.account, password, in: context)
            hash = try await Account.read(proved.account.id, in: context)?.passwordHash ?? ""
        }
        return LogInTicket.make(proved.account.email, hash: hash, realm: .tenants, in: context)
    }

    /// The first step as it was left; 401 where it was left too long ago.
    static func resume(_ ticket: String, in context: Context) async throws(Problem) -> Proved {
        guard let ticket = LogInTicket(ticket),
            let account = try await Account.find(ticket.email, in: context),
            ticket.holds(hash: account.passwordHash, realm: .tenants, in: context)
        else { throw Problem(401, "ticket_ended") }
        let attempts = Attempts.signIn(account.email, of: account.id, in: context)
        try await attempts.demandOpen(in: context)
        return Proved(account: account, attempts: attempts)
    }

    private static func open(_ account: Account, in wanted: UUIDv7?, in context: Context)
        async throws(Problem) -> Opened
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
        return Opened(pair: pair, organization: chosen)
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
    /// The organization of a slug, where it is open to the person.
    fileprivate func membership(of person: UUIDv7, at slug: String) async throws(Problem) -> UUIDv7? {
        let rows = try await read(
            """
            select m.organization_id
            from platform.list_memberships(\(person)::uuid) as m
            where m.slug = \(slug)
              and m.status = 'active'
            """)
        return rows.count == 1 ? rows.id(0, 0) : nil
    }

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
