internal import Postgres
internal import Wire

/// `GET /notifications`: the caller's own, the newest first, with how many are unread.
struct ListNotifications: Action {
    struct Input: Shape {
        let read = Field.boolean("read").optional
        let limit = Field.integer("limit", in: 1...200).default(50)
        let cursor = Field.text("cursor", max: 8000).optional
        init() {}
    }

    static let route = Route.get("/notifications")
    static let access = RouteAccess.member
    /// What a person is told is no program's business.
    static let admitsKeys = false
    static let answer = AnswerShape.object([.init("data", "array"), .init("page", "object")])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let own = try OwnNotifications(context)
        let page = try NewestFirst(
            ["kernel.notifications", input.read.map { "\($0)" } ?? ""], limit: input.limit,
            cursor: input.cursor, in: context)
        var conditions = [own.condition]
        if let read = input.read {
            conditions.append("n.read_at is \(unsafeSQL: read ? "not " : "")null")
        }
        if let before = page.before { conditions.append("n.id < \(before)::uuid") }
        let results = try await context.read([
            """
            select n.id, n.kind, n.arguments, n.entity, n.record_id, n.actor_id, m.name, n.created_at,
                n.read_at
            from kernel.notifications n
            left join kernel.memberships m on m.organization_id = n.organization_id and m.id = n.actor_id
            where \(sql: conditions.joined(separator: " and "))
            order by n.id desc
            limit \(page.wanted)::bigint
            """, own.unread,
        ])
        let told = (0..<results[0].count).compactMap { ToldNotice(results[0], $0) }
        let shown = Array(told.prefix(page.limit))
        let labels = try await NoticeLabels.read(of: shown, in: context)
        let text = NoticeText(context: context, labels: labels)
        return page.answer(
            shown.map(text.json), ids: told.map(\.id),
            [(key: "unread", value: .number(JSONNumber(results[1].integer(0, 0) ?? 0)))])
    }
}

/// `GET /notifications/count`.
struct CountNotifications: Action {
    typealias Input = NoInput
    static let route = Route.get("/notifications/count")
    static let access = RouteAccess.member
    static let admitsKeys = false
    static let answer = AnswerShape.object([.init("unread", "integer")])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await OwnNotifications(context).count(in: context)
    }
}

/// `POST /notifications/read`: those of the ids that are the caller's own, or all. What is read stays read.
struct ReadNotifications: Action {
    struct Input: Shape {
        let ids = Field<JSON>("ids", .ids(NoticeWriter.name)).optional
        let all = Field.boolean("all").optional
        init() {}
    }

    static let route = Route.post("/notifications/read")
    static let access = RouteAccess.member
    static let admitsKeys = false
    static let answer = AnswerShape.object([.init("unread", "integer")])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let own = try OwnNotifications(context)
        guard (input.ids != nil) != (input.all == true) else {
            throw Problem.invalid("ids", "ids_or_all")
        }
        let ids = input.ids?.arrayValue?.compactMap { $0.stringValue.flatMap { UUIDv7($0) } }
        let chosen: SQL = ids.map { " and n.id = any(\($0)::uuid[])" } ?? ""
        // One event tells of all: the other screens of the same person count anew.
        _ = try await context.write([
            """
            with seen as (
                update kernel.notifications n
                set read_at = \(context.now)::timestamptz
                where \(sql: own.condition) and n.read_at is null\(sql: chosen)
                returning n.organization_id, n.id, n.member_id),
            last as (
                select s.organization_id, s.id, s.member_id
                from seen s
                order by s.id desc
                limit 1),
            announced as (\(sql: NoticeWriter(context: context).event("updated", from: "last")))
            select count(*)
            from seen
            """
        ])
        return try await own.count(in: context)
    }
}

/// The caller's own notifications, as SQL over the alias `n`.
struct OwnNotifications {
    let condition: SQL

    init(_ context: Context) throws(Problem) {
        condition = """
            n.organization_id = \(try context.organization())::uuid
            and n.member_id = \(context.principal.user)::uuid
            """
    }

    /// How many are unread.
    var unread: SQL {
        """
        select count(*)
        from kernel.notifications n
        where \(sql: condition) and n.read_at is null
        """
    }

    func count(in context: Context) async throws(Problem) -> Answer {
        let rows = try await context.read(unread)
        return .json(["unread": .number(JSONNumber(rows.integer(0, 0) ?? 0))])
    }
}
