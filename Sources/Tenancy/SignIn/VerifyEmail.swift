internal import Kernel
internal import Postgres
internal import Wire

/// Proves an address with the token that was mailed to it.
struct VerifyEmail: Action {
    struct Input: Shape {
        let token = Field.text("token", max: 400)
        init() {}
    }

    static let route = Route.post("/auth/verify")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let digest = Token.digest(input.token)
        let rows = try await context.write(["select platform.verify_email(\(digest)::bytea, \(context.now))"]
        )[0]
        guard let person = rows.id(0, 0) else { throw try await LinkFault.of(digest, .verify, in: context) }
        try await context.personEvent("auth.email.verified", of: person)
        return .noContent
    }
}

/// Mails another verification link to the caller's address; nothing when it is verified already.
struct ResendVerification: Action {
    typealias Input = NoInput
    static let route = Route.post("/auth/verify/resend")
    static let access = RouteAccess.signedIn
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let account = try await Account.caller(in: context)
        if !account.isVerified { try await context.mailVerification(to: account.id) }
        return .noContent
    }
}

/// Why a mailed token is not taken.
enum LinkFault {
    /// What the token was mailed for.
    enum Kind: String { case verify, reset }

    /// 422 with `link_used`, `link_expired` or `link_invalid`.
    static func of(_ digest: [UInt8], _ kind: Kind, in context: Context) async throws(Problem) -> Problem {
        let rows = try await context.read(
            "select platform.judge_user_token(\(digest)::bytea, \(kind.rawValue), \(context.now))")
        switch rows[0, 0] {
        case "used": return problem("link_used")
        case "expired": return problem("link_expired")
        default: return problem("link_invalid")
        }
    }

    /// 422 that names the fact both as the problem's code and at the field `token`.
    static func problem(_ code: String) -> Problem {
        Problem(422, code, errors: [FieldError(field: "token", code: code)])
    }
}
