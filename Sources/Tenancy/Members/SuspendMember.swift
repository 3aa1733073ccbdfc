internal import Kernel
internal import Postgres
internal import Wire

/// Keeps a member out until the suspension is lifted; sessions in the organization end.
struct SuspendMember: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        let reason = Field.text("reason", max: 300).optional
        init() {}
    }

    static let route = Route.post("/members/{id}/suspension")
    static let access = RouteAccess.permission("users.revoke")
    static let answer = AnswerShape.record(Member.name)
    static let problems = [404, 409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let member = try await StoredMember.lock(input.id, in: context)
        if member.status == .active {
            try await context.setStatus(.suspended, of: member.id)
            try await context.revokeSessions(
                of: member.id, in: try context.organization(), reason: "suspended")
            try await context.revokeInvitations(by: member.id)
            try await context.revokeKeys(of: member.id)
            try await context.securityEvent(
                "users.suspended", subject: member.id,
                detail: ["reason": input.reason.map(JSON.string) ?? .null])
        }
        return try await context.answer(with: ID<Member>(member.id))
    }
}

/// Lets a suspended member in again.
struct LiftSuspension: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.delete("/members/{id}/suspension")
    static let access = RouteAccess.permission("users.revoke")
    static let answer = AnswerShape.nothing
    static let status = 204
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let member = try await StoredMember.lock(input.id, in: context)
        if member.status == .suspended {
            try await context.setStatus(.active, of: member.id)
            try await context.securityEvent("users.suspension_lifted", subject: member.id)
        }
        return .noContent
    }
}

extension Context {
    /// Sets a member's status.
    func setStatus(_ status: Member.Status, of member: UUIDv7) async throws(Problem) {
        do {
            _ = try await write([
                """
                update kernel.memberships m
                set status = \(status.rawValue), ended_at = \(status == .removed ? now : nil)::timestamptz
                where m.organization_id = \(try organization())::uuid and m.id = \(member)::uuid
                """
            ])
        } catch {
            // Two administrators at once, each seeing the other: the database has let only one go.
            guard error.errors.contains(where: { $0.code == "last_admin" }) else { throw error }
            throw Problem(409, "last_admin")
        }
    }

    /// Takes back what a member who is no longer trusted has still open.
    func revokeInvitations(by member: UUIDv7) async throws(Problem) {
        _ = try await write([
            """
            update kernel.invitations i
            set revoked_at = \(now)
            where i.organization_id = \(try organization())::uuid and i.invited_by = \(member)::uuid
            and i.accepted_at is null and i.revoked_at is null
            """
        ])
    }
}
