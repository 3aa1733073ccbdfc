internal import Kernel
internal import Postgres
internal import Wire

/// The caller's live sessions, in whatever organization, the last used first.
struct ListSessions: Action {
    typealias Input = NoInput
    static let route = Route.get("/auth/sessions")
    static let access = RouteAccess.signedIn

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let person = try await Account.caller(in: context).id
        let rows = try await context.read(
            """
            select s.id, s.organization_id, s.organization_name, s.created_at, s.last_used_at, s.expires_at,
                s.user_agent, s.address
            from platform.list_sessions(\(person)::uuid, \(context.now)) as s
            """)
        var writer = JSONWriter(capacity: 400 * rows.count + 100)
        writer.beginObject()
        writer.key("data")
        writer.beginArray()
        for row in 0..<rows.count { write(row, of: rows, current: context.principal.session, to: &writer) }
        writer.endArray()
        writer.field("page", OnePage.json(limit: 200))
        writer.endObject()
        return .json(writer.bytes)
    }

    private static func write(_ row: Int, of rows: Rows, current: UUIDv7?, to writer: inout JSONWriter) {
        let id = rows.id(row, 0)
        writer.beginObject()
        writer.field("id", id)
        writer.field("is_current", id == current)
        writer.field("organization_id", rows.id(row, 1))
        writer.field("organization_name", rows[row, 2])
        writer.field("created_at", rows.instant(row, 3))
        writer.field("last_used_at", rows.instant(row, 4))
        writer.field("expires_at", rows.instant(row, 5))
        writer.field("device", Device(userAgent: rows[row, 6] ?? "").name)
        writer.field("user_agent", rows[row, 6])
        writer.field("address", rows[row, 7])
        writer.endObject()
    }
}

/// Ends one of the caller's sessions.
struct EndSession: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.delete("/auth/sessions/{id}")
    static let access = RouteAccess.signedIn
    static let answer = AnswerShape.nothing
    static let status = 204
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let person = try await Account.caller(in: context).id
        let ended = try await context.revokeSessions(of: person, session: input.id, reason: "ended")
        guard ended == 1 else { throw Problem.notFound }
        try await context.securityEvent(
            "auth.session.ended", subject: person, detail: ["session_id": .string(input.id.description)])
        return .noContent
    }
}

/// Ends all of the caller's sessions but the one that asks.
struct EndOtherSessions: Action {
    typealias Input = NoInput
    static let route = Route.delete("/auth/sessions")
    static let access = RouteAccess.signedIn
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let person = try await Account.caller(in: context).id
        let ended = try await context.revokeSessions(
            of: person, sparing: context.principal.session, reason: "ended")
        try await context.securityEvent(
            "auth.session.ended_others", subject: person, detail: ["count": .number(JSONNumber(ended))])
        return .noContent
    }
}

/// The page member of a list that is always whole.
enum OnePage {
    static func json(limit: Int64) -> JSON {
        ["limit": .number(JSONNumber(limit)), "next": nil, "previous": nil, "total": nil, "estimated": false]
    }
}
