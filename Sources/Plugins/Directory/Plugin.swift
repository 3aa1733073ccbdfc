public import Kernel

/// The customer master: accounts, contacts and how to reach them, shared by the other plugins.
public struct DirectoryPlugin: Plugin {
    public static let manifest = Manifest(
        id: "directory", version: 2, isOptional: false,
        messages: [
            MessageCatalog(.english, json: PackageResources.en_json),
            MessageCatalog(.italian, json: PackageResources.it_json),
        ])

    public init() {}

    public var body: [any Contribution] {
        Entities(Account.self, Contact.self, ContactPoint.self)
        Prepare(.update, Account.self, Account.checkParent)
        Before(.create, Account.self, Account.checkNumbers)
        Before(.update, Account.self, Account.checkNumbers)
        Prepare(.create, ContactPoint.self, ContactPoint.join)
        Timeline(Contact.self, on: "account_id", at: "created_at")
        Actions(
            FindAccountDuplicates.self, FindContactDuplicates.self, ShowAccountTimeline.self,
            ShowContactTimeline.self)
    }
}
