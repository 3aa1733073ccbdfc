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
        "(select row_to_json(j)::text from (select \(sql: members(alias, include: include).joined(separator: ", "))) j)"
    }

    private func members(_ alias: String, include: [FieldDefinition]) -> [SQL] {
        var members: [SQL] = []
        func add(_ key: String, _ sql: SQL) {
            if let only, !only.contains(key) { return }
            members.append("\(sql: sql) as \(identifier: key)")
        }
        add("id", "\(unsafeSQL: alias).id")
        add("type", "'\(unsafeSQL: entity.name)'::text")
        for field in entity.fields where authorizer.principal.grant.sees(field, of: entity) {
            add(field.key, "\(unsafeSQL: Columns.json(field, alias))")
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
            (select row_to_json(j) from (select \(sql: members) from \(unsafeSQL: target.table) i
            where \(sql: scope.condition("i")) and i.id = \(unsafeSQL: reference) and i.deleted_at is null) j)
            """
    }
}
