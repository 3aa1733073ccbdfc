internal import Postgres
internal import Wire

/// Reads whole records for the kernel's own use: every field, hidden ones included.
struct RecordReader {
    let entity: EntityDefinition

    /// `(select row_to_json(…))` of all stored fields over a table alias.
    func expression(_ alias: String) -> SQL {
        var members = ["\(alias).id", "\(alias).version"]
        members += entity.fields.filter { $0.computed == nil }.map {
            "\(Columns.json($0, alias)) as \"\($0.key)\""
        }
        members += ["created_by", "updated_by", "tags"].map { "\(alias).\($0)" }
        members += ["created_at", "updated_at", "deleted_at"].map {
            "\(Columns.instant("\(alias).\($0)")) as \($0)"
        }
        return "(select row_to_json(j)::text from (select \(unsafeSQL: members.joined(separator: ", "))) j)"
    }

    /// One live record within a scope.
    func statement(_ id: UUIDv7, in scope: Scope, deleted: Bool = false) -> SQL {
        """
        select \(sql: expression("t"))
        from \(unsafeSQL: entity.table) t
        where \(sql: scope.condition("t")) and t.id = \(id)::uuid
        and t.deleted_at is \(unsafeSQL: deleted ? "not " : "")null
        """
    }

    /// Several records within a scope, live ones only; `more` goes on behind the condition.
    func statement(_ ids: [UUIDv7], in scope: Scope, where more: SQL = "") -> SQL {
        """
        select \(sql: expression("t"))
        from \(unsafeSQL: entity.table) t
        where \(sql: scope.condition("t")) and t.id = any(\(ids)::uuid[]) and t.deleted_at is null\(sql: more)
        """
    }

    /// The records of a statement's rows.
    func states(_ rows: Rows) -> [RecordState] {
        (0..<rows.count).compactMap { row in rows.json(row, 0).flatMap { state($0) } }
    }

    /// A record from the JSON that PostgreSQL printed.
    func state(_ json: JSON) -> RecordState? {
        guard case .object(let object) = json, let id = object["id"]?.stringValue.flatMap({ UUIDv7($0) }),
            let version = object["version"]?.integerValue
        else { return nil }
        var contents: [String: Value] = [:]
        for field in entity.fields + EntityDefinition.standardFields {
            if let member = object[field.key] { contents[field.key] = Self.value(member, field.kind) }
        }
        return RecordState(id: id, version: Int(version), contents: contents)
    }

    /// Trusts what PostgreSQL printed.
    static func value(_ json: JSON, _ kind: FieldKind) -> Value {
        switch (json, kind) {
        case (.null, _): .null
        case (.string(let text), .date): CivilDate(text).map(Value.date) ?? .null
        case (.string(let text), .instant): Instant(text).map(Value.instant) ?? .null
        case (.string(let text), .reference): UUIDv7(text).map(Value.id) ?? .null
        case (_, .address), (_, .timeWindows), (_, .json), (_, .ids): .json(json)
        case (.string(let text), _): .text(text)
        case (.bool(let flag), _): .boolean(flag)
        case (.number(let number), _): number.integer.map(Value.integer) ?? .null
        default: .json(json)
        }
    }
}
