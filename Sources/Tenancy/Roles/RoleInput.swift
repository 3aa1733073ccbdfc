internal import Kernel
internal import Postgres
internal import Wire

/// Reads and writes what a role holds, as the permission matrix sends it.
enum RoleInput {
    /// `[{"permission": …, "scope": "own|team|all"}]`, each a registered permission, once.
    static func grants(
        _ json: JSON, at field: String = "grants", in context: Context, _ errors: inout [FieldError]
    ) -> [String: ScopeLevel] {
        let items = JSONItems(json, at: field, limit: 2000, keys: ["permission", "scope"], &errors)
        let known = Set(context.runtime.registry.permissions.map(\.name))
        var grants: [String: ScopeLevel] = [:]
        for item in items.all {
            let permission = item.text("permission", &errors)
            let text = item.text("scope", &errors)
            guard let permission, let text else { continue }
            if !known.contains(permission) {
                errors.append(FieldError(field: item.path("permission"), code: "unknown_permission"))
            } else if grants[permission] != nil {
                errors.append(FieldError(field: item.path("permission"), code: "repeated"))
            }
            guard let scope = ScopeLevel(rawValue: text), scope != .none else {
                errors.append(
                    FieldError(field: item.path("scope"), code: "not_a_choice", expected: "own, team, all"))
                continue
            }
            grants[permission] = scope
        }
        return grants
    }

    /// `[{"entity": …, "field": …, "access": "hidden|readonly"}]`, each a declared field, once.
    static func fields(_ json: JSON, in context: Context, _ errors: inout [FieldError])
        -> (hidden: Set<String>, readOnly: Set<String>)
    {
        let items = JSONItems(
            json, at: "field_access", limit: 2000, keys: ["entity", "field", "access"], &errors)
        var hidden: Set<String> = []
        var readOnly: Set<String> = []
        for item in items.all {
            let entity = item.text("entity", &errors)
            let field = item.text("field", &errors)
            let access = item.text("access", &errors)
            guard let entity, let field, let access else { continue }
            guard let definition = context.runtime.registry.entity(entity)?.field(field) else {
                errors.append(FieldError(field: item.path("field"), code: "unknown_field"))
                continue
            }
            let name = "\(entity).\(field)"
            if hidden.contains(name) || readOnly.contains(name) {
                errors.append(FieldError(field: item.path("field"), code: "repeated"))
            }
            switch access {
            // What the search finds would tell of it.
            case "hidden" where definition.isSearchable:
                errors.append(FieldError(field: item.path("access"), code: "searchable_field"))
            case "hidden": hidden.insert(name)
            case "readonly": readOnly.insert(name)
            default:
                errors.append(
                    FieldError(field: item.path("access"), code: "not_a_choice", expected: "hidden, readonly")
                )
            }
        }
        return (hidden, readOnly)
    }
}

extension RoleRights {
    /// Puts these rights in the place of what the role held.
    func write(to role: UUIDv7, in context: Context) async throws(Problem) {
        let organization = try context.organization()
        let granted = grants.sorted { $0.key < $1.key }
        let names = hidden.sorted() + readOnly.sorted()
        let accesses = hidden.map { _ in "hidden" } + readOnly.map { _ in "readonly" }
        let parts = names.map { name -> (entity: String, field: String) in
            let dot = name.lastIndex(of: ".") ?? name.startIndex
            return (String(name[..<dot]), String(name[dot...].dropFirst()))
        }
        _ = try await context.write([
            """
            delete from kernel.role_grants g
            where g.organization_id = \(organization)::uuid and g.role_id = \(role)::uuid
            and g.permission <> all(\(granted.map(\.key))::text[])
            """,
            """
            insert into kernel.role_grants as g (organization_id, role_id, permission, scope)
            select \(organization)::uuid, \(role)::uuid, n.permission, n.scope
            from unnest(\(granted.map(\.key))::text[], \(granted.map(\.value.rawValue))::text[])
            as n (permission, scope)
            on conflict on constraint role_grants_permission_key do update set scope = excluded.scope
            where g.scope <> excluded.scope
            """,
            """
            delete from kernel.role_fields f
            where f.organization_id = \(organization)::uuid and f.role_id = \(role)::uuid
            and f.entity || '.' || f.field <> all(\(names)::text[])
            """,
            """
            insert into kernel.role_fields as f (organization_id, role_id, entity, field, access)
            select \(organization)::uuid, \(role)::uuid, n.entity, n.field, n.access
            from unnest(\(parts.map(\.entity))::text[], \(parts.map(\.field))::text[], \(accesses)::text[])
                as n (entity, field, access)
            on conflict on constraint role_fields_field_key do update set access = excluded.access
            where f.access <> excluded.access
            """,
        ])
    }

    /// As the security audit tells it.
    var json: JSON {
        var object = JSONObject()
        for (permission, scope) in grants.sorted(by: { $0.key < $1.key }) {
            object[permission] = .string(scope.rawValue)
        }
        return [
            "grants": .object(object), "hidden": .array(hidden.sorted().map(JSON.string)),
            "read_only": .array(readOnly.sorted().map(JSON.string)),
        ]
    }
}
