internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Mails a link to set a new password, if the address has an account; the answer never says.
struct ForgotPassword: Action {
    struct Input: Shape {
        let email = Field.text("email", max: 254)
        init() {}
    }

    static let route = Route.post("/auth/password/forgot")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        // Whether there is an account is looked up by the job: this answer takes the same time either way.
        // Whether it is mailed again so soon is not told either.
        guard try await Attempts.reset(input.email, in: context).fail(in: context).waited == 0 else {
            return .noContent
        }
        try await context.mailReset(to: input.email)
        return .noContent
    }
}

/// Sets a new password with a mailed token, once, and ends every session of the person. API keys go on: they
/// are no password's (docs/decisions/0007).
struct ResetPassword: Action {
    struct Input: Shape {
        let token = Field.text("token", max: 400)
        let password = Field.text("password", max: Password.longest).validated(Password.fault)
        init() {}
    }

    static let route = Route.post("/auth/password/reset")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let digest = Token.digest(input.token)
        // Asked first, so that no hash is computed for a token that is none.
        let holder = try await context.read(
            "select h.email, h.name from platform.find_token_holder(\(digest)::bytea, 'reset', \(context.now)) as h"
        )
        guard holder.count == 1, let email = holder[0, 0], let name = holder[0, 1] else {
            throw try await LinkFault.of(digest, .reset, in: context)
        }
        if let fault = Password.fault(input.password, email: email, name: name) {
            throw Problem.invalid("password", fault)
        }
        let hash = try await Password.hash(input.password, in: context)
        let rows = try await context.write([
            "select platform.reset_password(\(digest)::bytea, \(hash), \(context.now))"
        ])[0]
        guard let person = rows.id(0, 0) else { throw try await LinkFault.of(digest, .reset, in: context) }
        // Who reads the person's mail is not locked out by who doesn't.
        try await Attempts.signIn(email, of: person, in: context).forget(in: context)
        try await context.personEvent("auth.password.reset", of: person)
        return .noContent
    }
}
