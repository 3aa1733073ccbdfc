internal import Kernel
internal import Postgres
internal import Wire

/// Makes a custom role of rights that the maker holds.
struct CreateRole: Action {
    struct Input: Shape {
        let name = Field.text("name", max: 100)
        let description = Field.longText("description", max: 1000).optional
        let grants = Field.json("grants").optional
        let fields = Field.json("field_access").optional
        init() {}
    }

    static let route = Route.post("/roles")
    static let access = RouteAccess.permission("roles.write")
    static let status = 201
    static let answer = AnswerShape.record(Role.name)

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        var errors: [FieldError] = []
        var rights = RoleRights()
        if let grants = input.grants { rights.grants = RoleInput.grants(grants, in: context, &errors) }
        if let fields = input.fields {
            (rights.hidden, rights.readOnly) = RoleInput.fields(fields, in: context, &errors)
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return try await make(input.name, input.description, rights, in: context)
    }

    /// Makes the role once its rights are known to be the maker's own.
    static func make(_ name: String, _ description: String?, _ rights: RoleRights, in context: Context)
        async throws(Problem) -> Answer
    {
        try rights.demand(within: context)
        let role = try await context.create(
            Role.self, [.set(\.name, name), .set(\.description, description)])
        try await rights.write(to: role.id.uuid, in: context)
        try await context.securityEvent("roles.created", subject: role.id.uuid, detail: rights.json)
        return try await context.answer(with: role.id, status: 201)
    }
}

/// Makes a custom role of what another holds, a built-in one too.
struct CopyRole: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        let name = Field.text("name", max: 100)
        let description = Field.longText("description", max: 1000).optional
        init() {}
    }

    static let route = Route.post("/roles/{id}/copies")
    static let access = RouteAccess.permission("roles.write")
    static let status = 201
    static let answer = AnswerShape.record(Role.name)
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        var rights = try await RoleRights.load(input.id, in: context)
        if rights.isAdmin {
            // The administrator's rights have no rows; a copy is a role like any other.
            try rights.demand(within: context)
            let all = context.runtime.registry.permissions.map { ($0.name, ScopeLevel.all) }
            rights.grants = Dictionary(all, uniquingKeysWith: { first, _ in first })
        }
        rights.key = nil
        return try await CreateRole.make(input.name, input.description, rights, in: context)
    }
}

/// Changes a custom role; what it held and what it will hold must both be the changer's own.
struct UpdateRole: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        let name = Field.text("name", max: 100).optional
        let description = Field.longText("description", max: 1000).optional
        let grants = Field.json("grants").optional
        let fields = Field.json("field_access").optional
        init() {}
    }

    static let route = Route.patch("/roles/{id}")
    static let access = RouteAccess.permission("roles.write")
    static let answer = AnswerShape.record(Role.name)
    static let problems = [404, 409, 412]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let old = try await RoleRights.load(input.id, in: context)
        guard old.key == nil else { throw Problem(409, "built_in_role") }
        var errors: [FieldError] = []
        if input.has(\.name), input.name == nil { errors.append(FieldError(field: "name", code: "required")) }
        var new = old
        if input.has(\.grants) {
            new.grants = RoleInput.grants(input.grants ?? .array([]), in: context, &errors)
        }
        if input.has(\.fields) {
            (new.hidden, new.readOnly) = RoleInput.fields(input.fields ?? .array([]), in: context, &errors)
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        try old.demand(within: context)
        try new.demand(within: context)
        try await write(input, from: old, to: new, in: context)
        return try await context.answer(with: ID<Role>(input.id))
    }

    private static func write(
        _ input: Values<Input>, from old: RoleRights, to new: RoleRights, in context: Context
    )
        async throws(Problem)
    {
        guard let user = context.principal.user else { throw Problem(401, "unauthenticated") }
        let role = try await context.acting(in: try context.organization(), user: user).find(
            ID<Role>(input.id))
        var assignments: [Assignment<Role>] = []
        if let name = input.name { assignments.append(.set(\.name, name)) }
        if input.has(\.description) { assignments.append(.set(\.description, input.description)) }
        // Also without assignments: it compares the version that the client has seen.
        try await context.update(role, assignments)
        guard new.json != old.json else { return }
        try await new.write(to: input.id, in: context)
        try await context.securityEvent(
            "roles.changed", subject: input.id, detail: ["from": old.json, "to": new.json])
    }
}
