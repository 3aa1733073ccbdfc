internal import Postgres
internal import Wire

/// `GET /imports`: the caller's own, the newest first; an admin sees all.
struct ListImports: Action {
    struct Input: Shape {
        let entity = Field.text("entity", max: 100).optional
        let status = Field<ImportStatus>.choice("status").optional
        let limit = Field.integer("limit", in: 1...200).default(50)
        let cursor = Field.text("cursor", max: 8000).optional
        init() {}
    }

    static let route = Route.get("/imports")
    static let access = RouteAccess.permission("imports.read")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let key = context.cursorKey
        let fingerprint = Cursor.fingerprint([
            "kernel.imports", input.entity ?? "", input.status?.rawValue ?? "",
        ])
        var place: UUIDv7?
        if let text = input.cursor {
            guard let cursor = Cursor(text, signedWith: key), cursor.fingerprint == fingerprint else {
                throw Problem.badQuery("cursor", "bad_cursor")
            }
            place = cursor.id
        }
        let limit = Int(input.limit)
        var conditions = [try ImportStore(context: context).visible()]
        if let entity = input.entity {
            guard context.runtime.registry.entity(entity) != nil else {
                throw Problem.badQuery("entity", "not_a_choice")
            }
            conditions.append("i.entity = \(entity)")
        }
        if let status = input.status { conditions.append("i.status = \(status.rawValue)") }
        if let place { conditions.append("i.id < \(place)::uuid") }
        let rows = try await context.read(
            """
            select row_to_json(j)::text
            from (select \(unsafeSQL: ImportStore.columns)
            from kernel.imports i
            where \(sql: conditions.joined(separator: " and "))
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
