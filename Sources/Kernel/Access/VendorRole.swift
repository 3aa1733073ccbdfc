/// What somebody of the vendor's realm may do there; tenancy.md, "The vendor's realm". It gives no right in
/// any organization.
public enum VendorRole: String, Choice {
    /// Looks at organizations, and changes nothing.
    case supportAgent = "support_agent"
    /// Suspends organizations and reactivates them, besides.
    case superAdmin = "super_admin"

    /// Whether it may what `least` may.
    public func covers(_ least: VendorRole) -> Bool { self == .superAdmin || self == least }
}
