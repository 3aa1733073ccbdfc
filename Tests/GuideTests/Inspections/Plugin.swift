import Kernel

/// Inspections of sites.
struct InspectionsPlugin: Plugin {
    static let manifest = Manifest(
        id: "inspections", version: 1,
        messages: [
            MessageCatalog(.english, json: PackageResources.en_json),
            MessageCatalog(.italian, json: PackageResources.it_json),
        ])

    var body: [any Contribution] {
        Entities(Inspection.self)
        Actions(CompleteInspection.self)
        Jobs(CountInspections.self)
        Before(.update, Inspection.self, stampCompletion)
        After(.updated, Inspection.self, name: "inspections.count", countAfterwards)
    }
}
