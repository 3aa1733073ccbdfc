public import Wire

/// Who acts, in which organization, with what rights: made by the kernel alone from a checked token or job.
public struct Principal: Sendable {
    /// What kind of actor the audit names.
    public enum Kind: String, Sendable { case user, key, job, vendor, system }

    public let kind: Kind
    /// The user, a tenant's or the vendor's; for jobs the member on whose behalf it runs, or nil.
    public let user: UUIDv7?
    public let session: UUIDv7?
    /// The organization that every statement is bound to; nil for one signed in without any.
    public let organization: UUIDv7?
    /// The name that others see.
    public let name: String
    public let email: String
    /// Whether the address was verified; until then no invitations, exports or keys.
    public let isVerified: Bool
    public let grant: Grant
    /// The organization's and the user's preferences.
    public let preferences: Preferences
    /// Plugins that are on.
    public let plugins: Set<String>
    /// The API key that acts in the user's name, where one does.
    public let key: KeyUse?
    /// Whether the organization demands a second factor that the user has not set up.
    public let lacksSecondFactor: Bool
    /// Whether the vendor has suspended the organization.
    public let isSuspended: Bool
    /// The role of somebody of the vendor's realm, who belongs to no organization.
    public let vendorRole: VendorRole?

    /// A key in use.
    public struct KeyUse: Sendable, Equatable {
        public let id: UUIDv7
        /// From then on it is refused; nil for one that holds until it is revoked.
        public let expiresAt: Instant?
    }

    init(
        kind: Kind, user: UUIDv7?, session: UUIDv7?, organization: UUIDv7?, name: String, email: String,
        isVerified: Bool, grant: Grant, preferences: Preferences, plugins: Set<String>,
        key: KeyUse? = nil, lacksSecondFactor: Bool = false, isSuspended: Bool = false,
        vendorRole: VendorRole? = nil
    ) {
        self.kind = kind
        self.user = user
        self.session = session
        self.organization = organization
        self.name = name
        self.email = email
        self.isVerified = isVerified
        self.grant = grant
        self.preferences = preferences
        self.plugins = plugins
        self.key = key
        self.lacksSecondFactor = lacksSecondFactor
        self.isSuspended = isSuspended
        self.vendorRole = vendorRole
    }

    /// Somebody without a token.
    static let anonymous = Principal(
        kind: .user, user: nil, session: nil, organization: nil, name: "", email: "", isVerified: false,
        grant: .nothing, preferences: Preferences(), plugins: [])
}

/// What a person's answers are shaped by.
public struct Preferences: Sendable, Equatable {
    /// BCP 47, such as `it-IT`.
    public var locale = "it-IT"
    /// The organization's own, for what is kept for all of its people.
    public var organizationLocale = "it-IT"
    /// IANA name; buckets, `within` and imported dates use the organization's.
    public var timeZone = "Europe/Rome"
    /// ISO 4217.
    public var currency = "EUR"
    /// Whether the organization is large: its statements are planned each time (data.md).
    public var isLarge = false
    /// Origins whose pages may read the organization's answers.
    var corsOrigins: [String] = []

    /// The platform's defaults.
    public init() {}

    /// The language of texts.
    public var language: Language { Self.language(of: locale) }
    /// The language of texts that are kept with records.
    public var organizationLanguage: Language { Self.language(of: organizationLocale) }

    private static func language(of locale: String) -> Language {
        locale.hasPrefix("it") ? .italian : .english
    }
}
