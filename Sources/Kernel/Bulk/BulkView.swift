internal import Postgres
internal import Wire

/// A change of many records as the API shows it, with its first faults in the reader's language.
struct BulkView {
    let stored: StoredBulk
    let context: Context

    private static let listed = 100

    /// The whole document.
    func json() async throws(Problem) -> JSON {
        let rows = try await context.read(
            """
            select f.record_id, f.field, f.code, f.parameters
            from kernel.bulk_faults f
            where f.organization_id = \(try context.organization())::uuid
            and f.bulk_change_id = \(stored.id)::uuid
            order by f.line, f.place
            limit \(Self.listed)::bigint
            """)
        var object = JSONObject()
        object["id"] = .string(stored.id.description)
        object["type"] = "kernel.bulk_change"
        object["job"] = .string(stored.id.description)
        object["entity"] = .string(stored.entity.name)
        object["action"] = .string(stored.action.rawValue)
        object["set"] = stored.action == .delete ? .null : assigned
        object["status"] = .string(stored.status.rawValue)
        object["progress"] = [
            "done": .number(JSONNumber(stored.done)), "total": .number(JSONNumber(stored.total)),
        ]
        object["counts"] = stored.counts.json
        object["errors"] = .array(
            (0..<rows.count).compactMap { row in
                guard let record = rows.id(row, 0), sees(rows[row, 1] ?? "") else { return nil }
                return Self.error(
                    record, rows[row, 1] ?? "", rows[row, 2] ?? "", Self.texts(rows.json(row, 3)), context)
            })
        let isUndoable = stored.action.isUndoable(stored.entity)
        object["undo"] = isUndoable ? .string("/api/v1/bulk/\(stored.id)/undo") : .null
        object["undo_state"] = .string(stored.undoState)
        object["kept"] = stored.json["kept"] ?? .array([])
        for name in ["failure", "created_by", "created_at", "started_at", "finished_at"] {
            object[name] = stored.json[name] ?? .null
        }
        return .object(object)
    }

    /// What was set, without what the reader may not see.
    private var assigned: JSON {
        guard case .object(let fields)? = stored.json["assigned"] else { return .null }
        var shown = JSONObject()
        for (key, value) in fields.entries where sees(key) { shown[key] = value }
        return .object(shown)
    }

    /// Whether a fault of this path may be told: it may quote what stands in the field.
    private func sees(_ path: String) -> Bool {
        let key = String(path.prefix { $0 != "." && $0 != "[" })
        guard let field = stored.entity.field(key) else { return true }
        return context.principal.grant.sees(field, of: stored.entity)
    }

    private static func texts(_ parameters: JSON?) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, value) in parameters?.objectValue?.entries ?? [] { texts[name] = value.stringValue }
        return texts
    }

    /// What was wrong with one record.
    static func error(
        _ record: UUIDv7, _ field: String, _ code: String, _ parameters: [String: String], _ context: Context
    ) -> JSON {
        [
            "id": .string(record.description), "field": field.isEmpty ? .null : .string(field),
            "code": .string(code), "message": .string(message(code, parameters, context)),
        ]
    }

    private static func message(_ code: String, _ parameters: [String: String], _ context: Context) -> String
    {
        for key in ["error.\(code)", "problem.\(code)"] {
            let text = context.text(key, parameters)
            if text != key { return text }
        }
        return code
    }
}
