internal import Postgres
internal import Wire

/// Finds live records that a new one probably repeats, within what the caller may read.
struct DuplicateSearch {
    let entity: EntityDefinition
    let context: Context

    /// Ids with the rule that matched, `<id>;reason=vat_number`, as the header `Duplicates` carries them.
    func links(to id: UUIDv7) async throws(Problem) -> String {
        guard !entity.duplicateRules.isEmpty, let scope = context.authorizer.readingIfAny(entity) else { return "" }
        let rows = try await context.read(entity.duplicateRules.map { statement($0, id, scope) })
        var found: [String] = []
        var seen: Set<UUIDv7> = []
        for (rule, rows) in zip(entity.duplicateRules, rows) {
            for row in 0..<rows.count {
                guard let other = rows.id(row, 0), seen.insert(other).inserted else { continue }
                found.append("\(other);reason=\(rule.reason)")
            }
        }
        return found.prefix(10).joined(separator: ", ")
    }

    private func statement(_ rule: DuplicateRule, _ id: UUIDv7, _ scope: Scope) -> SQL {
        let same = rule.parts.map { part in "t.\(part.column) = n.\(part.column)" }.joined(separator: " and ")
        return """
            select t.id
            from \(unsafeSQL: entity.table) n
            join \(unsafeSQL: entity.table) t on t.organization_id = n.organization_id and \(unsafeSQL: same)
            where n.organization_id = \(scope.organization)::uuid and n.id = \(id)::uuid
            and \(sql: scope.condition("t")) and t.id <> n.id and t.deleted_at is null
            order by t.id
            limit 10
            """
    }
}
