internal import Postgres
internal import Wire

/// A record's audit as readable changes, trimmed to the fields that the caller may read.
struct RecordHistory {
    let entity: EntityDefinition
    let context: Context

    /// Names of the fields that the last `updates` changes touched and the caller may read.
    func changedFields(of id: UUIDv7, updates: Int) async throws(Problem) -> [String] {
        guard updates > 0 else { return [] }
        let rows = try await context.read(
            """
            select a.changes
            from kernel.audit a
            where a.organization_id = \(try context.organization())::uuid and a.entity = \(entity.name)
            and a.record_id = \(id)::uuid
            order by a.at desc, a.id desc
            limit \(min(updates, 100))::bigint
            """)
        var names: Set<String> = []
        for row in 0..<rows.count {
            for change in visibleChanges(rows.json(row, 0)) { names.insert(change.field) }
        }
        return names.sorted()
    }

    /// A page of changes, newest first.
    func page(of id: UUIDv7, limit: Int, cursor: Cursor?, fingerprint: String) async throws(Problem)
        -> [UInt8]
    {
        var place: SQL = ""
        if let cursor, let at = cursor.keys.first.flatMap({ $0 }) {
            place = "and (a.at, a.id) < (\(at)::timestamptz, \(cursor.id)::uuid)"
        }
        let rows = try await context.read(
            """
            select \(unsafeSQL: Columns.instant("a.at")), a.id, a.action, a.actor_kind, a.actor_id, m.name,
            a.request_id,
            a.changes
            from kernel.audit a
            left join kernel.memberships m on m.organization_id = a.organization_id and m.id = a.actor_id
            where a.organization_id = \(try context.organization())::uuid and a.entity = \(entity.name)
            and a.record_id = \(id)::uuid
            \(sql: place)
            order by a.at desc, a.id desc
            limit \(limit + 1)::bigint
            """)
        var writer = JSONWriter(capacity: 4096)
        writer.beginObject()
        writer.key("data")
        writer.beginArray()
        let shown = min(rows.count, limit)
        for row in 0..<shown { write(rows, row, to: &writer) }
        writer.endArray()
        writer.key("page")
        writer.beginObject()
        writer.field("limit", limit)
        writer.field("next", rows.count > limit ? next(rows, shown - 1, fingerprint) : nil)
        writer.field("previous", String?.none)
        writer.field("total", Int64?.none)
        writer.field("estimated", false)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private func next(_ rows: Rows, _ row: Int, _ fingerprint: String) -> String? {
        guard let id = rows.id(row, 1) else { return nil }
        return Cursor(fingerprint: fingerprint, keys: [rows[row, 0]], id: id, isBackward: false)
            .text(signedWith: context.cursorKey)
    }

    private func write(_ rows: Rows, _ row: Int, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("at", rows[row, 0])
        writer.key("by")
        writer.beginObject()
        writer.field("kind", rows[row, 3])
        writer.field("id", rows[row, 4])
        writer.field("name", rows[row, 5])
        writer.endObject()
        writer.field("action", rows[row, 2])
        writer.key("changes")
        write(visibleChanges(rows.json(row, 7)), to: &writer)
        writer.field("request_id", rows[row, 6])
        writer.endObject()
    }

    /// The changes as an array, each field with its label.
    func write(_ changes: [FieldChange], to writer: inout JSONWriter) {
        writer.beginArray()
        for change in changes {
            writer.beginObject()
            writer.field("field", change.field)
            writer.field("label", label(change.field))
            writer.field("from", change.from)
            writer.field("to", change.to)
            writer.endObject()
        }
        writer.endArray()
    }

    private func label(_ key: String) -> String {
        context.text(entity.field(key) == nil ? "field.standard.\(key)" : "field.\(entity.name).\(key)")
    }

    struct FieldChange {
        let field: String
        let from: JSON
        let to: JSON
    }

    /// `[{"field","from","to"}]` or `{"field":[from,to]}`, without what the caller may not read.
    func visibleChanges(_ json: JSON?) -> [FieldChange] {
        var changes: [FieldChange] = []
        for item in json?.arrayValue ?? [] {
            guard let name = item["field"]?.stringValue else { continue }
            changes.append(FieldChange(field: name, from: item["from"] ?? .null, to: item["to"] ?? .null))
        }
        for (name, pair) in json?.objectValue?.entries ?? [] {
            let sides = pair.arrayValue ?? []
            guard sides.count == 2 else { continue }
            changes.append(FieldChange(field: name, from: sides[0], to: sides[1]))
        }
        return changes.compactMap { change in
            if let field = entity.field(change.field) {
                guard context.principal.grant.sees(field, of: entity) else { return nil }
                guard field.kind == .instant else { return change }
                return FieldChange(
                    field: change.field, from: Self.instant(change.from), to: Self.instant(change.to))
            }
            return ["tags", "custom"].contains(change.field) ? change : nil
        }
    }

    /// PostgreSQL's own print of an instant, in the API's form.
    private static func instant(_ json: JSON) -> JSON {
        json.stringValue.flatMap { Instant($0) }.map { .string($0.description) } ?? json
    }
}
