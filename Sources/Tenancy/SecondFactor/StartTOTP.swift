internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Makes a secret for one-time passwords, which works once a first code has confirmed it. Wants the password,
/// unless the caller has signed in within ten minutes.
struct StartTOTP: Action {
    struct Input: Shape {
        let password = Field.text("password", max: Password.longest).optional
        init() {}
    }

    static let route = Route.post("/auth/totp")
    static let access = RouteAccess.signedIn
    static let precedesSecondFactor = true
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(
        AuthenticatorSetup.members + [.init("recovery_codes", "array")])
    static let problems = [429]

    /// What authenticators show beside the account.
    private static let issuer = "Stratikey"

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let account = try await Account.caller(in: context)
        let confirmation = Confirmation(account: account, context: context)
        if let password = input.password {
            try await confirmation.demand(password: password, at: "password")
        } else if !confirmation.isFresh {
            throw Problem.invalid("password", "required")
        }
        let passwords = OneTimePassword.random()
        let setup = AuthenticatorSetup(passwords: passwords, account: account.email, issuer: issuer)
        var answer = try setup.json()
        let codes = (0..<SecondFactor.recoveryCodes).map { _ in SecondFactor.recoveryCode() }
        try await keep(passwords, codes, for: account.id, in: context)
        answer["recovery_codes"] = .array(codes.map(JSON.string))
        return .json(.object(answer)).with("Cache-Control", "no-store")
    }

    private static func keep(
        _ passwords: OneTimePassword, _ codes: [String], for person: UUIDv7, in context: Context
    ) async throws(Problem) {
        let digests = codes.map { Hex.encode(SecondFactor.digest(ofRecoveryCode: $0, in: context)) }
        let sealed = try SecondFactor.seal(passwords, of: person, in: context)
        let rows = try await context.write([
            """
            select platform.begin_totp(
                \(person)::uuid, \(sealed)::bytea, \(digests)::text[], \(context.now))
            """
        ])[0]
        guard rows.bool(0, 0) == true else { throw Problem(409, "totp_is_on") }
    }
}
