internal import Kernel
internal import Postgres
internal import Wire

/// Makes a key of the caller's own, with no more rights than the caller's; the key itself is shown this once.
///
/// `permissions` are names, each as far as the caller holds it, or objects as in a role's `grants`. Without
/// them and without a role the key may do what its member may.
struct CreateAPIKey: Action {
    struct Input: Shape {
        let name = Field.text("name", max: 100)
        let permissions = Field.json("permissions").optional
        let role = Field.reference("role_id", to: Role.self).optional
        let expiresAt = Field.instant("expires_at").optional
        init() {}
    }

    static let route = Route.post("/api-keys")
    static let access = RouteAccess.permission("tenancy.api_key.write")
    /// A key that makes keys could not be revoked.
    static let admitsKeys = false
    /// Not the kernel's, whose `Idempotency-Key` would keep the answer, and the key in it, for a day.
    static let transaction = ActionTransaction.none
    static let status = 201
    static let answer = AnswerShape.object([
        .init("id", "string"), .init("type", "string"), .init("name", "string"), .init("key", "string"),
        .init("prefix", "string"), .init("member_id", "string"),
    ])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await context.demandVerified()
        let cap = try await KeyCap.read(input.permissions, role: input.role?.uuid, in: context)
        if let expiry = input.expiresAt, expiry <= context.now {
            throw Problem.invalid("expires_at", "not_in_the_future")
        }
        let key = KeyToken.make(for: try context.organization())
        let id = ID<APIKey>(UUIDv7.make(at: context.now))
        let record = try await context.inTransaction { (context: Context) async throws(Problem) -> [UInt8] in
            try await write(key, id, cap, input, in: context)
            let detail: JSON = [
                "name": .string(input.name),
                "expires_at": input.expiresAt.map { .string($0.description) } ?? .null,
            ]
            try await context.securityEvent("keys.created", subject: id.uuid, detail: detail)
            return try await context.acting(in: context.organization(), user: context.principal.user).json(
                of: id)
        }
        guard case .object(var object)? = try? JSON.parse(record) else { throw Problem.unavailable }
        object["key"] = .string(key.text)
        return .json(.object(object), status: 201).with("Location", "/api/v1/api-keys/\(id)")
            .with("Cache-Control", "no-store")
    }

    private static func write(
        _ key: KeyToken, _ id: ID<APIKey>, _ cap: KeyCap, _ input: Values<Input>, in context: Context
    ) async throws(Problem) {
        _ = try await context.write([
            """
            insert into kernel.api_keys (
                organization_id, id, name, member_id, prefix, secret_digest, role_id, permissions, expires_at)
            values (
                \(key.organization)::uuid, \(id.uuid)::uuid, \(input.name), \(context.principal.user)::uuid,
                \(key.prefix), \(key.digest)::bytea, \(cap.role)::uuid, \(cap.permissions)::jsonb,
                \(input.expiresAt)::timestamptz)
            """
        ])
    }
}
