internal import HTTP
internal import Postgres
public import Wire

/// Who calls, and by which cookie where it is a browser.
struct Caller {
    var principal: Principal
    var cookie: SessionCookie?

    static let anonymous = Caller(principal: .anonymous)
}

extension Authentication {
    /// The caller of a route by Authorization, else by the browser's cookie.
    func caller(of request: Request, for route: RouteDefinition) async throws(Problem) -> Caller {
        let fields = request.headers.all("cookie")
        let realm: TokenAudience = route.access.vendorRole == nil ? .api : .vendor
        guard !fields.isEmpty, request.headers["authorization"] == nil,
            let cookie = runtime.cookies(of: realm).read(fields)
        else { return Caller(principal: try await principal(of: request, for: route)) }
        let browser = BrowserRequest(runtime: runtime, request: request, cookie: cookie)
        let principal: Principal
        do throws(Problem) {
            principal = try await self.principal(of: cookie)
        } catch {
            // A session that has ended does not stand in the way of a new one.
            if route.access == .open, error.status == 401 { return .anonymous }
            throw error
        }
        if browser.isUnsafe, !browser.isOwn {
            // Whoever asks for a new session need not prove the old one; no other site can send that field.
            if route.access == .open, browser.asksForSession { return .anonymous }
            throw Problem(403, "csrf_token_invalid")
        }
        try browser.matchOrganization(for: route)
        return Caller(principal: principal, cookie: cookie)
    }

    /// Who visits a page, by the realm's cookie alone; anonymous where none holds.
    func visitor(of request: Request, in realm: TokenAudience) async -> Caller {
        guard let cookie = runtime.cookies(of: realm).read(request.headers.all("cookie")),
            let known = try? await principal(of: cookie)
        else { return .anonymous }
        return Caller(principal: known, cookie: cookie)
    }

    private func principal(of cookie: SessionCookie) async throws(Problem) -> Principal {
        let end = cookie.issuedAt.adding(seconds: SessionCookies.idleLifetime)
        guard runtime.clock.now() < end else { throw Problem.expiredToken }
        switch cookie.realm {
        case .api: return try await principal(session: cookie.session, organization: cookie.organization)
        case .vendor: return try await vendor(session: cookie.session)
        }
    }
}

/// A request that a browser's cookie came with.
struct BrowserRequest {
    let runtime: Runtime
    let request: Request
    let cookie: SessionCookie

    var isUnsafe: Bool { request.method != .get && request.method != .head }

    var asksForSession: Bool { Self.asksForCookie(request) }

    /// `X-Session: cookie` on sign-in and its like.
    static func asksForCookie(_ request: Request) -> Bool { request.headers["x-session"] == "cookie" }

    /// Whether our own pages sent it: they know the token, and the browser names no other origin.
    var isOwn: Bool {
        let tokens = request.headers.all("x-csrf-token")
        let cookies = runtime.cookies(of: cookie.realm)
        guard tokens.count == 1, cookies.isProof(tokens[0], of: cookie.session) else { return false }
        return SendingPage(runtime: runtime, request: request).isOurs()
    }

    /// 409 where the tab and the cookie act in two organizations: another tab has switched.
    ///
    /// Routes about the person alone do without the field, but not with a wrong one; open routes don't ask.
    func matchOrganization(for route: RouteDefinition) throws(Problem) {
        guard route.access != .open, cookie.realm == .api else { return }
        let sent = request.headers.all("x-organization-id")
        if sent.isEmpty, route.access == .signedIn || cookie.organization == nil { return }
        guard sent.count == 1, let named = UUIDv7(sent[0]), named == cookie.organization else {
            throw Problem(409, "organization_mismatch")
        }
    }
}

/// Keeps a browser's session alive while it is used.
struct SessionRenewal {
    let runtime: Runtime
    let cookie: SessionCookie

    /// The fields of the next cookie where the present one is old enough; none where the session has ended,
    /// or acts in another organization by now: the tab that took it there has its cookie.
    func headers(_ info: RequestInfo) async -> [(String, String)] {
        let now = runtime.clock.now()
        guard now >= cookie.issuedAt.adding(seconds: SessionCookies.renewal) else { return [] }
        return await (try? renew(info, now)) ?? []
    }

    private func renew(_ info: RequestInfo, _ now: Instant) async throws(Problem) -> [(String, String)] {
        let context = Context(runtime: runtime, principal: .anonymous, request: info, now: now)
        let lives =
            switch cookie.realm {
            case .api: try await context.touchSession(cookie.session, in: cookie.organization)
            case .vendor: try await context.touchVendorSession(cookie.session)
            }
        guard lives else { return [] }
        return runtime.cookies(of: cookie.realm).headers(
            session: cookie.session, organization: cookie.organization, now: now)
    }
}

extension Context {
    /// Lets a session live on from now; false when it has ended or acts elsewhere.
    public func touchSession(_ session: UUIDv7, in organization: UUIDv7?) async throws(Problem) -> Bool {
        let rows = try await write([
            """
            select platform.touch_session(
                \(session)::uuid, \(organization)::uuid, \(now),
                \(now.adding(seconds: SessionCookies.idleLifetime)),
                \(now.adding(seconds: -SessionCookies.longestSession)))
            """
        ])[0]
        return rows.bool(0, 0) ?? false
    }

    /// The same in the vendor's realm; false when it has ended.
    func touchVendorSession(_ session: UUIDv7) async throws(Problem) -> Bool {
        let rows = try await write([
            """
            select platform.touch_vendor_session(
                \(session)::uuid, \(now), \(now.adding(seconds: SessionCookies.idleLifetime)),
                \(now.adding(seconds: -SessionCookies.longestVendorSession)))
            """
        ])[0]
        return rows.bool(0, 0) ?? false
    }
}
