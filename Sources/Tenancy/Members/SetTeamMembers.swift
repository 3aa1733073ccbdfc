internal import Kernel
internal import Postgres
internal import Wire

/// Says who is in a team, and who of them manages it.
struct SetTeamMembers: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        /// `[{"member_id": …, "is_manager": false}]`
        let members = Field.json("members")
        init() {}
    }

    static let route = Route.put("/teams/{id}/members")
    static let access = RouteAccess.permission("teams.write")
    static let answer = AnswerShape.record(Team.name)
    static let problems = [404]

    private struct Place: Sendable {
        let member: UUIDv7
        let isManager: Bool
    }

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let organization = try context.organization()
        let places = try decode(input.members)
        let team = input.id
        let known = try await context.read([
            """
            select t.id from kernel.teams t
            where t.organization_id = \(organization)::uuid and t.id = \(team)::uuid and t.deleted_at is null
            for update
            """,
            """
            select m.id from kernel.memberships m
            where m.organization_id = \(organization)::uuid and m.id = any(\(places.map(\.member))::uuid[])
            and m.status <> 'removed'
            """,
        ])
        guard known[0].count == 1 else { throw Problem.notFound }
        let found = Set((0..<known[1].count).compactMap { known[1].id($0, 0) })
        let errors = places.enumerated().filter { !found.contains($0.element.member) }.map { place in
            FieldError(field: "members[\(place.offset)].member_id", code: "reference_not_found")
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        try await write(places, to: team, in: context)
        try await context.securityEvent(
            "teams.members_set", subject: team,
            detail: ["members": .array(places.map { .string($0.member.description) })])
        return try await context.answer(with: ID<Team>(team))
    }

    private static func write(_ places: [Place], to team: UUIDv7, in context: Context) async throws(Problem) {
        let organization = try context.organization()
        let members = places.map(\.member)
        _ = try await context.write([
            """
            delete from kernel.team_members t
            where t.organization_id = \(organization)::uuid and t.team_id = \(team)::uuid
            and t.member_id <> all(\(members)::uuid[])
            """,
            """
            insert into kernel.team_members as t (organization_id, team_id, member_id, is_manager)
            select \(organization)::uuid, \(team)::uuid, m.id, m.is_manager
            from unnest(\(members)::uuid[], \(places.map { $0.isManager ? "t" : "f" })::boolean[])
            as m (id, is_manager)
            on conflict on constraint team_members_member_id_key
            do update set is_manager = excluded.is_manager
            where t.is_manager <> excluded.is_manager
            """,
        ])
    }

    private static func decode(_ json: JSON) throws(Problem) -> [Place] {
        var errors: [FieldError] = []
        let items = JSONItems(json, at: "members", limit: 1000, keys: ["member_id", "is_manager"], &errors)
        var places: [Place] = []
        for item in items.all {
            guard let member = item.id("member_id", &errors) else { continue }
            if places.contains(where: { $0.member == member }) {
                errors.append(FieldError(field: item.path("member_id"), code: "repeated"))
            }
            places.append(Place(member: member, isManager: item.flag("is_manager", &errors)))
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return places
    }
}
