public import Kernel
internal import Postgres
internal import Wire

/// Makes, resets and removes the vendor's people, for the operator's commands: no route does.
public struct VendorPeople: Sendable {
    private let context: Context

    /// Works as the platform itself.
    public init(_ context: Context) { self.context = context }

    /// Somebody to be made. `role` is `super_admin` or `support_agent`.
    public struct Person: Sendable {
        public let email: String
        public let name: String
        public let role: String

        /// Describes a person; what is wrong with it is told when it is made.
        public init(email: String, name: String, role: String) {
            self.email = email
            self.name = name
            self.role = role
        }
    }

    private struct Input: Shape {
        let email = Field.email("email").validated(Account.addressFault)
        let name = Field.text("name", max: 100)
        let role = Field<VendorRole>.choice("role")
        init() {}
    }

    /// Makes a person. A one-time password is replaced at the first log-in, the person's own stays. 422 names
    /// what is wrong; 409 for an address that one of the vendor's people has.
    public func create(_ person: Person, password: String, isOneTime: Bool) async throws(Problem) {
        _ = try InputDecoder(fields: Input.fields).decode([
            "email": .string(person.email), "name": .string(person.name), "role": .string(person.role),
        ])
        let fault =
            Password.fault(.text(password))
            ?? Password.fault(password, email: person.email, name: person.name)
        if let fault { throw Problem.invalid("password", fault) }
        let hash = try await Password.hash(password, in: context)
        let rows = try await context.write([
            """
            select platform.create_vendor_user(
                \(UUIDv7.make(at: context.now))::uuid, \(person.email), \(person.name), \(person.role),
                \(hash), \(isOneTime), \(context.now))
            """
        ])[0]
        guard rows.bool(0, 0) == true else { throw Problem(409, "email_taken") }
    }

    /// Takes the second factor of a person away and gives a one-time password; false where nobody has the
    /// address.
    public func reset(_ email: String, password: String) async throws(Problem) -> Bool {
        let hash = try await Password.hash(password, in: context)
        return try await end(email, hash)
    }

    /// Removes a person and ends the person's sessions; false where nobody has the address.
    public func remove(_ email: String) async throws(Problem) -> Bool { try await end(email, nil) }

    private func end(_ email: String, _ hash: String?) async throws(Problem) -> Bool {
        let rows = try await context.write([
            "select platform.reset_vendor_user(\(email), \(hash)::text, \(context.now))"
        ])[0]
        return rows.id(0, 0) != nil
    }
}
