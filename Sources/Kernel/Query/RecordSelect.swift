internal import Postgres
internal import Wire

/// The JSON of a record as one SQL expression, trimmed to what the caller may read.
struct RecordSelect {
    let entity: EntityDefinition
    let authorizer: Authorizer
    let registry: Registry
    /// Only these members, where `fields=` was asked.
    var only: Set<String>?
    /// References whose record stands beside them.
    var include: [FieldDefinition] = []

    /// `(select row_to_json(…))` over a table alias.
    func expression(_ alias: String) -> SQL {
        guard alias == "t", only == nil, include.isEmpty,
            let key = RecordTexts.Key(entity, seenBy: authorizer.principal.grant)
        else { return written(alias) }
        return registry.recordTexts.text(key) { written(alias) }
    }

    private func written(_ alias: String) -> SQL {
        let members = members(alias, include: include).joined(separator: ", ")
        let lookups = lookups(alias)
        let source: SQL = lookups.text.isEmpty ? "" : " from (select) n\(sql: lookups)"
        return "(select row_to_json(j)::text from (select \(sql: members)\(sql: source)) j)"
    }

    /// The rows that the record's computed fields draw on, each joined once.
    private func lookups(_ alias: String) -> SQL {
        var joined: [Lookup] = []
        for field in shownFields {
            guard let lookup = field.drawn?.lookup, !joined.contains(lookup) else { continue }
            joined.append(lookup)
        }
        return joined.map { lookup -> SQL in
            let condition = Columns.renamed(lookup.condition, alias)
            return " left join \(unsafeSQL: "\(lookup.table) \(lookup.alias) on \(condition)")"
        }.joined(separator: "")
    }

    private var shownFields: [FieldDefinition] {
        entity.fields.filter { field in
            authorizer.principal.grant.sees(field, of: entity) && only?.contains(field.key) != false
        }
    }

    private func members(_ alias: String, include: [FieldDefinition]) -> [SQL] {
        var members: [SQL] = []
        func add(_ key: String, _ sql: SQL) {
            if let only, !only.contains(key) { return }
            members.append("\(sql: sql) as \(identifier: key)")
        }
        add("id", "\(unsafeSQL: alias).id")
        add("type", "'\(unsafeSQL: entity.name)'::text")
        for field in shownFields {
            add(field.key, "\(unsafeSQL: Columns.joinedJSON(field, alias))")
        }
        add("custom", "\(unsafeSQL: alias).custom")
        add("tags", "\(unsafeSQL: alias).tags")
        add("created_at", "\(unsafeSQL: Columns.instant("\(alias).created_at"))")
        add("created_by", "\(unsafeSQL: alias).created_by")
        add("updated_at", "\(unsafeSQL: Columns.instant("\(alias).updated_at"))")
        add("updated_by", "\(unsafeSQL: alias).updated_by")
        add("version", "\(unsafeSQL: alias).version")
        add("deleted_at", "\(unsafeSQL: Columns.instant("\(alias).deleted_at"))")
        for field in include {
            guard let name = field.includeName, let sql = included(field, alias) else { continue }
            members.append("\(sql: sql) as \(identifier: name)")
        }
        return members
    }

    /// The referred record within the caller's scope, or null.
    private func included(_ field: FieldDefinition, _ alias: String) -> SQL? {
        guard let target = field.target.flatMap({ registry.entity($0) }) else { return nil }
        guard let scope = authorizer.readingIfAny(target) else { return "null::json" }
        let inner = RecordSelect(entity: target, authorizer: authorizer, registry: registry)
        let members = inner.members("i", include: []).joined(separator: ", ")
        let reference = Columns.expression(field, alias)
        return """
            (select row_to_json(j) from (select \(sql: members)
            from \(unsafeSQL: target.table) i\(sql: inner.lookups("i"))
            where \(sql: scope.condition("i")) and i.id = \(unsafeSQL: reference) and i.deleted_at is null) j)
            """
    }
}
