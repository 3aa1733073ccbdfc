public import Kernel

/// Plans and what they turn on.
public struct BillingPlugin: Plugin {
    public static let manifest = Manifest(
        id: "billing", version: 1, isOptional: false,
        messages: [
            MessageCatalog(.english, json: PackageResources.en_json),
            MessageCatalog(.italian, json: PackageResources.it_json),
        ])

    public init() {}

    public var body: [any Contribution] {
        Actions(ShowPlan.self)
    }
}
