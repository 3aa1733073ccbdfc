internal import Kernel
internal import Postgres
internal import Wire

/// The roles that every organization has, with what the plugins suggest for them.
struct BuiltInRoles: Sendable {
    let context: Context
    /// The language that their names are written in.
    let language: Language

    /// Makes all of them and returns the id of Org Admin's, which holds everything without naming it.
    func make() async throws(Problem) -> UUIDv7 {
        let organization = try context.organization()
        let registry = context.runtime.registry
        let ids = BuiltInRole.allCases.map { (role: $0, id: UUIDv7.make(at: context.now)) }
        let idOf = Dictionary(ids.map { ($0.role, $0.id) }, uniquingKeysWith: { first, _ in first })
        let names = ids.map { registry.messages.text("role.\($0.role.rawValue)", in: language) }
        let grants = registry.roleGrants.filter { $0.role != .orgAdmin && $0.scope != .none }
        let hidden = registry.entities.flatMap { entity in
            entity.grants.compactMap { grant -> (role: UUIDv7, entity: String, field: String)? in
                guard let field = grant.hiddenField, let role = idOf[grant.role] else { return nil }
                return (role: role, entity: entity.name, field: field)
            }
        }
        let offers = RoleOffers(registry)
        _ = try await context.write([
            """
            insert into kernel.roles (organization_id, id, key, name)
            select \(organization)::uuid, r.id, r.key, r.name
            from unnest(\(ids.map(\.id))::uuid[], \(ids.map(\.role.rawValue))::text[], \(names)::text[])
            as r (id, key, name)
            """,
            """
            insert into kernel.role_grants (organization_id, role_id, permission, scope)
            select \(organization)::uuid, g.role_id, g.permission, g.scope
            from unnest(
                \(grants.compactMap { idOf[$0.role] })::uuid[], \(grants.map(\.permission))::text[],
                \(grants.map(\.scope.rawValue))::text[]) as g (role_id, permission, scope)
            """,
            """
            insert into kernel.role_fields (organization_id, role_id, entity, field, access)
            select \(organization)::uuid, f.role_id, f.entity, f.field, 'hidden'
            from unnest(
                \(hidden.map(\.role))::uuid[], \(hidden.map(\.entity))::text[],
                \(hidden.map(\.field))::text[])
                as f (role_id, entity, field)
            """,
            """
            select platform.record_role_offers(
                \(organization)::uuid, \(offers.offered)::text[], \(offers.digest))
            """,
        ])
        guard let admin = idOf[.orgAdmin] else { throw Problem.unavailable }
        return admin
    }
}
