internal import Postgres
internal import Wire

/// The records of one entity that a caller may reach with one permission, as SQL.
///
/// Only the authorizer makes one, and every query on records wants one: a path that forgot to ask can't
/// compile.
public struct Scope: Sendable {
    let entity: EntityDefinition
    let organization: UUIDv7
    let level: ScopeLevel
    let user: UUIDv7?
    /// Whether personal records of others that are shared belong to it: they are read, never changed.
    let includesShared: Bool

    init(
        entity: EntityDefinition, organization: UUIDv7, level: ScopeLevel, user: UUIDv7?,
        includesShared: Bool = false
    ) {
        self.entity = entity
        self.organization = organization
        self.level = level
        self.user = user
        self.includesShared = includesShared && entity.audienceColumn != nil
    }

    /// The same without what others share.
    var unshared: Scope { Scope(entity: entity, organization: organization, level: level, user: user) }

    /// Whether it holds records that the other one lacks.
    func exceeds(_ other: Scope) -> Bool {
        level > other.level || (level == other.level && includesShared && !other.includesShared)
    }

    /// The condition on a table alias, the organization included. The alias is one of the kernel's own.
    func condition(_ alias: String) -> SQL {
        let tenant: SQL = "\(unsafeSQL: alias).organization_id = \(organization)::uuid"
        guard level != .none else { return "\(sql: tenant) and false" }
        guard let field = entity.ownerField, let owners = owners("\(alias).\(field)") else { return tenant }
        guard includesShared, let audience = entity.audienceColumn else {
            return "\(sql: tenant) and \(sql: owners)"
        }
        return "\(sql: tenant) and (\(sql: owners) or \(unsafeSQL: "\(alias).\(audience)") is null)"
    }

    /// The condition that an owner is within reach; nil where everybody is.
    func owners(_ owner: String) -> SQL? {
        guard level != .none else { return "false" }
        guard level != .all, entity.ownerField != nil else { return nil }
        guard let user else { return "false" }
        guard level == .team else { return "\(unsafeSQL: owner) = \(user)::uuid" }
        let reached = Self.reach(of: user, in: organization)
        return "\(unsafeSQL: owner) = any(array(\(sql: reached)))"
    }

    /// Who stands in a person's teams and in the teams below, the person included: one column of ids.
    static func reach(of user: UUIDv7, in organization: UUIDv7) -> SQL {
        """
        select \(user)::uuid
        union
        select peer.member_id
        from kernel.team_members mine
        join kernel.team_paths path on path.organization_id = mine.organization_id
        and path.ancestor_id = mine.team_id
        join kernel.team_members peer on peer.organization_id = path.organization_id
        and peer.team_id = path.descendant_id
        where mine.organization_id = \(organization)::uuid and mine.member_id = \(user)::uuid
        """
    }
}

/// Makes scopes from a principal's grant: the one place that decides what a caller reaches.
public struct Authorizer: Sendable {
    let principal: Principal

    /// The records that may be read; a problem where none ever can be.
    public func reading(_ entity: EntityDefinition) throws(Problem) -> Scope {
        try scope(of: entity, for: entity.readPermission, includesShared: true)
    }

    /// The records that may be changed.
    public func writing(_ entity: EntityDefinition) throws(Problem) -> Scope {
        try scope(of: entity, for: entity.writePermission)
    }

    /// The records that may be read, or the empty scope: for what stands beside other records.
    func readingIfAny(_ entity: EntityDefinition) -> Scope? {
        guard let organization = principal.organization else { return nil }
        guard principal.plugins.contains(entity.plugin) else { return nil }
        let level = level(of: entity, for: entity.readPermission)
        guard level != .none else { return nil }
        return Scope(
            entity: entity, organization: organization, level: level, user: principal.user,
            includesShared: true)
    }

    /// Whether every record of the organization may be read: of personal ones nobody reads all.
    public func readsAll(_ entity: EntityDefinition) -> Bool {
        level(of: entity, for: entity.readPermission) == .all
    }

    /// How far a permission reaches; over personal records never further than to the caller's own.
    func level(of entity: EntityDefinition, for permission: String) -> ScopeLevel {
        let granted = principal.grant.scope(of: permission)
        return entity.audienceColumn == nil ? granted : min(granted, .own)
    }

    /// Every record of the organization, for the kernel's own checks that no caller sees the result of.
    func everything(_ entity: EntityDefinition) throws(Problem) -> Scope {
        guard let organization = principal.organization else { throw Problem.notFound }
        return Scope(entity: entity, organization: organization, level: .all, user: principal.user)
    }

    /// Demands a permission in some scope.
    public func require(_ permission: String) throws(Problem) {
        guard principal.grant.holds(permission) else { throw Problem.permissionRequired(permission) }
    }

    private func scope(
        of entity: EntityDefinition, for permission: String, includesShared: Bool = false
    ) throws(Problem) -> Scope {
        guard let organization = principal.organization else { throw Problem.notFound }
        try require(permission)
        return Scope(
            entity: entity, organization: organization, level: level(of: entity, for: permission),
            user: principal.user, includesShared: includesShared)
    }
}
