public import Kernel
public import Wire

/// A company, or a person as a customer: the master record that the other plugins share.
public struct Account: Entity {
    public static let name = "directory.account"
    public static let path = "accounts"
    public static let ownership = Ownership.owner(field: "owner_id")
    public static let invariants: [Invariant<Account>] = [
        Invariant("own_parent", at: "parent_id") { $0.parent != $0.id }
    ]

    public let name = Field.text("name").searchable().indexed().imported(
        as: "account", "account name", "company", "company name", "customer", "azienda", "cliente", "ditta",
        "ragione sociale")
    public let legalName = Field.text("legal_name").searchable().imported(as: "denominazione", "legal name")
        .optional
    public let kind = Field.choice("kind", default: Kind.prospect).indexed().imported(as: "type", "tipo")
    /// Checked by `VATNumber`; kept without separators, with the country's prefix where one was sent.
    public let vatNumber = Field.text("vat_number", max: 30).searchable().indexed().imported(
        as: "vat", "vat id", "partita iva", "p.iva", "piva"
    ).optional
    /// Checked by `TaxCode`.
    public let taxCode = Field.text("tax_code", max: 30).searchable().imported(as: "codice fiscale", "cf")
        .optional
    /// Where electronic invoices go: seven characters.
    public let sdiCode = Field.text("sdi_code", max: 7).validated(InvoiceCode.fault).imported(
        as: "codice destinatario", "codice sdi", "sdi"
    ).optional
    /// Certified mail.
    public let pec = Field.email("pec").imported(as: "certified mail", "posta certificata").optional
    /// The company's part of its e-mail addresses.
    public let domain = Field.text("domain", max: 253).matchable().validated(DomainName.fault).imported(
        as: "dominio"
    )
    .optional
    public let website = Field.url("website").imported(as: "url", "web", "sito", "sito web").optional
    public let phone = Field.phone("phone").imported(as: "telephone", "telefono", "tel").optional
    public let email = Field.email("email").searchable().imported(as: "e-mail", "mail").optional
    public let industry = Field.text("industry", max: 100).matchable().indexed().imported(
        as: "sector", "settore"
    ).optional
    /// A class of size in the organization's own words.
    public let size = Field.text("size", max: 50).imported(as: "company size", "dimensione").optional
    public let territory = Field.text("territory", max: 100).matchable().imported(
        as: "office_location", "region", "area", "zona", "territorio"
    ).optional
    public let rating = Field.text("rating", max: 50).imported(as: "valutazione").optional
    public let owner = Field<ID<Member>>.owner()
    public let parent = Field.reference("parent_id", to: Account.self).indexed().imported(
        as: "subsidiary_of", "parent account", "parent company", "capogruppo", "controllante"
    ).optional
    public let billingAddress = Field.address("billing_address").imported(as: "address", "indirizzo").optional
    public let shippingAddress = Field.address("shipping_address").imported(as: "indirizzo di spedizione")
        .optional
    /// When visits are possible.
    public let timeWindows = Field.timeWindows("time_windows").imported(
        as: "opening hours", "business hours", "orari", "orari di apertura"
    ).optional
    public let source = Field.text("source", max: 100).imported(as: "origin", "origine", "fonte").optional
    /// The key in the organization's ERP.
    public let externalCode = Field.text("external_code", max: 100).unique().imported(
        as: "erp code", "customer code", "codice cliente", "codice gestionale"
    ).optional
    public let lastSyncedAt = Field.instant("last_synced_at").optional
    public let annualRevenue = Field.money("annual_revenue").validated(Amount.fault).imported(
        as: "revenue", "turnover", "fatturato"
    ).optional
    public let employees = Field.integer("employees", in: 0...100_000_000).imported(
        as: "staff", "dipendenti", "addetti"
    )
    .optional
    public let foundedYear = Field.integer("founded_year", in: 1...9999).imported(
        as: "year_established", "founded", "anno di fondazione"
    ).optional
    public let active = Field.boolean("active").default(true).imported(as: "attivo")

    /// What the company is to the organization.
    public enum Kind: String, Choice { case prospect, customer, partner, supplier }

    public init() {}
}
