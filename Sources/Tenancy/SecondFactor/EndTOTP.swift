internal import Kernel
internal import Postgres
internal import Wire

/// Switches one-time passwords off, with the password or a code.
struct EndTOTP: Action {
    struct Input: Shape {
        let password = Field.text("password", max: Password.longest).optional
        let code = Field.text("code", max: 40).optional
        init() {}
    }

    static let route = Route.delete("/auth/totp")
    static let readsBody = true
    static let access = RouteAccess.signedIn
    static let precedesSecondFactor = true
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204
    static let problems = [422, 429]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let account = try await Account.caller(in: context)
        guard let factor = try await SecondFactor.read(of: account.id, in: context) else {
            throw Problem(409, "totp_not_begun")
        }
        let confirmation = Confirmation(account: account, context: context)
        if let password = input.password {
            try await confirmation.demand(password: password, at: "password")
        } else if let code = input.code {
            try await confirmation.demand(code: code, of: factor, at: "code")
        } else {
            throw Problem.invalid("password", "required")
        }
        _ = try await context.write(["select platform.end_totp(\(account.id)::uuid)"])
        if factor.isConfirmed { try await context.personEvent("auth.totp.off", of: account.id) }
        return .noContent
    }
}
