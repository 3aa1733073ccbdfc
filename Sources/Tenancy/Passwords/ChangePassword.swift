internal import Kernel
internal import Postgres
internal import Wire

/// Sets another password, knowing the present one; every other session of the person ends.
struct ChangePassword: Action {
    struct Input: Shape {
        let current = Field.text("current", max: Password.longest)
        let password = Field.text("password", max: Password.longest).validated(Password.fault)
        init() {}
    }

    static let route = Route.put("/me/password")
    static let access = RouteAccess.signedIn
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204
    static let problems = [429]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let account = try await Account.caller(in: context)
        if let fault = Password.fault(input.password, email: account.email, name: account.name) {
            throw Problem.invalid("password", fault)
        }
        let confirmation = Confirmation(account: account, context: context)
        try await confirmation.demand(password: input.current, at: "current")
        let hash = try await Password.hash(input.password, in: context)
        try await context.inTransaction { (context: Context) async throws(Problem) -> Void in
            _ = try await context.write([
                "select platform.set_password(\(account.id)::uuid, \(hash), \(context.now))"
            ])
            try await context.revokeSessions(
                of: account.id, sparing: context.principal.session, reason: "password_changed")
            try await context.personEvent("auth.password.changed", of: account.id)
        }
        return .noContent
    }
}
