public import Wire

/// A membership's whole rights, loaded at once and kept until they change.
public final class Grant: Sendable {
    /// The widest scope by permission; for Org Admin every registered permission.
    public let scopes: [String: ScopeLevel]
    /// Fields that the role hides, as `<entity>.<field>`.
    public let hidden: Set<String>
    /// Fields that the role may not write, as `<entity>.<field>`.
    public let readOnly: Set<String>
    /// Whether the role is the built-in Org Admin.
    public let isAdmin: Bool
    public let roleID: UUIDv7?
    public let roleKey: String?

    init(
        scopes: [String: ScopeLevel], hidden: Set<String> = [], readOnly: Set<String> = [],
        isAdmin: Bool = false,
        roleID: UUIDv7? = nil, roleKey: String? = nil
    ) {
        self.scopes = scopes
        self.hidden = hidden
        self.readOnly = readOnly
        self.isAdmin = isAdmin
        self.roleID = roleID
        self.roleKey = roleKey
    }

    /// No right at all.
    static let nothing = Grant(scopes: [:])

    /// How far the permission reaches.
    public func scope(of permission: String) -> ScopeLevel { scopes[permission] ?? .none }

    /// Whether the permission is held in some scope.
    public func holds(_ permission: String) -> Bool { scope(of: permission) != .none }

    /// Whether a field's content may be seen.
    public func sees(_ field: FieldDefinition, of entity: EntityDefinition) -> Bool {
        if field.isSecret { return false }
        if let permission = field.visibleTo, !holds(permission) { return false }
        return hidden.isEmpty || !hidden.contains("\(entity.name).\(field.key)")
    }

    /// Where more contents of a field are kept, unless the role hides them there.
    func further(_ field: FieldDefinition) -> FurtherContents? {
        guard let further = field.further, !hidden.contains("\(further.entity).\(field.key)") else {
            return nil
        }
        return further
    }

    /// Whether a field may be written.
    public func writes(_ field: FieldDefinition, of entity: EntityDefinition) -> Bool {
        field.isWritable && sees(field, of: entity)
            && (readOnly.isEmpty || !readOnly.contains("\(entity.name).\(field.key)"))
    }
}
