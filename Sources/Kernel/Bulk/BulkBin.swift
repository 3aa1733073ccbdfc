internal import Postgres
internal import Wire

/// Puts many records of one entity into the bin and takes them out, in the context's transaction. Whether the
/// caller may has been looked at, and the records are held.
struct BulkBin {
    let entity: EntityDefinition
    let context: Context

    private var references: [(entity: EntityDefinition, field: FieldDefinition)] {
        context.runtime.registry.references[entity.name] ?? []
    }

    /// Records that live ones refer to, by references that refuse deleting, or by any.
    func referred(_ ids: [UUIDv7], any: Bool = false) async throws(Problem) -> Set<UUIDv7> {
        let organization = try context.organization()
        let refusing = references.filter { any || $0.field.deleteRule == .refuse }
        guard !ids.isEmpty, !refusing.isEmpty else { return [] }
        let statements = refusing.map { reference -> SQL in
            """
            select distinct x.\(identifier: reference.field.key)
            from \(unsafeSQL: reference.entity.table) x
            where x.organization_id = \(organization)::uuid
            and x.\(identifier: reference.field.key) = any(\(ids)::uuid[]) and x.deleted_at is null
            """
        }
        var found: Set<UUIDv7> = []
        for rows in try await context.read(statements) {
            for row in 0..<rows.count { if let id = rows.id(row, 0) { found.insert(id) } }
        }
        return found
    }

    /// Puts live records into the bin, with those that follow them; gives the versions after.
    func bin(_ ids: [UUIDv7]) async throws(Problem) -> [UUIDv7: Int64] {
        guard !ids.isEmpty else { return [:] }
        let organization = try context.organization()
        var statements: [SQL] = [
            """
            update \(unsafeSQL: entity.table) t
            set deleted_at = now()
            where t.organization_id = \(organization)::uuid and t.id = any(\(ids)::uuid[])
            and t.deleted_at is null
            returning t.id, t.version
            """
        ]
        for reference in references where reference.field.deleteRule == .cascade {
            statements.append(
                """
                update \(unsafeSQL: reference.entity.table) x
                set deleted_at = now()
                where x.organization_id = \(organization)::uuid
                and x.\(identifier: reference.field.key) = any(\(ids)::uuid[]) and x.deleted_at is null
                """)
        }
        return versions(try await context.write(statements)[0])
    }

    /// Takes records out of the bin, with those that went there with them; gives the versions after.
    func restore(_ states: [RecordState]) async throws(Problem) -> [UUIDv7: Int64] {
        guard !states.isEmpty else { return [:] }
        let organization = try context.organization()
        let ids = states.map(\.id)
        let moments = states.map { $0.contents["deleted_at"] ?? .null }.arraySQL
        var statements: [SQL] = [
            """
            update \(unsafeSQL: entity.table) t
            set deleted_at = null
            where t.organization_id = \(organization)::uuid and t.id = any(\(ids)::uuid[])
            and t.deleted_at is not null
            returning t.id, t.version
            """
        ]
        for reference in references where reference.field.deleteRule == .cascade {
            statements.append(
                """
                update \(unsafeSQL: reference.entity.table) x
                set deleted_at = null
                from unnest(\(ids)::uuid[], \(sql: moments)::timestamptz[]) u (id, moment)
                where x.organization_id = \(organization)::uuid
                and x.\(identifier: reference.field.key) = u.id and x.deleted_at = u.moment
                """)
        }
        return versions(try await context.write(statements)[0])
    }

    private func versions(_ rows: Rows) -> [UUIDv7: Int64] {
        var versions: [UUIDv7: Int64] = [:]
        for row in 0..<rows.count {
            if let id = rows.id(row, 0), let version = rows.integer(row, 1) { versions[id] = version }
        }
        return versions
    }
}
