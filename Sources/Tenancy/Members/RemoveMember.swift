internal import Kernel
internal import Postgres
internal import Wire

/// Ends a membership. With `reassign_to`, everything that the member owns goes to that member in the same
/// transaction, record by record in the audit; without, records keep the name of who left.
struct RemoveMember: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        let heir = Field.reference("reassign_to", to: Member.self).optional
        init() {}
    }

    static let route = Route.delete("/members/{id}")
    static let access = RouteAccess.permission("users.revoke")
    static let answer = AnswerShape.nothing
    static let status = 204
    static let problems = [404, 409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let organization = try context.organization()
        let member = try await StoredMember.lock(input.id, in: context)
        // Before anything is handed over: what opens doors in the member's name ends with the member.
        try await context.revokeKeys(of: member.id)
        var detail = JSONObject()
        if let heir = input.heir?.uuid {
            try await demandActive(heir, otherThan: member.id, in: context)
            let moved = try await reassign(from: member.id, to: heir, in: context)
            detail["reassigned_to"] = .string(heir.description)
            detail["records"] = .number(JSONNumber(Int64(moved)))
            if moved > 0 {
                try await context.notify([
                    .owners(to: heir, by: context.principal.user, count: Int64(moved))
                ])
            }
        }
        _ = try await context.write([
            """
            delete from kernel.team_members t
            where t.organization_id = \(organization)::uuid and t.member_id = \(member.id)::uuid
            """
        ])
        try await context.setStatus(.removed, of: member.id)
        try await context.revokeSessions(of: member.id, in: organization, reason: "removed")
        try await context.revokeInvitations(by: member.id)
        try await context.securityEvent("users.removed", subject: member.id, detail: .object(detail))
        return .noContent
    }

    private static func demandActive(_ heir: UUIDv7, otherThan member: UUIDv7, in context: Context)
        async throws(Problem)
    {
        let rows = try await context.read(
            """
            select m.id from kernel.memberships m
            where m.organization_id = \(try context.organization())::uuid and m.id = \(heir)::uuid
            and m.status = 'active'
            """)
        guard rows.count == 1, heir != member else {
            throw Problem.invalid("reassign_to", "reference_not_found")
        }
    }

    /// Every owned record of every entity that passes on, those in the bin too; returns how many.
    private static func reassign(from member: UUIDv7, to heir: UUIDv7, in context: Context)
        async throws(Problem) -> Int
    {
        let organization = try context.organization()
        let statements = context.runtime.registry.entities.compactMap { entity -> SQL? in
            guard let owner = entity.inheritedField else { return nil }
            let shared: SQL = entity.audienceColumn.map { " and t.\(identifier: $0) is null" } ?? ""
            return """
                update \(unsafeSQL: entity.table) t
                set \(identifier: owner) = \(heir)::uuid
                where t.organization_id = \(organization)::uuid
                and t.\(identifier: owner) = \(member)::uuid\(sql: shared)
                """
        }
        guard !statements.isEmpty else { return 0 }
        return try await context.write(statements).reduce(0) { $0 + $1.affected }
    }
}
