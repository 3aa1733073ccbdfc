internal import Kernel
internal import Postgres
internal import Wire

/// What guards changes to who may do what in an organization.
enum MemberRules {
    /// Before a member's role changes: nobody gives or takes more than they hold, and an administrator stays.
    static func guardRoleChange(_ change: inout Change<Member>, _ context: Context) async throws(Problem) {
        guard change.changes(\.role), let before = change.before else { return }
        try context.authorizer.require("roles.assign")
        guard before.status != .removed else { throw Problem(409, "member_removed") }
        let old = try await RoleRights.load(before.role.uuid, in: context)
        let new = try await RoleRights.load(change.after.role.uuid, at: "role_id", in: context)
        try old.demand(within: context)
        try new.demand(within: context)
        if old.isAdmin { try await demandAnotherAdmin(than: before.id.uuid, in: context) }
    }

    /// Before a role goes: none that is built in, none that somebody has or is invited to.
    static func guardRoleDeletion(_ change: inout Change<Role>, _ context: Context) async throws(Problem) {
        guard let role = change.before else { return }
        guard role.key == nil else { throw Problem(409, "built_in_role") }
        try await RoleRights.load(role.id.uuid, in: context).demand(within: context)
        let organization = try context.organization()
        let rows = try await context.read(
            """
            select
                (select count(*) from kernel.memberships m
                where m.organization_id = \(organization)::uuid and m.role_id = \(role.id.uuid)::uuid
                and m.status <> 'removed')
                + (select count(*) from kernel.invitations i
                where i.organization_id = \(organization)::uuid and i.role_id = \(role.id.uuid)::uuid
                and i.accepted_at is null and i.revoked_at is null and i.expires_at > \(context.now))
            """)
        let holders = rows.integer(0, 0) ?? 0
        guard holders == 0 else {
            throw Problem(
                409, "role_in_use", ["count": "\(holders)"],
                members: [(key: "count", value: .number(JSONNumber(holders)))])
        }
    }

    /// 409 `last_admin` when the member is the only active administrator. The database refuses it too, for
    /// two at once.
    static func demandAnotherAdmin(than member: UUIDv7, in context: Context) async throws(Problem) {
        let rows = try await context.read(
            """
            select exists (
                select from kernel.memberships m
                join kernel.roles r on r.organization_id = m.organization_id and r.id = m.role_id
                where m.organization_id = \(try context.organization())::uuid and m.id <> \(member)::uuid
                and m.status = 'active' and r.key = 'org_admin')
            """)
        guard rows.bool(0, 0) == true else { throw Problem(409, "last_admin") }
    }
}

/// A member as it stands, locked for a change of status.
struct StoredMember: Sendable {
    let id: UUIDv7
    let status: Member.Status
    let role: UUIDv7

    /// 404 when there is none, or when the member was removed; 403 when the member may do what the caller may
    /// not.
    static func lock(_ id: UUIDv7, in context: Context) async throws(Problem) -> StoredMember {
        let rows = try await context.read(
            """
            select m.status, m.role_id
            from kernel.memberships m
            where m.organization_id = \(try context.organization())::uuid and m.id = \(id)::uuid
            for update
            """)
        guard rows.count == 1, let status = rows[0, 0].flatMap(Member.Status.init(rawValue:)),
            status != .removed,
            let role = rows.id(0, 1)
        else { throw Problem.notFound }
        let rights = try await RoleRights.load(role, in: context)
        try rights.demand(within: context)
        if rights.isAdmin, status == .active {
            try await MemberRules.demandAnotherAdmin(than: id, in: context)
        }
        return StoredMember(id: id, status: status, role: role)
    }
}
