public import Kernel

extension Opportunity {
    public static let views: [View<Opportunity>] = [
        .list(
            \.title, \.account, \.stage, \.amount, \.winProbability, \.expectedCloseOn, \.owner,
            \.closedAt),
        .board(by: \.stage, \.title, \.account, \.amount, \.owner, \.expectedCloseOn, \.isRotting),
        .form(
            "view.sales.opportunity.deal", \.title, \.account, \.contact, \.product, \.amount, \.owner,
            \.priority),
        .form(
            "view.sales.opportunity.way", \.pipeline, \.stage, \.probability, \.engagedOn, \.expectedCloseOn,
            \.nextStep),
        .form("view.sales.opportunity.close", \.closedAt, \.lostReason),
        .form("view.sales.opportunity.links", \.lead, \.externalCode),
    ]

    public static let grants: [RoleGrant] = [
        .read(.team, .salesManager), .write(.team, .salesManager),
        .read(.own, .salesRep), .write(.own, .salesRep),
        .read(.all, .viewer),
    ]
}
