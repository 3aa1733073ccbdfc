/// The realm that an access token opens, its `aud`; it is refused in every other.
public enum TokenAudience: String, Sendable {
    /// Tenants' people.
    case api
    /// The vendor's people.
    case vendor
}
