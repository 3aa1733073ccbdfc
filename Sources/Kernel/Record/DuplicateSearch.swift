internal import Postgres
public import Wire

/// A live record that another one probably repeats.
public struct Likeness: Sendable, Equatable {
    public let id: UUIDv7
    /// What the record is called.
    public let label: String
    /// The rule that matched.
    public let reason: String

    /// As the API writes it.
    public func json(type: String) -> JSON {
        [
            "id": .string(id.description), "type": .string(type), "label": .string(label),
            "reason": .string(reason),
        ]
    }
}

extension Context {
    /// Live records within the caller's reach that a record with these contents would probably repeat, the
    /// surest first; by the entity's own rules unless others are named.
    public func duplicates<Subject: Entity>(
        of type: Subject.Type, _ assignments: [Assignment<Subject>], by rules: [DuplicateRule]? = nil,
        excluding id: UUIDv7? = nil
    ) async throws(Problem) -> [Likeness] {
        let values = Dictionary(assignments.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
        let search = DuplicateSearch(entity: try definition(type), context: self)
        return try await search.records(like: values, by: rules ?? type.duplicateRules, excluding: id)
    }
}

/// Finds live records that a new one probably repeats, within what the caller may read.
struct DuplicateSearch {
    let entity: EntityDefinition
    let context: Context

    /// Ids with the rule that matched, `<id>;reason=vat_number`, as the header `Duplicates` carries them.
    func links(to id: UUIDv7) async throws(Problem) -> String {
        let names = (["id"] + columns).map { "s.\($0)" }.joined(separator: ", ")
        let stored: SQL = """
            (select \(unsafeSQL: names)
            from \(unsafeSQL: entity.table) s
            where s.organization_id = \(try context.organization())::uuid and s.id = \(id)::uuid)
            """
        guard let statement = links(from: stored) else { return "" }
        let rows = try await context.read(statement)
        return rows[0, 0] ?? ""
    }

    /// The stored columns that the rules compare.
    var columns: [String] { Set(entity.duplicateRules.flatMap { $0.parts.map(\.column) }).sorted() }

    /// The same in SQL, `links`, for the one row of `made` that has `id` and `columns`; nil where nothing is
    /// looked for.
    func links(from made: SQL) -> SQL? {
        guard !entity.duplicateRules.isEmpty, let scope = context.authorizer.readingIfAny(entity) else {
            return nil
        }
        let alike = entity.duplicateRules.enumerated().map { place, rule -> SQL in
            """
            (select t.id, \(unsafeSQL: String(place)) as place, \(rule.reason)::text as reason
            from \(sql: made) n
            join \(unsafeSQL: entity.table) t on \(sql: comparison(rule))
            where \(sql: scope.condition("t")) and t.id <> n.id and t.deleted_at is null
            order by t.id
            limit 10)
            """
        }.joined(separator: "\nunion all\n")
        return """
            select string_agg(f.id::text || ';reason=' || f.reason, ', ' order by f.place, f.id) as links
            from (
            select u.id, u.place, u.reason
            from (
            select distinct on (e.id) e.id, e.place, e.reason
            from (\(sql: alike)) e
            order by e.id, e.place) u
            order by u.place, u.id
            limit 10) f
            """
    }

    /// The same for contents that are not stored yet.
    func records(
        like values: [String: Value], by rules: [DuplicateRule], excluding id: UUIDv7?
    ) async throws(Problem) -> [Likeness] {
        guard let scope = context.authorizer.readingIfAny(entity) else { return [] }
        return found(try await context.read(rules.map { statement($0, values, id, scope) }), by: rules)
    }

    /// At most ten records in the order of the rules, each once.
    private func found(_ results: [Rows], by rules: [DuplicateRule]) -> [Likeness] {
        var found: [Likeness] = []
        for (rule, rows) in zip(rules, results) {
            for row in 0..<rows.count {
                guard let id = rows.id(row, 0), !found.contains(where: { $0.id == id }) else { continue }
                found.append(Likeness(id: id, label: rows[row, 1] ?? "", reason: rule.reason))
            }
        }
        return Array(found.prefix(10))
    }

    private func statement(
        _ rule: DuplicateRule, _ values: [String: Value], _ id: UUIDv7?, _ scope: Scope
    ) -> SQL {
        let alike = rule.parts.map { part -> SQL in
            let type = entity.field(part.key)?.kind.columnType ?? "text"
            let value = values[part.key] ?? .null
            return same(part, as: "\(unsafeSQL: part.form)(\(sql: value.sql)::\(unsafeSQL: type))")
        }.joined(separator: " and ")
        let others: SQL = if let id { "and t.id <> \(id)::uuid" } else { "" }
        return """
            select t.id, r.label
            from \(unsafeSQL: entity.table) t
            join kernel.records r on r.organization_id = t.organization_id and r.id = t.id
            where \(sql: scope.condition("t")) and \(sql: alike) and t.deleted_at is null \(sql: others)
            order by t.id
            limit 10
            """
    }

    /// That a record `t` has in its stored columns what the record `n` has.
    private func comparison(_ rule: DuplicateRule) -> SQL {
        rule.parts.map { same($0, as: "n.\(identifier: $0.column)") }.joined(separator: " and ")
    }

    /// Whether the record `t` has the content, itself or in a record that refers to it: an index serves
    /// either.
    private func same(_ part: DuplicateRule.Part, as content: SQL) -> SQL {
        let own: SQL = "t.\(identifier: part.column) = \(sql: content)"
        guard let field = entity.field(part.key), let further = context.principal.grant.further(field) else {
            return own
        }
        return """
            (\(sql: own) or t.id = any(array(
            select f.\(identifier: further.reference)
            from \(unsafeSQL: further.table) f
            where f.deleted_at is null and f.\(identifier: part.column) = \(sql: content))))
            """
    }
}
