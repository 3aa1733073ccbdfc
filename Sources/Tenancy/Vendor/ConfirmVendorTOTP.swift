internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Switches one-time passwords on with a first code, and signs in. A one-time password is replaced by it.
struct ConfirmVendorTOTP: Action {
    struct Input: Shape {
        let token = Field.text("enrolment_token", max: 200)
        let code = Field.text("code", max: 40)
        /// Demanded where the present one was made by a command.
        let password = Field.text("password", max: Password.longest).validated(Password.fault).optional
        init() {}
    }

    static let route = Route.post("/vendor/auth/totp/confirm")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = VendorSession.shape
    static let problems = [401, 409, 422, 429]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let user = try await VendorUser.find(enrolment: input.token, in: context)
        guard let sealed = user.sealed else { throw Problem(409, "totp_not_begun") }
        try check(input.password, of: user)
        let attempts = Attempts.confirmation(by: user.id, realm: .vendor, in: context)
        try await attempts.demandOpen(in: context)
        guard let step = try user.step(of: input.code, in: context) else {
            try await attempts.failed("auth.confirmation.failed", in: context)
            throw Problem.invalid("code", "wrong_code")
        }
        try await attempts.passed(in: context)
        let hash = try await hash(input.password, of: user, in: context)
        let rows = try await context.write([
            """
            select platform.confirm_vendor_totp(
                \(Token.digest(input.token))::bytea, \(sealed)::bytea, \(step), \(hash), \(context.now))
            """
        ])[0]
        guard rows.bool(0, 0) == true else { throw Problem(401, "enrolment_invalid") }
        return try await VendorSession.open(user, in: context)
    }

    /// What is kept of the new password; that which a command made is none.
    private static func hash(_ password: String?, of user: VendorUser, in context: Context)
        async throws(Problem) -> String?
    {
        guard let password else { return nil }
        if user.isOneTime,
            try await Password.verify(password, user.passwordHash, in: context) != .invalid
        {
            throw Problem.invalid("password", "password_unchanged")
        }
        return try await Password.hash(password, in: context)
    }

    private static func check(_ password: String?, of user: VendorUser) throws(Problem) {
        guard let password else {
            if user.isOneTime { throw Problem.invalid("password", "required") }
            return
        }
        if let fault = Password.fault(password, email: user.email, name: user.name) {
            throw Problem.invalid("password", fault)
        }
    }
}
