public import Wire

/// A person in an organization. The id is the user's; the record is ended, never deleted.
public struct Member: Entity {
    public static let name = "kernel.member"
    public static let path = "members"
    public static let table: String? = "kernel.memberships"
    public static let permissionNoun = "users"
    /// Everybody names their colleagues; what else is known of them is for those who may read users.
    public static let readPermission: String? = namePermission
    static let namePermission = "kernel.member.read"
    static let detailPermission = "users.read"
    public static let operations: Set<Operation> = [.list, .get, .aggregate, .export, .history, .update]
    public static let views: [View<Member>] = [.list(\.name, \.email, \.role, \.status, \.joinedAt)]

    public let name = Field.text("name").searchable().readOnly()
    public let email = Field.email("email").matchable().readOnly().visible(to: Member.detailPermission)
    public let status = Field.choice("status", default: Status.active).readOnly()
    public let role = Field.reference("role_id", to: Role.self).visible(to: Member.detailPermission)
    public let teams = Field<JSON>("team_ids", .json).computed(
        """
        (select coalesce(jsonb_agg(tm.team_id order by tm.team_id), '[]'::jsonb)
        from kernel.team_members tm
        where tm.organization_id = t.organization_id and tm.member_id = t.id)
        """)
    public let locale = Field.text("locale", max: 35).readOnly().visible(to: Member.detailPermission).optional
    public let timeZone = Field.text("time_zone", max: 64).readOnly().visible(to: Member.detailPermission)
        .optional
    public let joinedAt = Field.instant("joined_at").readOnly().default(.now).visible(
        to: Member.detailPermission)
    public let endedAt = Field.instant("ended_at").readOnly().visible(to: Member.detailPermission).optional

    /// Whether the person may act.
    public enum Status: String, Choice { case active, suspended, removed }

    public init() {}
}

/// A set of grants that members hold.
public struct Role: Entity {
    public static let name = "kernel.role"
    public static let path = "roles"
    public static let permissionNoun = "roles"
    public static let operations: Set<Operation> = [.list, .get, .history, .delete]
    public static let views: [View<Role>] = [.list(\.name, \.description)]

    /// Null for a custom role.
    public let key = Field.text("key", max: 60).readOnly().optional
    public let name = Field.text("name", max: 100).searchable().unique()
    public let description = Field.longText("description", max: 1000).optional
    public let grants = Field<JSON>("grants", .json).computed(
        """
        (select coalesce(jsonb_agg(jsonb_build_object('permission', g.permission, 'scope', g.scope)
        order by g.permission), '[]'::jsonb)
        from kernel.role_grants g
        where g.organization_id = t.organization_id and g.role_id = t.id)
        """)
    public let fields = Field<JSON>("field_access", .json).computed(
        """
        (select coalesce(jsonb_agg(jsonb_build_object('entity', f.entity, 'field', f.field, 'access',
        f.access)
        order by f.entity, f.field), '[]'::jsonb)
        from kernel.role_fields f
        where f.organization_id = t.organization_id and f.role_id = t.id)
        """)

    public init() {}
}

/// A group of members in a tree; its managers see the records of its members and of the teams below.
public struct Team: Entity {
    public static let name = "kernel.team"
    public static let path = "teams"
    public static let permissionNoun = "teams"
    public static let views: [View<Team>] = [.list(\.name, \.parent, \.territory)]

    public let name = Field.text("name", max: 100).searchable().unique()
    public let parent = Field.reference("parent_id", to: Team.self).onDelete(.refuse).indexed().optional
    public let territory = Field.text("territory", max: 200).optional
    public let members = Field<JSON>("members", .json).computed(
        """
        (select coalesce(jsonb_agg(jsonb_build_object('member_id', tm.member_id, 'is_manager', tm.is_manager)
        order by tm.member_id), '[]'::jsonb)
        from kernel.team_members tm
        where tm.organization_id = t.organization_id and tm.team_id = t.id)
        """)

    public init() {}
}
