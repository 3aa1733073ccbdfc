public import Kernel

extension Account {
    public static let views: [View<Account>] = [
        .list(
            \.name, \.kind, \.industry, \.territory, \.owner, \.phone, \.email, \.annualRevenue, \.employees,
            sort: "name"),
        .board(by: \.kind, \.name, \.industry, \.territory, \.owner),
        .form("view.directory.account.identity", \.name, \.kind, \.parent, \.owner, \.active),
        .form("view.directory.account.reach", \.phone, \.email, \.website, \.domain),
        .form("view.directory.account.fiscal", \.legalName, \.vatNumber, \.taxCode, \.sdiCode, \.pec),
        .form("view.directory.account.addresses", \.billingAddress, \.shippingAddress, \.timeWindows),
        .form(
            "view.directory.account.profile", \.industry, \.size, \.territory, \.rating, \.source,
            \.annualRevenue,
            \.employees, \.foundedYear),
        .form("view.directory.account.links", \.externalCode, \.lastSyncedAt),
    ]

    /// Everybody who sells reads all customers, and writes those that are theirs or their team's.
    public static let grants: [RoleGrant] = [
        .read(.all, .salesManager), .write(.team, .salesManager),
        .read(.all, .salesRep), .write(.own, .salesRep),
        .read(.all, .viewer),
    ]

    public static let duplicateRules: [DuplicateRule] = [
        DuplicateRule(
            "vat_number", [DuplicateRule.Part("vat_number", column: "vat_match", form: "directory.vat_match")]
        ),
        DuplicateRule("email", [DuplicateRule.Part("email")]),
        DuplicateRule(
            "name_and_city",
            [
                DuplicateRule.Part("name", column: "name_match", form: "directory.name_match"),
                DuplicateRule.Part("billing_address", column: "city_match", form: "directory.city_match"),
            ]),
        DuplicateRule(
            "phone", [DuplicateRule.Part("phone", column: "phone_match", form: "directory.phone_match")]),
    ]
}
