public import Kernel
public import Wire

/// A person, at an account or alone.
public struct Contact: Entity {
    public static let name = "directory.contact"
    public static let path = "contacts"
    public static let ownership = Ownership.owner(field: "owner_id")
    /// Of the table alone: first and last name, else the address.
    public static let label: String? =
        "coalesce(nullif(btrim(concat_ws(' ', r.first_name, r.last_name)), ''), r.email)"
    public static let invariants: [Invariant<Contact>] = [
        Invariant("name_needed", at: "last_name") { contact in
            contact.firstName != nil || contact.lastName != nil || contact.email != nil
        }
    ]

    public let firstName = Field.text("first_name", max: 100).searchable().imported(as: "name", "nome")
        .optional
    public let lastName = Field.text("last_name", max: 100).searchable().indexed().imported(
        as: "surname", "cognome"
    )
    .optional
    public let account = Field.reference("account_id", to: Account.self).indexed().imported(
        as: "company", "azienda", "cliente"
    ).optional
    public let title = Field.text("title", max: 100).imported(as: "job title", "role", "ruolo", "qualifica")
        .optional
    public let email = Field.email("email").searchable().indexed().imported(as: "e-mail", "mail")
        .further(in: ContactPoint.self, by: "contact_id").optional
    public let phone = Field.phone("phone").imported(
        as: "mobile", "telephone", "telefono", "cellulare", "tel"
    ).further(in: ContactPoint.self, by: "contact_id").optional
    /// BCP 47, such as `it` or `it-IT`.
    public let language = Field.text("language", max: 35).validated(LanguageTag.fault).imported(as: "lingua")
        .optional
    /// An IANA name.
    public let timeZone = Field.text("time_zone", max: 64).validated(ZoneName.fault).imported(
        as: "fuso orario"
    ).optional
    public let owner = Field<ID<Member>>.owner()
    public let birthday = Field.date("birthday").imported(as: "birth date", "compleanno", "data di nascita")
        .optional
    public let notes = Field.longText("notes").imported(as: "note").optional
    /// Whether the person may be let into the customer portal.
    public let hasPortalAccess = Field.boolean("has_portal_access").default(false)
    public let active = Field.boolean("active").default(true).imported(as: "attivo")

    public static let views: [View<Contact>] = [
        .list(\.lastName, \.firstName, \.account, \.title, \.email, \.phone, \.owner, sort: "last_name"),
        .form(
            "view.directory.contact.person", \.firstName, \.lastName, \.title, \.account, \.owner, \.active),
        .form("view.directory.contact.reach", \.email, \.phone, \.language, \.timeZone, \.hasPortalAccess),
        .form("view.directory.contact.more", \.birthday, \.notes),
    ]

    public static let grants: [RoleGrant] = [
        .read(.all, .salesManager), .write(.team, .salesManager),
        .read(.all, .salesRep), .write(.own, .salesRep),
        .read(.all, .viewer),
    ]

    public static let duplicateRules: [DuplicateRule] = [
        DuplicateRule("email", [DuplicateRule.Part("email")]),
        DuplicateRule(
            "phone", [DuplicateRule.Part("phone", column: "phone_match", form: "directory.phone_match")]),
        DuplicateRule(
            "name_and_account",
            [
                DuplicateRule.Part("first_name"), DuplicateRule.Part("last_name"),
                DuplicateRule.Part("account_id", column: "account_id", form: ""),
            ]),
    ]

    public init() {}
}
