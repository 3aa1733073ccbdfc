internal import Kernel
internal import Postgres
internal import Wire

/// The organizations of the installation, as the vendor sees them: names, plans, counts.
struct ListOrganizations: Action {
    struct Input: Shape {
        /// Words of the name or the slug.
        let words = Field.text("q", max: 100).optional
        let status = Field<Status>.choice("status").optional
        let plan = Field.text("plan", max: 100).optional
        let sort = Field<Sort>.choice("sort", default: .newest)
        let limit = Field.integer("limit", in: 1...200).default(50)
        let cursor = Field.text("cursor", max: 2000).optional
        let count = Field<Count>.choice("count").optional
        init() {}
    }

    enum Status: String, Choice { case active, suspended }
    enum Sort: String, Choice {
        case newest = "-created_at"
        case oldest = "created_at"
        case name, slug
        case nameBackwards = "-name"
        case slugBackwards = "-slug"
    }
    /// Either is exact here.
    enum Count: String, Choice { case exact, estimate }

    static let route = Route.get("/vendor/organizations")
    static let access = RouteAccess.vendor(.supportAgent)

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        guard let session = context.principal.session else { throw Problem(401, "unauthenticated") }
        let sort = input.sort.rawValue
        let isDescending = sort.hasPrefix("-")
        let key = isDescending ? String(sort.dropFirst()) : sort
        let filters = [input.words ?? "", input.status?.rawValue ?? "", input.plan ?? ""]
        let list = ["vendor.organizations", sort] + filters
        let after = try context.place(input.cursor, in: list)
        var statements: [SQL] = [
            """
            select o.id, o.key, \(sql: VendorView.columns), o.members
            from platform.vendor_organizations(
                \(session)::uuid, \(input.words), \(input.status?.rawValue), \(input.plan), \(key),
                \(isDescending), \(after?.keys.first ?? nil), \(after?.id)::uuid,
                \(input.limit + 1)::integer) as o
            """
        ]
        if input.count != nil {
            statements.append(
                """
                select platform.count_vendor_organizations(
                    \(session)::uuid, \(input.words), \(input.status?.rawValue), \(input.plan))
                """)
        }
        let results = try await context.read(statements, .long)
        return answer(results, Int(input.limit)) { context.cursor(in: list, behind: [$0], $1) }
    }

    private static func answer(_ results: [Rows], _ limit: Int, _ cursor: (String, UUIDv7) -> String)
        -> Answer
    {
        let rows = results[0]
        let shown = min(rows.count, limit)
        var next: JSON = .null
        if rows.count > shown, let id = rows.id(shown - 1, 0), let key = rows[shown - 1, 1] {
            next = .string(cursor(key, id))
        }
        let total = results.count > 1 ? results[1].integer(0, 0) : nil
        let data = (0..<shown).map { row -> JSON in
            var object = VendorView.object(rows, row, from: 2)
            object["members"] = .number(JSONNumber(rows.integer(row, 10) ?? 0))
            return .object(object)
        }
        return .json([
            "data": .array(data),
            "page": [
                "limit": .number(JSONNumber(Int64(limit))), "next": next, "previous": .null,
                "total": total.map { .number(JSONNumber($0)) } ?? .null, "estimated": false,
            ],
        ])
    }
}
