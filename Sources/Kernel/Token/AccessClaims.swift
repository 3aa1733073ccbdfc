public import Wire

/// What a checked access token says of its bearer. Whether the session still lives is asked beside it.
public struct AccessClaims: Sendable, Hashable {
    public let user: UUIDv7
    public let session: UUIDv7
    /// The organization that the session acts in; nil for somebody who belongs to none.
    public let organization: UUIDv7?
    /// From then on the token is refused.
    public let expiresAt: Instant
    /// The realm that the token opens.
    public let audience: TokenAudience

    /// Reads the claims of a token whose signature holds for `audience`; nil when one of ours would look
    /// different.
    init?(_ claims: JSON, audience: TokenAudience) {
        guard let user = claims["sub"]?.stringValue.flatMap({ UUIDv7($0) }),
            let session = claims["sid"]?.stringValue.flatMap({ UUIDv7($0) }),
            let expiry = claims["exp"]?.integerValue
        else { return nil }
        self.user = user
        self.session = session
        organization = claims["org"]?.stringValue.flatMap { UUIDv7($0) }
        expiresAt = Instant(milliseconds: expiry * 1000)
        self.audience = audience
    }
}
