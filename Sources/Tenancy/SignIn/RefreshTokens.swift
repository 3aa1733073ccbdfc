internal import Kernel
internal import Postgres
internal import Wire

/// Gives the next pair of tokens for a refresh token, which is thereby used.
///
/// One that was used before was copied by somebody: its whole family, the session, is revoked (RFC 9700,
/// 4.14.2).
struct RefreshTokens: Action {
    struct Input: Shape {
        /// Left out by a browser, whose cookie says which session.
        let token = Field.text("refresh_token", max: 200).optional
        init() {}
    }

    static let route = Route.post("/auth/refresh")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(TokenPair.shape)
    static let problems = [401]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        guard let token = input.token else { return try await renewCookie(in: context) }
        let refresh = Token.random()
        let now = context.now
        let rows = try await context.write([
            """
            select r.outcome, r.session_id, r.user_id, r.organization_id
            from platform.rotate_refresh_token(
                \(Token.digest(token))::bytea, \(Token.digest(refresh))::bytea, \(now),
                \(now.adding(seconds: TokenPair.refreshLifetime)),
                \(now.adding(seconds: -TokenPair.longestSession))) as r
            """
        ])[0]
        guard rows.count == 1, let session = rows.id(0, 1), let person = rows.id(0, 2) else {
            throw Problem(401, "unauthenticated")
        }
        switch rows[0, 0] {
        case "rotated":
            return try context.tokens(of: person, session: session, in: rows.id(0, 3), refresh: refresh)
                .answer()
        case "reused":
            try await context.personEvent(
                "auth.token.reused", of: person, detail: ["session_id": .string(session.description)])
            throw Problem(401, "unauthenticated")
        default:
            throw Problem(401, "token_expired")
        }
    }

    /// The next cookie of the browser's session; each request renews it besides.
    private static func renewCookie(in context: Context) async throws(Problem) -> Answer {
        guard context.request.handover == .cookie else { throw Problem.invalid("refresh_token", "required") }
        let caller = context.principal
        guard let session = caller.session,
            try await context.touchSession(session, in: caller.organization)
        else { throw Problem(401, "unauthenticated") }
        let pair = TokenPair(
            access: "", refresh: "",
            browser: context.browserHandover(of: session, in: caller.organization))
        return pair.answer()
    }
}
