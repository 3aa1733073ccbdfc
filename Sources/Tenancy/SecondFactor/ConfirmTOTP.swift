internal import Kernel
internal import Wire

/// Switches one-time passwords on with a first code: the authenticator has the secret.
struct ConfirmTOTP: Action {
    struct Input: Shape {
        let code = Field.text("code", max: 40)
        init() {}
    }

    static let route = Route.post("/auth/totp/confirm")
    static let access = RouteAccess.signedIn
    static let precedesSecondFactor = true
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204
    static let problems = [429]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let account = try await Account.caller(in: context)
        guard let factor = try await SecondFactor.read(of: account.id, in: context), !factor.isConfirmed
        else {
            throw Problem(409, "totp_not_begun")
        }
        try await Confirmation(account: account, context: context)
            .demand(code: input.code, of: factor, at: "code")
        try await context.personEvent("auth.totp.on", of: account.id)
        return .noContent
    }
}
