internal import Kernel
internal import Postgres
internal import Wire

/// Mails an invitation again under a new token, open for another week; the token of before is void.
struct ResendInvitation: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.post("/invitations/{id}/resend")
    static let access = RouteAccess.permission("users.invite")
    static let answer = AnswerShape.record(Invitation.name)
    static let problems = [404, 409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await context.demandVerified()
        let organization = try context.organization()
        let known = try await StoredInvitation.lock(input.id, in: context)
        if let fault = known.settledFault { throw Problem(409, fault) }
        try await RoleRights.load(known.role, at: "role_id", in: context).demand(within: context)
        let token = UUIDv7.make(at: context.now)
        let digest = Token.digest(LinkToken.invitation(token, of: organization, in: context))
        _ = try await context.write([
            """
            update kernel.invitations i
            set token_digest = \(digest)::bytea,
            expires_at = \(context.now.adding(seconds: Invitation.lifetime))
            where i.organization_id = \(organization)::uuid and i.id = \(input.id)::uuid
            """
        ])
        try await context.mailInvitation(input.id, token: token)
        try await context.securityEvent("users.invitation_resent", subject: input.id)
        return try await context.answer(with: ID<Invitation>(input.id))
    }
}

/// Takes an open invitation back; one that was taken back before stays so.
struct RevokeInvitation: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.delete("/invitations/{id}")
    static let access = RouteAccess.permission("users.invite")
    static let answer = AnswerShape.nothing
    static let status = 204
    static let problems = [404, 409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let known = try await StoredInvitation.lock(input.id, in: context)
        if known.isAccepted { throw Problem(409, "invitation_used") }
        guard !known.isRevoked else { return .noContent }
        _ = try await context.write([
            """
            update kernel.invitations i
            set revoked_at = \(context.now)
            where i.organization_id = \(try context.organization())::uuid and i.id = \(input.id)::uuid
            """
        ])
        try await context.securityEvent("users.invitation_revoked", subject: input.id)
        return .noContent
    }
}

/// An invitation as it stands in the database.
struct StoredInvitation: Sendable {
    let id: UUIDv7
    let email: String
    let role: UUIDv7
    let expiresAt: Instant
    let isAccepted: Bool
    let isRevoked: Bool

    /// Why it can't be used whatever the time; nil while it may be open.
    var settledFault: String? { isAccepted ? "invitation_used" : isRevoked ? "invitation_revoked" : nil }

    private init?(_ rows: Rows) {
        guard rows.count == 1, let id = rows.id(0, 0), let email = rows[0, 1], let role = rows.id(0, 2),
            let expiresAt = rows.instant(0, 3)
        else { return nil }
        self.id = id
        self.email = email
        self.role = role
        self.expiresAt = expiresAt
        isAccepted = !rows.isNull(0, 4)
        isRevoked = !rows.isNull(0, 5)
    }

    /// By its id, locked until the transaction ends; 404 when there is none.
    static func lock(_ id: UUIDv7, in context: Context) async throws(Problem) -> StoredInvitation {
        let rows = try await context.read(
            """
            select i.id, i.email, i.role_id, i.expires_at, i.accepted_at, i.revoked_at
            from kernel.invitations i
            where i.organization_id = \(try context.organization())::uuid and i.id = \(id)::uuid
            and i.deleted_at is null
            for update
            """)
        guard let invitation = StoredInvitation(rows) else { throw Problem.notFound }
        return invitation
    }

    /// By the token that was mailed, in a context of the organization that the token names.
    static func find(_ token: String, in context: Context) async throws(Problem) -> StoredInvitation {
        let rows = try await context.read(
            """
            select i.id, i.email, i.role_id, i.expires_at, i.accepted_at, i.revoked_at
            from kernel.invitations i
            where i.organization_id = \(try context.organization())::uuid
            and i.token_digest = \(Token.digest(token))::bytea and i.deleted_at is null
            """)
        guard let invitation = StoredInvitation(rows) else { throw LinkFault.problem("invitation_invalid") }
        if let fault = invitation.settledFault { throw LinkFault.problem(fault) }
        guard invitation.expiresAt > context.now else { throw LinkFault.problem("invitation_expired") }
        return invitation
    }
}
