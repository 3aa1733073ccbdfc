internal import Kernel
internal import Postgres
internal import Wire

/// What a sign-in gives: an access token, and the refresh token that is good for the next pair, once.
struct TokenPair: Sendable {
    let access: String
    let refresh: String
    /// What stands in for both where a browser asked.
    var browser: BrowserHandover?

    /// Seconds that a refresh token holds: 12 hours.
    static let refreshLifetime = SessionCookies.idleLifetime
    /// Seconds after which a session ends however often it was renewed.
    static let longestSession = SessionCookies.longestSession

    /// The answer that the contract shows, with further members behind.
    func answer(status: Int = 200, _ further: (String, JSON)...) -> Answer {
        if let browser { return browser.answer(status: status, further) }
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
        .init("access_token", "string?"), .init("token_type", "string"), .init("expires_in", "integer"),
        .init("refresh_token", "string?"),
    ]
}

/// A session in the browser's cookie: the body says only what its scripts need.
struct BrowserHandover: Sendable {
    let organization: UUIDv7?
    let proof: String
    let headers: [(String, String)]

    func answer(status: Int, _ further: [(String, JSON)]) -> Answer {
        var object = JSONObject()
        object["access_token"] = .null
        object["token_type"] = "Cookie"
        object["expires_in"] = .number(JSONNumber(SessionCookies.idleLifetime))
        object["refresh_token"] = .null
        object["csrf_token"] = .string(proof)
        object["organization_id"] = organization.map { .string($0.description) } ?? .null
        for (key, value) in further { object[key] = value }
        var answer = Answer.json(.object(object), status: status).with("Cache-Control", "no-store")
        answer.headers += headers
        return answer
    }
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
        // The id tells when the session was opened.
        let longest = (session.instant ?? now).adding(seconds: TokenPair.longestSession)
        let end = min(now.adding(seconds: TokenPair.refreshLifetime), longest)
        let rows = try await write([
            """
            select platform.switch_session(
                \(session)::uuid, \(person)::uuid, \(organization)::uuid, \(Token.digest(refresh))::bytea,
                \(now), \(end))
            """
        ])[0]
        guard rows.bool(0, 0) == true else { return nil }
        return try tokens(of: person, session: session, in: organization, refresh: refresh)
    }

    func tokens(of person: UUIDv7, session: UUIDv7, in organization: UUIDv7?, refresh: String) throws(Problem)
        -> TokenPair
    {
        if request.handover == .cookie {
            return TokenPair(
                access: "", refresh: "", browser: browserHandover(of: session, in: organization))
        }
        let access = try runtime.tokens.issue(
            user: person, session: session, organization: organization, now: now)
        return TokenPair(access: access, refresh: refresh)
    }

    func browserHandover(of session: UUIDv7, in organization: UUIDv7?) -> BrowserHandover {
        BrowserHandover(
            organization: organization, proof: runtime.cookies.proof(of: session),
            headers: runtime.cookies.headers(session: session, organization: organization, now: now))
    }
}
