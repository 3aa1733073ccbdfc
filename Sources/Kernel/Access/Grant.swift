/// How far a permission reaches.
public enum ScopeLevel: String, Sendable, CaseIterable, Comparable {
    /// No record.
    case none
    /// The caller's own records.
    case own
    /// Those of the caller's teams and of the teams below, the caller's own included.
    case team
    /// Every record of the organization.
    case all

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    public static func < (left: ScopeLevel, right: ScopeLevel) -> Bool { left.rank < right.rank }
}

/// A built-in role of the seeds; its key is stable, its name a message.
public enum BuiltInRole: String, Sendable, CaseIterable {
    case orgAdmin = "org_admin"
    case marketingManager = "marketing_manager"
    case salesManager = "sales_manager"
    case salesRep = "sales_rep"
    case technician
    case dispatcher
    case `operator`
    case viewer
}

/// A permission that a built-in role suggests. Org Admin holds every permission without naming it.
public struct RoleGrant: Sendable, Equatable {
    public let role: BuiltInRole
    /// The whole permission, or its last part where an entity declares it.
    public let permission: String
    public let scope: ScopeLevel
    /// A field to hide instead of a permission to give.
    public var hiddenField: String?

    /// Gives reading, in a scope.
    public static func read(_ scope: ScopeLevel, _ role: BuiltInRole) -> RoleGrant {
        RoleGrant(role: role, permission: "read", scope: scope)
    }

    /// Gives creating, changing and deleting, in a scope.
    public static func write(_ scope: ScopeLevel, _ role: BuiltInRole) -> RoleGrant {
        RoleGrant(role: role, permission: "write", scope: scope)
    }

    /// Gives a permission that is not an entity's.
    public static func allow(_ permission: String, _ scope: ScopeLevel = .all, _ role: BuiltInRole)
        -> RoleGrant
    {
        RoleGrant(role: role, permission: permission, scope: scope)
    }

    /// Hides a field from a role.
    public static func hide(_ field: String, from role: BuiltInRole) -> RoleGrant {
        RoleGrant(role: role, permission: "", scope: .none, hiddenField: field)
    }
}
