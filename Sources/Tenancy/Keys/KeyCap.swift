internal import Kernel
internal import Wire

/// What a key may do at most, checked against what its maker may.
struct KeyCap: Sendable {
    let role: UUIDv7?
    /// The widest scope by permission.
    let permissions: JSON?

    /// Every fault of both at once; 403 `exceeds_own_rights` for what the caller doesn't hold as far.
    static func read(_ sent: JSON?, role: UUIDv7?, in context: Context) async throws(Problem) -> KeyCap {
        var errors: [FieldError] = []
        var rights = RoleRights()
        if let sent { rights.grants = grants(sent, in: context, &errors) }
        if sent != nil, role != nil {
            errors.append(FieldError(field: "role_id", code: "role_or_permissions"))
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        if let role { rights = try await RoleRights.load(role, at: "role_id", in: context) }
        try rights.demand(within: context)
        guard sent != nil else { return KeyCap(role: rights.isAdmin ? nil : role, permissions: nil) }
        var object = JSONObject()
        for (permission, scope) in rights.grants.sorted(by: { $0.key < $1.key }) {
            object[permission] = .string(scope.rawValue)
        }
        return KeyCap(role: nil, permissions: .object(object))
    }

    /// Names stand for as far as the caller holds them; one that the caller does not hold is refused with the
    /// rest.
    private static func grants(_ sent: JSON, in context: Context, _ errors: inout [FieldError]) -> [String:
        ScopeLevel]
    {
        guard case .array(let items) = sent else {
            return RoleInput.grants(sent, at: "permissions", in: context, &errors)
        }
        let whole = items.map { item -> JSON in
            guard case .string(let name) = item else { return item }
            let held = context.principal.grant.scope(of: name)
            return ["permission": .string(name), "scope": .string((held == .none ? .own : held).rawValue)]
        }
        return RoleInput.grants(.array(whole), at: "permissions", in: context, &errors)
    }
}
