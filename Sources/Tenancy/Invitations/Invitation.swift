public import Kernel
public import Wire

/// An open or settled invitation of an address to an organization.
public struct Invitation: Entity {
    public static let name = "tenancy.invitation"
    public static let path = "invitations"
    public static let table: String? = "kernel.invitations"
    public static let permissionNoun = "users"
    public static let operations: Set<Kernel.Operation> = [.list, .get]
    public static let views: [View<Invitation>] = [.list(\.email, \.role, \.status, \.expiresAt)]

    public let email = Field.email("email").matchable().readOnly()
    public let role = Field.reference("role_id", to: Role.self).readOnly()
    public let teams = Field.json("team_ids").computed("to_jsonb(t.team_ids)")
    public let status = Field.text("status").computed(
        """
        case when t.accepted_at is not null then 'accepted' when t.revoked_at is not null then 'revoked'
        when t.expires_at <= now() then 'expired' else 'pending' end
        """)
    public let expiresAt = Field.instant("expires_at").readOnly()
    public let acceptedAt = Field.instant("accepted_at").readOnly().optional
    public let revokedAt = Field.instant("revoked_at").readOnly().optional
    public let invitedBy = Field.reference("invited_by", to: Member.self).readOnly().optional

    /// Seconds that an invitation is open: a week.
    static let lifetime: Int64 = 604_800

    public init() {}
}

extension Context {
    /// A record as an answer, whatever the caller may read: who made it may see it.
    func answer<Subject: Entity>(with id: ID<Subject>, status: Int = 200) async throws(Problem) -> Answer {
        guard let user = principal.user else { throw Problem(401, "unauthenticated") }
        let bytes = try await acting(in: try organization(), user: user).json(of: id)
        let answer = Answer.json(bytes, status: status)
        return status == 201 ? answer.with("Location", "/api/v1/\(Subject.path)/\(id)") : answer
    }
}
