internal import Postgres
internal import Wire

/// `GET /imports`: the caller's own, the newest first; an admin sees all.
struct ListImports: Action {
    struct Input: Shape {
        let limit = Field.integer("limit", in: 1...200).default(50)
        let cursor = Field.text("cursor", max: 8000).optional
        init() {}
    }

    static let route = Route.get("/imports")
    static let access = RouteAccess.permission("imports.read")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let key = context.cursorKey
        let fingerprint = Cursor.fingerprint(["kernel.imports"])
        var place: UUIDv7?
        if let text = input.cursor {
            guard let cursor = Cursor(text, signedWith: key), cursor.fingerprint == fingerprint else {
                throw Problem.badQuery("cursor", "bad_cursor")
            }
            place = cursor.id
        }
        let limit = Int(input.limit)
        let after: SQL = place.map { "and i.id < \($0)::uuid" } ?? ""
        let rows = try await context.read(
            """
            select row_to_json(j)::text
            from (select \(unsafeSQL: ImportStore.columns)
            from kernel.imports i
            where \(sql: try ImportStore(context: context).visible()) \(sql: after)
            order by i.id desc
            limit \(limit + 1)::bigint) j
            """)
        let found = (0..<min(rows.count, limit)).compactMap { row in
            rows.json(row, 0).flatMap { StoredImport($0, registry: context.runtime.registry) }
        }
        var next: JSON = .null
        if rows.count > limit, let last = found.last {
            let cursor = Cursor(fingerprint: fingerprint, keys: [], id: last.id, isBackward: false)
            next = .string(cursor.text(signedWith: key))
        }
        return .json([
            "data": .array(found.map { .object(ImportView(stored: $0, context: context).summary) }),
            "page": [
                "limit": .number(JSONNumber(Int64(limit))), "next": next, "previous": .null, "total": .null,
                "estimated": false,
            ],
        ])
    }
}
