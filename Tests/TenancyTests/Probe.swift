import Kernel
import Postgres
import TestKit
import Wire

/// Records that somebody answers for.
struct Visit: Entity {
    static let name = "probe.visit"
    static let path = "visits"
    static let ownership = Ownership.owner(field: "owner_id")
    static let grants: [RoleGrant] = [
        .read(.own, .salesRep), .write(.own, .salesRep), .read(.all, .salesManager),
        .write(.all, .salesManager),
        .hide("secret", from: .salesRep),
    ]

    let title = Field.text("title", max: 100)
    let secret = Field.text("secret", max: 100).optional
    let owner = Field<ID<Member>?>.owner()
    init() {}
}

/// A plugin with an owned entity and a first record.
struct ProbePlugin: Plugin {
    static let manifest = Manifest(
        id: "probe", version: 1,
        messages: [MessageCatalog(.english, json: texts), MessageCatalog(.italian, json: texts)])

    init() {}

    var body: [any Contribution] {
        Entities(Visit.self)
        Starts { (context: Context) async throws(Problem) -> Void in
            try await context.create(
                Visit.self,
                [.set(\.title, "Say hello"), .set(\.owner, context.principal.user.map { ID($0) })])
        }
    }

    static let texts = Array(
        """
        {"plugin.probe": "Probe", "plugin.probe_extras": "Extras", "entity.probe.visit.one": "Visit",
        "entity.probe.visit.many": "Visits", "field.probe.visit.title": "Title", "field.probe.visit.secret": "Secret",
        "field.probe.visit.owner_id": "Owner", "permission.probe.visit.read": "See visits",
        "permission.probe.visit.write": "Change visits"}
        """.utf8)

    static let migration = TestMigration(
        name: "probe/0001_visits.sql",
        text: """
            create schema probe;
            grant usage on schema probe to platform_app;
            create table probe.visits (
                organization_id uuid not null,
                id uuid not null,
                title text not null,
                secret text,
                owner_id uuid,
                constraint visits_pkey primary key (organization_id, id)
            );
            """)
}

/// A plugin that needs the other.
struct ProbeExtrasPlugin: Plugin {
    static let manifest = Manifest(id: "probe_extras", version: 1, requires: [ProbePlugin.self])
    init() {}
    var body: [any Contribution] {}
}
