internal import Kernel
internal import Postgres
internal import Wire

/// Ends the session of the access token, or that of a refresh token; always 204, so that a client may forget
/// both.
struct LogOut: Action {
    struct Input: Shape {
        let token = Field.text("refresh_token", max: 200).optional
        init() {}
    }

    static let route = Route.post("/auth/logout")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        if let session = context.principal.session, let person = context.principal.user {
            try await end(session, of: person, in: context)
        }
        if let token = input.token {
            let rows = try await context.read(
                """
                select f.session_id, f.user_id
                from platform.find_refresh_token(\(Token.digest(token))::bytea) as f
                """
            )
            if rows.count == 1, let session = rows.id(0, 0), let person = rows.id(0, 1) {
                try await end(session, of: person, in: context)
            }
        }
        var answer = Answer.noContent
        if context.request.handover == .cookie { answer.headers += context.runtime.cookies.clearing }
        return answer
    }

    private static func end(_ session: UUIDv7, of person: UUIDv7, in context: Context) async throws(Problem) {
        let revoked = try await context.revokeSessions(of: person, session: session, reason: "logout")
        if revoked > 0 { try await context.personEvent("auth.logout", of: person) }
    }
}

extension Context {
    /// Ends sessions of a person: one, those in an organization, or all but the spared one. Returns how many.
    @discardableResult
    func revokeSessions(
        of person: UUIDv7, session: UUIDv7? = nil, in organization: UUIDv7? = nil,
        sparing spared: UUIDv7? = nil,
        reason: String
    ) async throws(Problem) -> Int64 {
        let rows = try await write([
            """
            select platform.revoke_sessions(
                \(person)::uuid, \(session)::uuid, \(organization)::uuid, \(spared)::uuid, \(reason), \(now))
            """
        ])[0]
        return rows.integer(0, 0) ?? 0
    }
}
