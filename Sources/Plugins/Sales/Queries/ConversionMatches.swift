internal import Directory
internal import Kernel
internal import Wire

/// Accounts and contacts that a lead probably stands for already, as far as the caller may see.
struct ConversionMatches: Sendable {
    let accounts: [Likeness]
    let contacts: [Likeness]

    /// As a 409 and the preview of a conversion tell them.
    var json: JSON {
        [
            "accounts": .array(accounts.map { $0.json(type: Account.name) }),
            "contacts": .array(contacts.map { $0.json(type: Contact.name) }),
        ]
    }

    /// A company by its name in whatever city, its domain, address or number.
    private static let accountRules: [DuplicateRule] = [
        DuplicateRule(
            "name", [DuplicateRule.Part("name", column: "name_match", form: "directory.name_match")]),
        DuplicateRule("email", [DuplicateRule.Part("email")]),
        DuplicateRule("domain", [DuplicateRule.Part("domain")]),
        DuplicateRule(
            "phone", [DuplicateRule.Part("phone", column: "phone_match", form: "directory.phone_match")]),
    ]

    /// Looks for both.
    static func find(for lead: Record<Lead>, in context: Context) async throws(Problem) -> ConversionMatches {
        let domain = lead.email?.split(separator: "@").last.map(String.init)
        let accounts = try await context.duplicates(
            of: Account.self,
            [
                .set(\.name, lead.company ?? ""), .set(\.email, lead.email), .set(\.domain, domain),
                .set(\.phone, lead.phone),
            ], by: accountRules)
        let contacts = try await context.duplicates(
            of: Contact.self, [.set(\.email, lead.email), .set(\.phone, lead.phone)])
        return ConversionMatches(accounts: accounts, contacts: contacts)
    }
}
