internal import Postgres
internal import Wire

/// Says why a member can, or can't, see and change a record.
struct AccessExplanation {
    let entity: EntityDefinition
    let context: Context

    func answer(_ id: UUIDv7, member text: String?) async throws(Problem) -> Answer {
        let scope = try context.authorizer.reading(entity)
        _ = try await RecordQuery(entity: entity, context: context).json(id, scope: scope, only: ["id"])
        let principal = try await subject(text)
        let authorizer = Authorizer(principal: principal)
        var answer = JSONObject()
        answer["member_id"] = principal.user.map { .string($0.description) } ?? .null
        answer["role_id"] = principal.grant.roleID.map { .string($0.description) } ?? .null
        answer["role"] = principal.grant.roleKey.map { .string($0) } ?? .null
        answer["read"] = try await explain(entity.readPermission, id, authorizer)
        answer["write"] = try await explain(entity.writePermission, id, authorizer)
        answer["hidden_fields"] = .array(
            entity.fields.filter { !$0.isSecret && !principal.grant.sees($0, of: entity) }.map {
                .string($0.key)
            })
        return .json(.object(answer))
    }

    /// The caller, or another member for those who may read members.
    private func subject(_ text: String?) async throws(Problem) -> Principal {
        guard let text else { return context.principal }
        guard let member = UUIDv7(text) else {
            throw Problem.badQuery("member_id", "not_an_id", expected: "UUID")
        }
        guard member != context.principal.user else { return context.principal }
        try context.authorizer.require("users.read")
        guard let principal = try await context.principal(of: member) else {
            throw Problem.badQuery("member_id", "reference_not_found")
        }
        return principal
    }

    private func explain(_ permission: String, _ id: UUIDv7, _ authorizer: Authorizer) async throws(Problem)
        -> JSON
    {
        let level = authorizer.level(of: entity, for: permission)
        var answer = JSONObject()
        answer["permission"] = .string(permission)
        answer["scope"] = .string(level.rawValue)
        let because: String
        var allowed = false
        if level == .none {
            because = "no_grant"
        } else if level == .all || entity.ownerField == nil {
            allowed = true
            because = authorizer.principal.grant.isAdmin ? "org_admin" : "scope_all"
        } else {
            let scope = Scope(
                entity: entity, organization: try context.organization(), level: level,
                user: authorizer.principal.user, includesShared: permission == entity.readPermission)
            let own = Scope(
                entity: entity, organization: try context.organization(), level: .own,
                user: authorizer.principal.user)
            let rows = try await context.read([statement(id, scope), statement(id, own)])
            allowed = rows[0].count == 1
            let others = scope.includesShared ? "shared" : "team"
            because = !allowed ? "out_of_scope" : rows[1].count == 1 ? "owner" : others
        }
        answer["allowed"] = .bool(allowed)
        answer["because"] = .string(because)
        answer["explanation"] = .string(
            context.text("access.\(because)", ["permission": permission, "scope": level.rawValue]))
        return .object(answer)
    }

    private func statement(_ id: UUIDv7, _ scope: Scope) -> SQL {
        "select 1 from \(unsafeSQL: entity.table) t where \(sql: scope.condition("t")) and t.id = \(id)::uuid"
    }
}
