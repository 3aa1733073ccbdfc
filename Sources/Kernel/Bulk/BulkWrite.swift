internal import Postgres
internal import Wire

/// Writes many changes of one entity at once, in the context's transaction.
struct BulkWrite {
    /// What became of the changes.
    struct Outcome {
        /// Versions after, of those that were updated.
        var versions: [UUIDv7: Int64] = [:]
        /// Changes that could not be written, by their place.
        var faults: [(position: Int, problem: Problem)] = []
    }

    let entity: EntityDefinition
    let context: Context

    /// Writes all changes in one statement; when the database refuses, by halves until the faulty ones are
    /// alone.
    func attempt(
        _ changes: [RecordChange], _ write: ([RecordChange]) async throws(Problem) -> [UUIDv7: Int64]
    ) async throws(Problem) -> Outcome {
        var outcome = Outcome()
        guard !changes.isEmpty else { return outcome }
        var waiting = [0..<changes.count]
        while let range = waiting.popLast() {
            do {
                let versions = try await Savepoint.attempt(in: context) {
                    (_: Context) async throws(Problem) -> [UUIDv7: Int64] in
                    try await write(Array(changes[range]))
                }
                outcome.versions.merge(versions) { _, new in new }
            } catch {
                guard error.status < 500, !error.isTransient else { throw error }
                if range.count == 1 {
                    outcome.faults.append((position: range.lowerBound, problem: error))
                } else {
                    let middle = range.lowerBound + range.count / 2
                    waiting.append(middle..<range.upperBound)
                    waiting.append(range.lowerBound..<middle)
                }
            }
        }
        return outcome
    }

    /// Updates records whose changes were completed; gives their new versions. Each set of changed fields is
    /// one statement.
    func update(_ changes: [RecordChange]) async throws(Problem) -> [UUIDv7: Int64] {
        var groups: [[String]: [RecordChange]] = [:]
        for change in changes {
            let changed = entity.fields.filter { $0.computed == nil && change.changes($0.key) }.map(\.key)
            if !changed.isEmpty { groups[changed, default: []].append(change) }
        }
        var statements: [SQL] = []
        var wanted = 0
        for (keys, group) in groups {
            statements.append(try statement(keys.compactMap { entity.field($0) }, group))
            wanted += group.count
        }
        var versions: [UUIDv7: Int64] = [:]
        for rows in try await context.write(statements) {
            for row in 0..<rows.count {
                if let id = rows.id(row, 0), let version = rows.integer(row, 1) { versions[id] = version }
            }
        }
        guard versions.count == wanted else { throw Problem(409, "changed_meanwhile") }
        return versions
    }

    private func statement(_ fields: [FieldDefinition], _ changes: [RecordChange]) throws(Problem) -> SQL {
        let names = fields.indices.map { ", v\($0)" }.joined()
        let sets = fields.enumerated().map { "\"\($0.element.key)\" = u.v\($0.offset)" }.joined(
            separator: ", ")
        let columns = fields.map { field -> SQL in
            ", \(sql: changes.map { $0.value(field.key) }.arraySQL)::\(unsafeSQL: field.kind.columnType)[]"
        }.joined(separator: "")
        return """
            update \(unsafeSQL: entity.table) t
            set \(unsafeSQL: sets)
            from unnest(\(changes.map(\.id))::uuid[], \(changes.map { $0.before?.version ?? 0 })::integer[]\
            \(sql: columns)) u (id, version\(unsafeSQL: names))
            where t.organization_id = \(try context.organization())::uuid and t.id = u.id
            and t.version = u.version and t.deleted_at is null
            returning t.id, t.version
            """
    }
}
