internal import Postgres
internal import Wire

/// `PUT /presence`: the caller looks at a record, for 45 seconds; answers who else does.
struct ShowPresence: Action {
    struct Input: Shape {
        /// An entity's name.
        let type = Field.text("type", max: 100)
        let id = Field.id("id")
        init() {}
    }

    static let route = Route.put("/presence")
    static let access = RouteAccess.member
    /// Programs don't look.
    static let admitsKeys = false
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.object([.init("data", "array")])
    static let problems = [403, 404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let registry = context.runtime.registry
        guard let entity = registry.entity(input.type), context.principal.plugins.contains(entity.plugin)
        else { throw Problem.invalid("type", "no_such_entity") }
        let place = Presence.Place(organization: try context.organization(), record: input.id)
        let scope = try context.authorizer.reading(entity)
        let results = try await context.read([
            """
            select 1
            from \(unsafeSQL: entity.table) t
            where \(sql: scope.condition("t")) and t.id = \(input.id)::uuid and t.deleted_at is null
            """, Presence.people(at: place, now: context.now),
        ])
        guard results[0].count == 1 else { throw Problem.notFound }
        let there = (0..<results[1].count).compactMap { Presence.person(results[1], $0) }
        let own = there.first { $0.person.id == context.principal.user }
        let isQuiet = own.map { $0.seenAt > context.now.adding(seconds: -Presence.quiet) } ?? false
        let others = there.map(\.person).filter { $0.id != context.principal.user }
        if !isQuiet {
            try await write(place, entity, in: context)
            // A repeat is announced where others are there: a process that has missed a notice hears it then.
            if own == nil || !others.isEmpty { context.runtime.streams.presence.announce(place) }
        }
        return .json(["data": .array(others.map(\.json))])
    }

    /// With what has ended of the organization's: nothing else removes it.
    private static func write(
        _ place: Presence.Place, _ entity: EntityDefinition, in context: Context
    ) async throws(Problem) {
        let ended = context.now.adding(seconds: -Presence.lifetime)
        _ = try await context.write([
            """
            delete from kernel.presences as p
            using (
                select o.organization_id, o.record_id, o.member_id
                from kernel.presences o
                where o.organization_id = \(place.organization)::uuid and o.seen_at <= \(ended)::timestamptz
                limit 100
                for update skip locked) as e
            where p.organization_id = e.organization_id and p.record_id = e.record_id
            and p.member_id = e.member_id
            """,
            """
            insert into kernel.presences as p (
                organization_id, record_id, member_id, entity, since, seen_at)
            values (
                \(place.organization)::uuid, \(place.record)::uuid, \(context.principal.user)::uuid,
                \(entity.name), \(context.now)::timestamptz, \(context.now)::timestamptz)
            on conflict on constraint presences_pkey do update
            set seen_at = greatest(p.seen_at, excluded.seen_at),
                since = case
                    when p.seen_at <= \(ended)::timestamptz then excluded.since
                    else p.since
                end
            """,
        ])
    }
}

/// `DELETE /presence`: the caller looks at that record no more; without one, at none.
struct EndPresence: Action {
    struct Input: Shape {
        let type = Field.text("type", max: 100).optional
        let id = Field<UUIDv7>.id("id").optional
        init() {}
    }

    static let route = Route.delete("/presence")
    static let access = RouteAccess.member
    static let admitsKeys = false
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        if input.id == nil, input.type != nil { throw Problem.badQuery("id", "required") }
        let organization = try context.organization()
        var conditions: [SQL] = [
            "p.organization_id = \(organization)::uuid", "p.member_id = \(context.principal.user)::uuid",
        ]
        if let id = input.id { conditions.append("p.record_id = \(id)::uuid") }
        if let type = input.type { conditions.append("p.entity = \(type)") }
        let rows = try await context.write([
            """
            delete from kernel.presences as p
            where \(sql: conditions.joined(separator: " and "))
            returning p.record_id
            """
        ])[0]
        for row in 0..<rows.count {
            guard let record = rows.id(row, 0) else { continue }
            context.runtime.streams.presence.announce(
                Presence.Place(organization: organization, record: record))
        }
        return .noContent
    }
}

/// Everything that presence gives to the kernel's own plugin.
struct PresenceContributions: Contribution {
    func add(to draft: inout RegistryDraft) {
        Actions(ShowPresence.self, EndPresence.self).add(to: &draft)
    }
}
