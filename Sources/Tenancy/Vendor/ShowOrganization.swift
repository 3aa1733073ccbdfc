internal import Kernel
internal import Postgres
internal import Wire

/// One organization with what it uses, in numbers: neither names of people nor contents of records.
struct ShowOrganization: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.get("/vendor/organizations/{id}")
    static let access = RouteAccess.vendor(.supportAgent)
    static let answer = VendorView.shape
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await VendorView.answer(input.id, in: context)
    }
}

/// What the vendor sees of an organization.
enum VendorView {
    /// Columns of `platform.vendor_organizations as o`.
    static let columns: SQL = """
        o.slug, o.name, o.country, o.plan_code, o.status, o.suspended_reason, o.suspended_at, o.created_at
        """

    static let shape = AnswerShape.object([
        .init("id", "string"), .init("slug", "string"), .init("name", "string"), .init("country", "string?"),
        .init("plan", "string"), .init("status", "string"), .init("suspended_reason", "string?"),
        .init("suspended_at", "string?"), .init("created_at", "string"),
        .init(
            "usage",
            of: [
                .init("members", "integer"), .init("records", "object"), .init("import_bytes", "integer"),
                .init("dead_jobs", "integer"), .init("last_active_at", "string?"),
            ]),
    ])

    /// The members that list and single view share; the row's id stands in its first column.
    static func object(_ rows: Rows, _ row: Int, from column: Int) -> JSONObject {
        var object = JSONObject()
        object["id"] = text(rows.id(row, 0)?.description)
        for (offset, name) in ["slug", "name", "country", "plan", "status", "suspended_reason"].enumerated() {
            object[name] = text(rows[row, column + offset])
        }
        object["suspended_at"] = text(rows.instant(row, column + 6)?.description)
        object["created_at"] = text(rows.instant(row, column + 7)?.description)
        return object
    }

    /// The whole view; 404 where there is no such organization.
    static func answer(_ organization: UUIDv7, in context: Context) async throws(Problem) -> Answer {
        guard let session = context.principal.session else { throw Problem(401, "unauthenticated") }
        let results = try await context.read(
            [
                """
                select o.id, \(sql: columns), o.usage
                from platform.vendor_organization(\(session)::uuid, \(organization)::uuid) as o
                """
            ], .long)
        let rows = results[0]
        guard rows.count == 1 else { throw Problem.notFound }
        var object = object(rows, 0, from: 1)
        var usage = rows.json(0, 9)?.objectValue ?? JSONObject()
        let last = usage["last_active_at"]?.integerValue
        usage["last_active_at"] = text(last.map { Instant(milliseconds: $0).description })
        object["usage"] = .object(usage)
        return .json(.object(object))
    }

    private static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
}
