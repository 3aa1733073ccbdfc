internal import Crypto
public import Kernel
internal import Postgres
public import Wire

/// Makes accounts, organizations and memberships for the operator's commands, who needs no mail to prove an
/// address.
public struct Enrolment: Sendable {
    private let context: Context

    /// Works as the platform itself.
    public init(_ context: Context) { self.context = context }

    /// A person to be made.
    public struct Person: Sendable {
        public let email: String
        public let name: String
        public let password: String

        /// Describes a person; what is wrong with it is told when it is made.
        public init(email: String, name: String, password: String) {
            self.email = email
            self.name = name
            self.password = password
        }
    }

    /// A password that nobody has to think of: 20 letters and digits.
    public static func password() -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        // The few values of a byte that would favour the first letters are drawn again.
        let fair = 256 - 256 % letters.count
        var password = ""
        while password.count < 20 {
            for byte in randomBytes(32) where Int(byte) < fair && password.count < 20 {
                password.append(letters[Int(byte) % letters.count])
            }
        }
        return password
    }

    /// Writes a setting of the organization.
    public func set(_ key: String, to value: JSON, of organization: UUIDv7) async throws(Problem) {
        try await context.working(in: organization).writeSettings([(key: key, value: value)])
    }

    /// A setting of the organization.
    public func setting(_ key: String, of organization: UUIDv7) async throws(Problem) -> JSON? {
        let rows = try await context.working(in: organization).read(
            """
            select s.value
            from kernel.settings s
            where s.organization_id = \(organization)::uuid and s.user_id is null and s.key = \(key)
            """)
        return rows.isEmpty ? nil : rows.json(0, 0)
    }

    /// The organization of that slug.
    public func organization(slug: String) async throws(Problem) -> UUIDv7? {
        try await context.read("select platform.find_organization(\(slug))").id(0, 0)
    }

    /// Whether the address has an account, which then keeps its name and password.
    public func hasAccount(_ email: String) async throws(Problem) -> Bool {
        try await Account.find(email, in: context) != nil
    }

    /// Makes an organization with its first admin, whose account is made too where the address has none.
    public func found(
        _ name: String, slug: String, locale: String, currency: String, by person: Person
    ) async throws(Problem) -> (organization: UUIDv7, admin: UUIDv7) {
        let contents: JSON = [
            "name": .string(name), "slug": .string(slug), "locale": .string(locale),
            "currency": .string(currency),
        ]
        let checked = try await OrganizationRequest.decode(contents, prefix: "", in: context)
        guard let request = checked.request else { throw Problem.invalid(checked.errors) }
        let (account, hash) = try await account(of: person)
        let organization = UUIDv7.make(at: context.now)
        let acting = context.acting(in: organization, user: account, preferences: request.preferences)
        return try await acting.inTransaction {
            (context: Context) async throws(Problem) -> (organization: UUIDv7, admin: UUIDv7) in
            try await make(person, account, hash, in: context)
            let founding = Founding(
                request: request, founder: account, founderName: person.name, founderEmail: person.email,
                context: context)
            _ = try await founding.make()
            return (organization: organization, admin: account)
        }
    }

    /// Adds a person to an organization with a built-in role.
    public func add(_ person: Person, to organization: UUIDv7, role: String) async throws(Problem) -> UUIDv7 {
        let (account, hash) = try await account(of: person)
        let acting = try await context.working(in: organization)
        try await acting.inTransaction { (context: Context) async throws(Problem) -> Void in
            try await make(person, account, hash, in: context)
            let rows = try await context.write([
                """
                insert into kernel.memberships as m (organization_id, id, name, email, role_id, joined_at)
                select r.organization_id, \(account)::uuid, \(person.name), \(person.email), r.id,
                \(context.now)
                from kernel.roles r
                where r.organization_id = \(organization)::uuid and r.key = \(role)
                on conflict on constraint memberships_pkey do update
                set status = 'active', role_id = excluded.role_id, ended_at = null
                returning m.id
                """
            ])[0]
            guard rows.count == 1 else { throw Problem.invalid("role", "reference_not_found") }
        }
        return account
    }

    /// The active member of that address; without one the first admin.
    public func member(_ email: String?, of organization: UUIDv7) async throws(Problem) -> UUIDv7? {
        let acting = try await context.working(in: organization)
        let rows = try await acting.read(
            """
            select m.id
            from kernel.memberships m
            join kernel.roles r on r.organization_id = m.organization_id and r.id = m.role_id
            where m.organization_id = \(organization)::uuid and m.status = 'active'
            and case when \(email)::text is null then r.key = 'org_admin'
            else m.email_key = kernel.fold(\(email)) end
            order by m.joined_at, m.id
            limit 1
            """)
        return rows.isEmpty ? nil : rows.id(0, 0)
    }

    /// Puts a member into a team.
    public func put(_ member: UUIDv7, into team: UUIDv7, of organization: UUIDv7, asManager: Bool)
        async throws(Problem)
    {
        let acting = try await context.working(in: organization)
        _ = try await acting.write([
            """
            insert into kernel.team_members (organization_id, team_id, member_id, is_manager)
            values (\(organization)::uuid, \(team)::uuid, \(member)::uuid, \(asManager))
            on conflict on constraint team_members_member_id_key do update
            set is_manager = excluded.is_manager
            """
        ])
    }

    /// The account of the address, or a new id and the hash to make it with.
    private func account(of person: Person) async throws(Problem) -> (id: UUIDv7, hash: String?) {
        if let known = try await Account.find(person.email, in: context) { return (id: known.id, hash: nil) }
        let fields = SignUp.Input.fields.filter { ["email", "name", "password"].contains($0.key) }
        _ = try InputDecoder(fields: fields).decode([
            "email": .string(person.email), "name": .string(person.name),
            "password": .string(person.password),
        ])
        if let fault = Password.fault(person.password, email: person.email, name: person.name) {
            throw Problem.invalid("password", fault)
        }
        return (id: .make(at: context.now), hash: try await Password.hash(person.password, in: context))
    }

    private func make(_ person: Person, _ account: UUIDv7, _ hash: String?, in context: Context)
        async throws(Problem)
    {
        guard let hash else { return }
        _ = try await context.write([
            """
            select platform.create_account(
                \(account)::uuid, \(person.email), \(person.name), \(hash), null, null, \(context.now),
                \(context.now))
            """
        ])
    }
}

extension OrganizationRequest {
    /// What the organization's seeds and first records go by.
    var preferences: Preferences {
        var preferences = Preferences()
        preferences.locale = input.locale
        preferences.organizationLocale = input.locale
        preferences.timeZone = input.timeZone
        preferences.currency = input.currency
        return preferences
    }
}
