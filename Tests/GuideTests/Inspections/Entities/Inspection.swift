import Kernel

/// A visit to a site that ends with a finding.
struct Inspection: Entity {
    static let name = "inspections.inspection"
    static let path = "inspections"
    static let ownership = Ownership.owner(field: "owner_id")

    let site = Field.text("site", max: 120).searchable()
    let status = Field.choice("status", default: Status.planned).indexed()
    let plannedOn = Field.date("planned_on").indexed().optional
    let completedAt = Field.instant("completed_at").readOnly().optional
    let finding = Field.longText("finding", max: 4000).optional
    let fee = Field.money("fee").optional
    let owner = Field<ID<Member>>.owner()

    enum Status: String, Choice { case planned, done, cancelled }

    static let stateMachine: StateMachine? = StateMachine([
        "planned": ["done", "cancelled"],
        "cancelled": ["planned"],
    ])
    static let invariants: [Invariant<Inspection>] = [
        Invariant("finding_needed", at: "finding") { inspection in
            inspection.status != .done || inspection.finding != nil
        }
    ]
    static let views: [View<Inspection>] = [
        .list(\.site, \.status, \.plannedOn, \.owner, sort: "planned_on"),
        .board(by: \.status, \.site, \.plannedOn),
    ]
    static let grants: [RoleGrant] = [
        .read(.own, .technician), .write(.own, .technician),
        .read(.all, .dispatcher), .write(.all, .dispatcher),
        .read(.all, .viewer),
    ]
}
