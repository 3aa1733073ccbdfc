public import Kernel
internal import Postgres
public import Wire

/// A key by which a program acts as a member: with the member's rights of the moment, or fewer. Deleting it
/// revokes it.
public struct APIKey: Entity {
    public static let name = "tenancy.api_key"
    public static let path = "api-keys"
    public static let table: String? = "kernel.api_keys"
    /// A key speaks for its member and for nobody after.
    public static let ownership = Ownership.owner(field: "member_id", passesOn: false)
    public static let operations: Set<Kernel.Operation> = [.list, .get, .delete]
    public static let views: [View<APIKey>] = [
        .list(\.name, \.member, \.prefix, \.lastUsedAt, \.expiresAt)
    ]

    public let name = Field.text("name", max: 100).readOnly()
    public let member = Field.reference("member_id", to: Member.self).readOnly().indexed()
    public let prefix = Field.text("prefix", max: 40).readOnly()
    /// As a role's grants; null where the role limits it, or nothing but the member's own rights.
    public let permissions = Field.json("permissions").computed(
        """
        (select jsonb_agg(jsonb_build_object('permission', p.key, 'scope', p.value) order by p.key)
        from jsonb_each_text(t.permissions) p)
        """)
    public let role = Field.reference("role_id", to: Role.self).readOnly().optional
    public let expiresAt = Field.instant("expires_at").readOnly().optional
    /// To the minute.
    public let lastUsedAt = Field.instant("last_used_at").computed(
        """
        (select u.last_used_at from kernel.api_key_uses u
        where u.organization_id = t.organization_id and u.id = t.id)
        """
    ).optional

    public init() {}
}

extension Context {
    /// Takes the keys of a member back who is no longer trusted: they don't come back with the member. The
    /// security audit tells of each, as of every revocation: the table's trigger sees to it.
    func revokeKeys(of member: UUIDv7) async throws(Problem) {
        _ = try await write([
            """
            update kernel.api_keys k
            set deleted_at = \(now)
            where k.organization_id = \(try organization())::uuid and k.member_id = \(member)::uuid
            and k.deleted_at is null
            """
        ])
    }
}
