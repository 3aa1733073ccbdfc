public import Kernel

extension Lead {
    public static let views: [View<Lead>] = [
        .list(
            \.lastName, \.firstName, \.company, \.status, \.priority, \.score, \.source, \.owner, \.email,
            \.phone),
        .board(by: \.status, \.lastName, \.company, \.priority, \.score, \.owner),
        .form("view.sales.lead.person", \.firstName, \.lastName, \.title, \.company, \.email, \.phone),
        .form(
            "view.sales.lead.work", \.status, \.priority, \.owner, \.source, \.campaign, \.industry,
            \.disqualifiedReason, \.notes),
        .form("view.sales.lead.result", \.score, \.convertedAt, \.account, \.contact, \.opportunity),
    ]

    public static let grants: [RoleGrant] = [
        .read(.team, .salesManager), .write(.team, .salesManager),
        .read(.own, .salesRep), .write(.own, .salesRep),
        .read(.all, .viewer),
    ]

    public static let duplicateRules: [DuplicateRule] = [
        DuplicateRule("email", [DuplicateRule.Part("email")]),
        DuplicateRule(
            "phone", [DuplicateRule.Part("phone", column: "phone_match", form: "directory.phone_match")]),
        DuplicateRule(
            "name_and_company",
            [
                DuplicateRule.Part("company", column: "company_match", form: "directory.name_match"),
                DuplicateRule.Part("last_name"),
            ]),
    ]
}
