internal import Postgres
internal import Wire

/// Reads one record as the caller may see it.
struct RecordQuery {
    let entity: EntityDefinition
    let context: Context

    /// The record's JSON; 404 when absent, out of scope or (unless asked) in the bin.
    func json(
        _ id: UUIDv7, scope: Scope, include: [FieldDefinition] = [], only: Set<String>? = nil,
        deleted: Bool = false
    ) async throws(Problem) -> [UInt8] {
        try await written(id, scope: scope, include: include, only: only, deleted: deleted).json
    }

    /// The record's JSON with its version.
    func written(
        _ id: UUIDv7, scope: Scope, include: [FieldDefinition] = [], only: Set<String>? = nil,
        deleted: Bool = false
    ) async throws(Problem) -> RecordWriter.Written {
        let select = RecordSelect(
            entity: entity, authorizer: context.authorizer, registry: context.runtime.registry, only: only,
            include: include)
        let rows = try await context.read(
            """
            select \(sql: select.expression("t")), t.id, t.version
            from \(unsafeSQL: entity.table) t
            where \(sql: scope.condition("t")) and t.id = \(id)::uuid
            \(unsafeSQL: deleted ? "" : "and t.deleted_at is null")
            """)
        return try RecordWriter(entity: entity, context: context).written(rows)
    }
}
