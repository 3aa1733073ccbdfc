internal import Kernel
internal import Postgres
internal import Wire

/// What a sign-in gives: an access token, and the refresh token that is good for the next pair, once.
struct TokenPair: Sendable {
    let access: String
    let refresh: String

    /// Seconds that a refresh token holds: 12 hours.
    static let refreshLifetime: Int64 = 43_200
    /// Seconds after which a session ends however often it was renewed: 30 days.
    static let longestSession: Int64 = 2_592_000

    /// The answer that the contract shows, with further members behind.
    func answer(status: Int = 200, _ further: (String, JSON)...) -> Answer {
        var object = JSONObject()
        object["access_token"] = .string(access)
        object["token_type"] = "Bearer"
        object["expires_in"] = .number(JSONNumber(TokenKeys.lifetime))
        object["refresh_token"] = .string(refresh)
        for (key, value) in further { object[key] = value }
        return .json(.object(object), status: status).with("Cache-Control", "no-store")
    }

    /// Its members, for the docs.
    static let shape: [AnswerShape.FieldSummary] = [
        .init("access_token", "string"), .init("token_type", "string"), .init("expires_in", "integer"),
        .init("refresh_token", "string"),
    ]
}

extension Context {
    /// Opens a session of a person, acting in an organization or in none.
    func openSession(of person: UUIDv7, in organization: UUIDv7?) async throws(Problem) -> TokenPair {
        let session = UUIDv7.make(at: now)
        let refresh = Token.random()
        _ = try await write([
            """
            select platform.open_session(
                \(session)::uuid, \(person)::uuid, \(organization)::uuid, \(Token.digest(refresh))::bytea,
                \(now),
                \(now.adding(seconds: TokenPair.refreshLifetime)), \(request.userAgent))
            """
        ])
        return try tokens(of: person, session: session, in: organization, refresh: refresh)
    }

    /// Takes this session to another organization; nil when that one is not open to the person.
    func moveSession(_ session: UUIDv7, of person: UUIDv7, to organization: UUIDv7) async throws(Problem)
        -> TokenPair?
    {
        let refresh = Token.random()
        let rows = try await write([
            """
            select platform.switch_session(
                \(session)::uuid, \(person)::uuid, \(organization)::uuid, \(Token.digest(refresh))::bytea,
                \(now),
                \(now.adding(seconds: TokenPair.refreshLifetime)))
            """
        ])[0]
        guard rows.bool(0, 0) == true else { return nil }
        return try tokens(of: person, session: session, in: organization, refresh: refresh)
    }

    func tokens(of person: UUIDv7, session: UUIDv7, in organization: UUIDv7?, refresh: String) throws(Problem)
        -> TokenPair
    {
        let access = try runtime.tokens.issue(
            user: person, session: session, organization: organization, now: now)
        return TokenPair(access: access, refresh: refresh)
    }
}
