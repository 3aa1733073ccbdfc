internal import Kernel
internal import Postgres
internal import Wire

/// Joins an organization with the token of an invitation: as the person who is signed in, whose address must
/// be the one invited, or with a new account for it.
struct AcceptInvitation: Action {
    struct Input: Shape {
        let token = Field.text("token", max: 400)
        let name = Field.text("name", max: 100).optional
        let password = Field.text("password", max: Password.longest).validated(Password.fault).optional
        init() {}
    }

    static let route = Route.post("/invitations/accept")
    static let access = RouteAccess.open
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object(
        TokenPair.shape + [
            .init("user", of: [.init("id", "string"), .init("email", "string"), .init("name", "string")]),
            .organization,
        ])
    static let problems = [409]

    /// Who joins.
    private struct Joining: Sendable {
        let person: UUIDv7
        let name: String
        let email: String
        /// For an account that is yet to be made.
        var hash: String?
    }

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        guard let organization = input.token.split(separator: ".").first.flatMap({ UUIDv7(String($0)) })
        else {
            throw LinkFault.problem("invitation_invalid")
        }
        let looking = context.acting(in: organization, user: context.principal.user)
        let invitation = try await StoredInvitation.find(input.token, in: looking)
        guard try await looking.read("select platform.is_suspended()").bool(0, 0) == false else {
            throw Problem(403, "organization_suspended")
        }
        let joining = try await joining(invitation, input, in: context)
        let acting = context.acting(in: organization, user: joining.person)
        let session = context.principal.session
        let pair = try await acting.inTransaction { (context: Context) async throws(Problem) -> TokenPair in
            try await join(joining, invitation, in: context)
            guard joining.hash == nil, let session else {
                return try await context.openSession(of: joining.person, in: organization)
            }
            let pair = try await context.moveSession(session, of: joining.person, to: organization)
            guard let pair else { throw LinkFault.problem("invitation_invalid") }
            return pair
        }
        let described = try await acting.read("select o.slug, o.name from platform.describe_organization() o")
        return pair.answer(
            (
                "user",
                [
                    "id": .string(joining.person.description), "email": .string(joining.email),
                    "name": .string(joining.name),
                ]
            ),
            (
                "organization",
                [
                    "id": .string(organization.description), "slug": .string(described[0, 0] ?? ""),
                    "name": .string(described[0, 1] ?? ""),
                ]
            ))
    }

    private static func joining(_ invitation: StoredInvitation, _ input: Values<Input>, in context: Context)
        async throws(Problem) -> Joining
    {
        if context.principal.user != nil {
            let account = try await Account.caller(in: context)
            guard account.email.lowercased() == invitation.email.lowercased() else {
                throw LinkFault.problem("invitation_for_another")
            }
            return Joining(person: account.id, name: account.name, email: account.email)
        }
        // The token was mailed to the address: its holder may know whether it has an account.
        guard try await Account.find(invitation.email, in: context) == nil else {
            throw Problem(422, "account_exists", errors: [FieldError(field: "token", code: "account_exists")])
        }
        var errors: [FieldError] = []
        if input.name == nil { errors.append(FieldError(field: "name", code: "required")) }
        if input.password == nil { errors.append(FieldError(field: "password", code: "required")) }
        guard let name = input.name, let password = input.password else { throw Problem.invalid(errors) }
        if let fault = Password.fault(password, email: invitation.email, name: name) {
            throw Problem.invalid("password", fault)
        }
        return Joining(
            person: .make(at: context.now), name: name, email: invitation.email,
            hash: try await Password.hash(password, in: context))
    }

    private static func join(_ joining: Joining, _ invitation: StoredInvitation, in context: Context)
        async throws(Problem)
    {
        let organization = try context.organization()
        let taken = try await context.write([
            """
            update kernel.invitations i
            set accepted_at = \(context.now)
            where i.organization_id = \(organization)::uuid and i.id = \(invitation.id)::uuid
            and i.accepted_at is null and i.revoked_at is null
            returning i.id, i.invited_by
            """
        ])[0]
        guard taken.count == 1 else { throw LinkFault.problem("invitation_used") }
        if let hash = joining.hash {
            _ = try await context.write([
                """
                select platform.create_account(
                    \(joining.person)::uuid, \(joining.email), \(joining.name), \(hash), null, null,
                    \(context.now),
                    \(context.now))
                """
            ])
        }
        try await addMembership(joining, invitation, in: context)
        if let host = taken.id(0, 1) {
            let member = Notice.Subject(Member.name, joining.person)
            try await context.notify([
                Notice(.invitationAccepted, to: host, by: joining.person, of: member)
            ])
        }
        try await context.securityEvent(
            "users.joined", subject: joining.person,
            detail: ["invitation_id": .string(invitation.id.description)])
    }

    /// Who left comes back by an invitation; who is suspended does not.
    private static func addMembership(_ joining: Joining, _ invitation: StoredInvitation, in context: Context)
        async throws(Problem)
    {
        let organization = try context.organization()
        let results = try await context.write([
            """
            insert into kernel.memberships as m (organization_id, id, name, email, role_id, joined_at)
            values (
                \(organization)::uuid, \(joining.person)::uuid, \(joining.name), \(joining.email),
                \(invitation.role)::uuid, \(context.now))
            on conflict on constraint memberships_pkey do update
            set status = 'active', role_id = excluded.role_id, name = excluded.name, email = excluded.email,
                joined_at = excluded.joined_at, ended_at = null
            where m.status = 'removed'
            returning m.id
            """,
            """
            insert into kernel.team_members (organization_id, team_id, member_id)
            select t.organization_id, t.id, \(joining.person)::uuid
            from kernel.invitations i
            join kernel.teams t on t.organization_id = i.organization_id and t.id = any(i.team_ids)
            and t.deleted_at is null
            where i.organization_id = \(organization)::uuid and i.id = \(invitation.id)::uuid
            on conflict on constraint team_members_member_id_key do nothing
            """,
        ])
        guard results[0].count == 1 else { throw Problem(409, "already_member") }
    }
}
