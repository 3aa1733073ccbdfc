internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Makes the secret for one-time passwords of somebody who has proved the password, by the token of that
/// log-in. It works once a first code has confirmed it.
struct StartVendorTOTP: Action {
    struct Input: Shape {
        let token = Field.text("enrolment_token", max: 200)
        init() {}
    }

    static let route = Route.post("/vendor/auth/totp")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(AuthenticatorSetup.members)
    static let problems = [401]

    /// What authenticators show beside the address.
    static let issuer = "Stratikey Vendor"

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let user = try await VendorUser.find(enrolment: input.token, in: context)
        let passwords = OneTimePassword.random()
        let setup = AuthenticatorSetup(passwords: passwords, account: user.email, issuer: issuer)
        let answer = try setup.json()
        let sealed = try SecondFactor.seal(passwords, of: user.id, in: context)
        let rows = try await context.write([
            """
            select platform.begin_vendor_totp(
                \(Token.digest(input.token))::bytea, \(sealed)::bytea, \(context.now))
            """
        ])[0]
        guard rows.bool(0, 0) == true else { throw Problem(401, "enrolment_invalid") }
        return .json(.object(answer)).with("Cache-Control", "no-store")
    }
}
