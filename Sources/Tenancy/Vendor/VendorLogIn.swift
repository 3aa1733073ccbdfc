internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Opens a session of the vendor's realm with address, password and a code; who has yet to set the second
/// factor up is given a token for that, and nothing else.
///
/// Tells as little of addresses as the tenants' log-in, by the same counts: docs/decisions/0007.
struct VendorLogIn: Action {
    struct Input: Shape {
        /// Text and not an address: what can't be one is simply unknown.
        let email = Field.text("email", max: 254)
        let password = Field.text("password", max: Password.longest)
        let totp = Field.text("totp", max: 40).optional
        init() {}
    }

    static let route = Route.post("/vendor/auth/login")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = VendorSession.shape
    static let problems = [401, 429]

    /// Seconds to set the second factor up in.
    private static let enrolmentLifetime: Int64 = 600

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let proved = try await prove(input.email, input.password, in: context)
        return try await complete(proved, code: input.totp, in: context)
    }

    /// Somebody who knew the password; whether it was the attempt's turn is yet to be asked.
    struct Proved: Sendable {
        fileprivate let user: VendorUser
        fileprivate let attempts: Attempts
    }

    /// The first step: 401 for a wrong password, 429 while there is to be waited.
    static func prove(_ email: String, _ password: String, in context: Context) async throws(Problem)
        -> Proved
    {
        let found = try await VendorUser.find(email, in: context)
        let attempts = Attempts.signIn(email, of: found?.id, realm: .vendor, in: context)
        try await attempts.demandOpen(in: context)
        let verdict = try await Password.verify(password, found?.passwordHash, in: context)
        guard let user = found, verdict != .invalid else {
            try await attempts.failed("auth.login.failed", in: context)
            throw refusal("invalid_credentials")
        }
        if verdict == .validNeedsUpgrade { try await upgrade(user, password, in: context) }
        return Proved(user: user, attempts: attempts)
    }

    /// The second step: 401 without a code, or with a wrong one, or where the second factor is yet to be set up.
    static func complete(_ proved: Proved, code sent: String?, in context: Context) async throws(Problem)
        -> Answer
    {
        let (user, attempts) = (proved.user, proved.attempts)
        guard user.isConfirmed else {
            try await attempts.demandOpen(in: context)
            throw try await enrolment(of: user, in: context)
        }
        guard let code = sent, !code.isEmpty else {
            try await attempts.demandOpen(in: context)
            throw refusal("totp_required")
        }
        guard try await user.takes(code, in: context) else {
            try await attempts.failed("auth.totp.failed", in: context)
            throw refusal("totp_invalid")
        }
        try await attempts.passed(in: context)
        return try await VendorSession.open(user, in: context)
    }

    /// For whoever was asked for a code: it was the attempt's turn.
    static func ticket(for proved: Proved, in context: Context) async throws(Problem) -> String {
        let user = try await VendorUser.find(proved.user.email, in: context) ?? proved.user
        return LogInTicket.make(user.email, hash: user.passwordHash, realm: .vendor, in: context)
    }

    /// The first step as it was left; 401 where it was left too long ago.
    static func resume(_ ticket: String, in context: Context) async throws(Problem) -> Proved {
        guard let ticket = LogInTicket(ticket),
            let user = try await VendorUser.find(ticket.email, in: context),
            ticket.holds(hash: user.passwordHash, realm: .vendor, in: context)
        else { throw Problem(401, "ticket_ended") }
        let attempts = Attempts.signIn(user.email, of: user.id, realm: .vendor, in: context)
        try await attempts.demandOpen(in: context)
        return Proved(user: user, attempts: attempts)
    }

    private static func refusal(_ code: String) -> Problem {
        Problem(401, code, headers: [("WWW-Authenticate", "Bearer")])
    }

    /// 401 with a token for setting the second factor up.
    private static func enrolment(of user: VendorUser, in context: Context) async throws(Problem) -> Problem {
        let token = Token.random()
        let end = context.now.adding(seconds: enrolmentLifetime)
        _ = try await context.write([
            """
            select platform.add_vendor_enrolment(
                \(Token.digest(token))::bytea, \(user.id)::uuid, \(context.now), \(end))
            """
        ])
        return Problem(
            401, "totp_enrolment_required",
            members: [
                (key: "enrolment_token", value: .string(token)),
                (key: "expires_in", value: .number(JSONNumber(enrolmentLifetime))),
                (key: "new_password_required", value: .bool(user.isOneTime)),
            ], headers: [("WWW-Authenticate", "Bearer"), ("Cache-Control", "no-store")])
    }

    private static func upgrade(_ user: VendorUser, _ password: String, in context: Context)
        async throws(Problem)
    {
        let hash = try await Password.hash(password, in: context)
        _ = try await context.write([
            "select platform.upgrade_vendor_password(\(user.id)::uuid, \(user.passwordHash), \(hash))"
        ])
    }
}
