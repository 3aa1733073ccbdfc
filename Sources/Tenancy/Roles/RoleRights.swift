internal import Kernel
internal import Postgres
internal import Wire

/// What a role lets its members do, to be held against what somebody who hands it out may do.
struct RoleRights: Sendable {
    var key: String?
    /// Scope by permission.
    var grants: [String: ScopeLevel] = [:]
    /// Fields as `<entity>.<field>`.
    var hidden: Set<String> = []
    var readOnly: Set<String> = []

    var isAdmin: Bool { key == BuiltInRole.orgAdmin.rawValue }

    /// A live role's; 422 at `field` when there is none, or 404 without a field.
    static func load(_ role: UUIDv7, at field: String? = nil, in context: Context) async throws(Problem)
        -> RoleRights
    {
        let organization = try context.organization()
        let results = try await context.read([
            """
            select r.key from kernel.roles r
            where r.organization_id = \(organization)::uuid and r.id = \(role)::uuid and r.deleted_at is null
            """,
            """
            select g.permission, g.scope from kernel.role_grants g
            where g.organization_id = \(organization)::uuid and g.role_id = \(role)::uuid
            """,
            """
            select f.entity || '.' || f.field, f.access from kernel.role_fields f
            where f.organization_id = \(organization)::uuid and f.role_id = \(role)::uuid
            """,
        ])
        guard results[0].count == 1 else {
            throw field.map { Problem.invalid($0, "reference_not_found") } ?? Problem.notFound
        }
        var rights = RoleRights(key: results[0][0, 0])
        for row in 0..<results[1].count {
            guard let permission = results[1][row, 0],
                let scope = results[1][row, 1].flatMap(ScopeLevel.init(rawValue:))
            else { continue }
            rights.grants[permission] = scope
        }
        for row in 0..<results[2].count {
            guard let name = results[2][row, 0] else { continue }
            if results[2][row, 1] == "hidden" {
                rights.hidden.insert(name)
            } else {
                rights.readOnly.insert(name)
            }
        }
        return rights
    }

    /// 403 `exceeds_own_rights`, with the first right that the caller doesn't hold as far.
    func demand(within context: Context) throws(Problem) {
        guard let excess = excess(over: context.principal.grant, context.runtime.registry) else { return }
        throw Problem(
            403, "exceeds_own_rights", ["right": excess], members: [(key: "right", value: .string(excess))])
    }

    private func excess(over own: Grant, _ registry: Registry) -> String? {
        if own.isAdmin { return nil }
        if isAdmin { return BuiltInRole.orgAdmin.rawValue }
        let granted = grants.sorted { $0.key < $1.key }
        if let wider = granted.first(where: { $0.value > own.scope(of: $0.key) }) { return wider.key }
        return excessField(over: own, registry)
    }

    /// A field that the caller may not see or write, but the role would let be seen or written.
    private func excessField(over own: Grant, _ registry: Registry) -> String? {
        for name in own.hidden.union(own.readOnly).sorted() {
            guard let dot = name.lastIndex(of: "."), let entity = registry.entity(String(name[..<dot])) else {
                continue
            }
            if own.hidden.contains(name), !hidden.contains(name), grants[entity.readPermission] != nil {
                return name
            }
            let isKept = hidden.contains(name) || readOnly.contains(name)
            if !isKept, grants[entity.writePermission] != nil { return name }
        }
        return nil
    }
}
