internal import Postgres
internal import Tabular
internal import Wire

/// An import as the API shows it, with its first errors in the reader's language.
struct ImportView {
    let stored: StoredImport
    let context: Context
    /// How many errors are shown; the file has all.
    static let errorLimit = 100

    /// The whole document.
    func json() async throws(Problem) -> JSON {
        let rows = try await context.read(
            """
            select e.line, e.column_name, e.value, e.code, e.parameters
            from kernel.import_errors e
            where e.organization_id = \(try context.organization())::uuid and e.import_id = \(stored.id)::uuid
            order by e.line, e.place
            limit \(unsafeSQL: "\(Self.errorLimit)")
            """)
        var object = summary
        object["errors"] = .array((0..<rows.count).map { error(rows, $0) })
        object["columns"] = .array(stored.columns.map(\.json))
        object["mapping"] = stored.mapping ?? .null
        object["unmatched"] = stored.json["unmatched"] ?? .array([])
        object["kept"] = stored.json["kept"] ?? .array([])
        return .object(object)
    }

    /// What a list shows.
    var summary: JSONObject {
        var object = JSONObject()
        object["id"] = .string(stored.id.description)
        object["type"] = "kernel.import"
        object["status"] = .string(stored.status.rawValue)
        object["entity"] = .string(stored.entity.name)
        for name in ["file_name", "file_size", "encoding", "separator"] {
            object[name] = stored.json[name] ?? .null
        }
        object["has_header"] = .bool(stored.format.hasHeader)
        object["rows"] = .number(JSONNumber(stored.total))
        object["progress"] = [
            "done": .number(JSONNumber(stored.done)), "total": .number(JSONNumber(stored.total)),
        ]
        object["counts"] = stored.counts.json
        for name in ["failure", "created_by", "created_at", "started_at", "finished_at", "file_removed_at"] {
            object[name] = stored.json[name] ?? .null
        }
        return object
    }

    private func error(_ rows: Rows, _ row: Int) -> JSON {
        [
            "line": rows.integer(row, 0).map { .number(JSONNumber($0)) } ?? .null,
            "column": rows[row, 1].map { .string($0) } ?? .null,
            "value": rows[row, 2].map { .string($0) } ?? .null,
            "code": .string(rows[row, 3] ?? ""),
            "message": .string(Self.message(rows[row, 3] ?? "", rows.json(row, 4), context)),
        ]
    }

    /// An error in the reader's words.
    static func message(_ code: String, _ parameters: JSON?, _ context: Context) -> String {
        var texts: [String: String] = [:]
        for (name, value) in parameters?.objectValue?.entries ?? [] { texts[name] = value.stringValue }
        let message = context.text("error.\(code)", texts)
        if message != "error.\(code)" { return message }
        let title = context.text("problem.\(code)", texts)
        return title == "problem.\(code)" ? code : title
    }
}
