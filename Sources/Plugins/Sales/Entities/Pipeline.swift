public import Kernel

/// A way that deals go, in stages. One of an organization's is the default.
public struct Pipeline: Entity {
    public static let name = "sales.pipeline"
    public static let path = "pipelines"

    public let name = Field.text("name", max: 100).searchable().unique().imported(as: "pipeline")
    /// Setting it takes it from the pipeline that had it.
    public let isDefault = Field.boolean("is_default").default(false)
    public let currency = Field.currency("currency").default(.organizationCurrency)

    public static let views: [View<Pipeline>] = [
        .list(\.name, \.isDefault, \.currency, sort: "name"),
        .form("view.sales.pipeline.setup", \.name, \.currency, \.isDefault),
    ]

    /// Everybody who sells sees how; managers arrange it.
    public static let grants: [RoleGrant] = [
        .read(.all, .salesManager), .write(.all, .salesManager),
        .read(.all, .salesRep),
        .read(.all, .viewer),
    ]

    public init() {}
}
