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
        let page = try NewestFirst(
            ["kernel.imports", input.entity ?? "", input.status?.rawValue ?? ""], limit: input.limit,
            cursor: input.cursor, in: context)
        var conditions = [try ImportStore(context: context).visible()]
        if let entity = input.entity {
            guard context.runtime.registry.entity(entity) != nil else {
                throw Problem.badQuery("entity", "not_a_choice")
            }
            conditions.append("i.entity = \(entity)")
        }
        if let status = input.status { conditions.append("i.status = \(status.rawValue)") }
        if let before = page.before { conditions.append("i.id < \(before)::uuid") }
        let rows = try await context.read(
            """
            select row_to_json(j)::text
            from (select \(unsafeSQL: ImportStore.columns)
            from kernel.imports i
            where \(sql: conditions.joined(separator: " and "))
            order by i.id desc
            limit \(page.wanted)::bigint) j
            """)
        let found = (0..<rows.count).compactMap { rows.json($0, 0) }
        let shown = found.prefix(page.limit).compactMap { json in
            StoredImport(json, registry: context.runtime.registry).map {
                JSON.object(ImportView(stored: $0, context: context).summary)
            }
        }
        return page.answer(shown, ids: found.compactMap { $0["id"]?.stringValue.flatMap { UUIDv7($0) } })
    }
}
