internal import Kernel
internal import Postgres
internal import Wire

/// What a sign-in to the vendor's realm gives.
enum VendorSession {
    /// Seconds after which a session ends however often it was renewed: a day. Much is open here, so it is
    /// shorter than a tenant's.
    static let longest = SessionCookies.longestVendorSession

    static let shape = AnswerShape.object(TokenPair.shape + [VendorUser.shape])

    /// Opens a session of a user who has given password and code.
    static func open(_ user: VendorUser, in context: Context) async throws(Problem) -> Answer {
        let session = UUIDv7.make(at: context.now)
        let refresh = Token.random()
        _ = try await context.write([
            """
            select platform.open_vendor_session(
                \(session)::uuid, \(user.id)::uuid, \(Token.digest(refresh))::bytea, \(context.now),
                \(context.now.adding(seconds: TokenPair.refreshLifetime)), \(context.request.userAgent))
            """
        ])
        return try pair(of: user.id, session, refresh, in: context).answer(("user", user.json))
    }

    static func pair(of user: UUIDv7, _ session: UUIDv7, _ refresh: String, in context: Context)
        throws(Problem) -> TokenPair
    {
        if context.request.handover == .cookie {
            let cookies = context.runtime.vendorCookies
            let headers = cookies.headers(session: session, organization: nil, now: context.now)
            let browser = BrowserHandover(
                organization: nil, proof: cookies.proof(of: session), headers: headers)
            return TokenPair(access: "", refresh: "", browser: browser)
        }
        let access = try context.runtime.tokens.issueForVendor(user: user, session: session, now: context.now)
        return TokenPair(access: access, refresh: refresh)
    }
}
