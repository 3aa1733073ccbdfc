internal import Kernel
internal import Postgres
internal import Wire

/// The next pair of tokens of the vendor's realm for a refresh token, which is thereby used; one that was
/// used before revokes its session (RFC 9700, 4.14.2).
struct RefreshVendorTokens: Action {
    struct Input: Shape {
        let token = Field.text("refresh_token", max: 200)
        init() {}
    }

    static let route = Route.post("/vendor/auth/refresh")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(TokenPair.shape)
    static let problems = [401]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let refresh = Token.random()
        let now = context.now
        let rows = try await context.write([
            """
            select r.outcome, r.session_id, r.vendor_user_id
            from platform.rotate_vendor_token(
                \(Token.digest(input.token))::bytea, \(Token.digest(refresh))::bytea, \(now),
                \(now.adding(seconds: TokenPair.refreshLifetime)),
                \(now.adding(seconds: -VendorSession.longest))) as r
            """
        ])[0]
        guard rows.count == 1, let session = rows.id(0, 1), let user = rows.id(0, 2) else {
            throw Problem(401, "unauthenticated")
        }
        switch rows[0, 0] {
        case "rotated": return try VendorSession.pair(of: user, session, refresh, in: context).answer()
        case "reused": throw Problem(401, "unauthenticated")
        default: throw Problem(401, "token_expired")
        }
    }
}

/// Ends the session of the access token or cookie.
struct VendorLogOut: Action {
    typealias Input = NoInput
    static let route = Route.post("/vendor/auth/logout")
    static let access = RouteAccess.vendor(.supportAgent)
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        guard let session = context.principal.session else { throw Problem(401, "unauthenticated") }
        _ = try await context.write([
            "select platform.end_vendor_session(\(session)::uuid, \(context.now))"
        ])
        var answer = Answer.noContent
        if context.request.handover == .cookie { answer.headers += context.runtime.vendorCookies.clearing }
        return answer
    }
}

/// Who one is in the vendor's realm.
struct ShowVendorProfile: Action {
    typealias Input = NoInput
    static let route = Route.get("/vendor/me")
    static let access = RouteAccess.vendor(.supportAgent)
    static let answer = AnswerShape.object([VendorUser.shape, .init("session", of: [.init("id", "string")])])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let caller = context.principal
        guard let user = caller.user, let session = caller.session, let role = caller.vendorRole else {
            throw Problem(401, "unauthenticated")
        }
        return .json([
            "user": [
                "id": .string(user.description), "email": .string(caller.email), "name": .string(caller.name),
                "role": .string(role.rawValue),
            ],
            "session": ["id": .string(session.description)],
        ])
    }
}
