/// What every installation has: people, roles and teams, metadata, search and the API's own description.
public struct KernelPlugin: Plugin {
    public static let manifest = Manifest(
        id: "kernel", version: 1, isOptional: false,
        messages: [
            MessageCatalog(.english, json: PackageResources.en_json),
            MessageCatalog(.italian, json: PackageResources.it_json),
        ])

    public init() {}

    public var body: [any Contribution] {
        Entities(Member.self, Role.self, Team.self)
        Implies(Member.namePermission, "teams.read")
        SavedViewContributions()
        NotificationContributions()
        PresenceContributions()
        ConditionalActions(ShowMeta.self, ShowOpenAPI.self)
        Actions(SearchRecords.self)
        StreamContributions()
        ImportContributions()
        BulkContributions()
        OperatorContributions()
        // Roles are made by an action, and members read by another permission: no entity registers these.
        Permissions("roles.write", Member.detailPermission)
    }
}
