internal import Kernel
internal import Postgres
internal import Wire

/// Invites an address into the organization; the role may not exceed the inviter's own rights.
struct InviteMember: Action {
    struct Input: Shape {
        let email = Field.email("email").validated(Account.addressFault)
        let role = Field.reference("role_id", to: Role.self)
        let teams = Field.ids("team_ids", of: Team.self).optional
        init() {}
    }

    static let route = Route.post("/invitations")
    static let access = RouteAccess.permission("users.invite")
    static let status = 201
    static let answer = AnswerShape.record(Invitation.name)
    static let problems = [409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await context.demandVerified()
        let organization = try context.organization()
        try await RoleRights.load(input.role.uuid, at: "role_id", in: context).demand(within: context)
        let teams = try await liveTeams(input.teams, in: context)
        try await settleEarlier(input.email, in: context)
        let id = UUIDv7.make(at: context.now)
        let token = UUIDv7.make(at: context.now)
        let digest = Token.digest(LinkToken.invitation(token, of: organization, in: context))
        _ = try await context.write([
            """
            insert into kernel.invitations (
                organization_id, id, email, role_id, team_ids, token_digest, expires_at, invited_by)
            values (
                \(organization)::uuid, \(id)::uuid, \(input.email), \(input.role.uuid)::uuid,
                \(teams)::uuid[],
                \(digest)::bytea, \(context.now.adding(seconds: Invitation.lifetime)),
                \(context.principal.user)::uuid)
            """
        ])
        try await context.mailInvitation(id, token: token)
        try await context.securityEvent(
            "users.invited", subject: id, detail: ["role_id": .string(input.role.description)])
        return try await context.answer(with: ID<Invitation>(id), status: 201)
    }

    private static func liveTeams(_ sent: JSON?, in context: Context) async throws(Problem) -> [UUIDv7] {
        let ids = Set((sent?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { UUIDv7($0) } })
        guard !ids.isEmpty else { return [] }
        let rows = try await context.read(
            """
            select t.id from kernel.teams t
            where t.organization_id = \(try context.organization())::uuid
            and t.id = any(\(Array(ids))::uuid[])
            and t.deleted_at is null
            """)
        guard rows.count == ids.count else { throw Problem.invalid("team_ids", "reference_not_found") }
        return Array(ids)
    }

    /// Members are not invited, nor is anybody twice; an invitation that has expired makes room.
    private static func settleEarlier(_ email: String, in context: Context) async throws(Problem) {
        let organization = try context.organization()
        let results = try await context.write([
            """
            update kernel.invitations i
            set revoked_at = \(context.now)
            where i.organization_id = \(organization)::uuid and i.email_key = lower(btrim(\(email)))
            and i.accepted_at is null and i.revoked_at is null and i.expires_at <= \(context.now)
            """,
            """
            select
                exists (select from kernel.memberships m
                where m.organization_id = \(organization)::uuid and m.email_key = lower(btrim(\(email)))
                and m.status <> 'removed'),
                exists (select from kernel.invitations i
                where i.organization_id = \(organization)::uuid and i.email_key = lower(btrim(\(email)))
                and i.accepted_at is null and i.revoked_at is null and i.deleted_at is null)
            """,
        ])
        if results[1].bool(0, 0) == true { throw Problem(409, "already_member") }
        if results[1].bool(0, 1) == true { throw Problem(409, "already_invited") }
    }
}
