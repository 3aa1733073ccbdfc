internal import Kernel
internal import Postgres
internal import Wire

/// Every permission with the scope that each role gives it, named in the caller's language.
struct ShowRoleMatrix: Action {
    typealias Input = NoInput
    static let route = Route.get("/roles/matrix")
    static let access = RouteAccess.permission("roles.read")
    static let answer = AnswerShape.object([.init("roles", "array"), .init("permissions", "array")])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let organization = try context.organization()
        let results = try await context.read([
            """
            select r.id, r.key, r.name from kernel.roles r
            where r.organization_id = \(organization)::uuid and r.deleted_at is null
            order by r.key is null, r.name_key
            limit 500
            """,
            """
            select g.role_id, g.permission, g.scope from kernel.role_grants g
            join kernel.roles r on r.organization_id = g.organization_id and r.id = g.role_id
            where g.organization_id = \(organization)::uuid and r.deleted_at is null
            """,
        ])
        let (roles, grants) = (results[0], results[1])
        var scopes: [String: [(role: UUIDv7, scope: String)]] = [:]
        for row in 0..<grants.count {
            guard let role = grants.id(row, 0), let permission = grants[row, 1], let scope = grants[row, 2]
            else { continue }
            scopes[permission, default: []].append((role: role, scope: scope))
        }
        let admin = (0..<roles.count).first { roles[$0, 1] == BuiltInRole.orgAdmin.rawValue }.flatMap {
            roles.id($0, 0)
        }
        var writer = JSONWriter(capacity: 16_384)
        writer.beginObject()
        write(roles, in: context, to: &writer)
        writer.key("permissions")
        writer.beginArray()
        for permission in context.runtime.registry.permissions {
            var cells = scopes[permission.name] ?? []
            if let admin { cells.append((role: admin, scope: ScopeLevel.all.rawValue)) }
            write(permission, cells, in: context, to: &writer)
        }
        writer.endArray()
        writer.endObject()
        return .json(writer.bytes)
    }

    private static func write(_ roles: Rows, in context: Context, to writer: inout JSONWriter) {
        writer.key("roles")
        writer.beginArray()
        for row in 0..<roles.count {
            writer.beginObject()
            writer.field("id", roles.id(row, 0))
            writer.field("key", roles[row, 1])
            writer.field("name", roles[row, 1].map { context.text("role.\($0)") } ?? roles[row, 2])
            writer.endObject()
        }
        writer.endArray()
    }

    private static func write(
        _ permission: (plugin: String, name: String), _ cells: [(role: UUIDv7, scope: String)],
        in context: Context,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.field("permission", permission.name)
        writer.field("plugin", permission.plugin)
        writer.field("label", context.text("permission.\(permission.name)"))
        writer.key("scopes")
        writer.beginObject()
        for cell in cells { writer.field(cell.role.description, cell.scope) }
        writer.endObject()
        writer.endObject()
    }
}
