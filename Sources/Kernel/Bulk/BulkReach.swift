internal import Postgres
internal import Wire

/// The records of one entity that the caller may both see and change, held until the transaction ends.
struct BulkReach {
    let entity: EntityDefinition
    let context: Context

    /// Those among the ids that are within reach, in the bin when `deleted`; the others are left out.
    func states(_ ids: [UUIDv7], deleted: Bool = false) async throws(Problem) -> [UUIDv7: RecordState] {
        guard !ids.isEmpty else { return [:] }
        let reader = RecordReader(entity: entity)
        // In the order of ids, so that two of these wait for each other and don't lock each other out.
        let rows = try await context.read(
            """
            select \(sql: reader.expression("t"))
            from \(unsafeSQL: entity.table) t
            where \(sql: try condition("t")) and t.id = any(\(ids)::uuid[])
            and t.deleted_at is \(unsafeSQL: deleted ? "not " : "")null
            order by t.id
            for update of t
            """)
        return Dictionary(reader.states(rows).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the caller may change and see, over a table alias.
    func condition(_ alias: String) throws(Problem) -> SQL {
        let writing = try context.authorizer.writing(entity)
        let reading = try context.authorizer.reading(entity)
        guard reading.level < writing.level else { return writing.condition(alias) }
        return reading.condition(alias)
    }

    /// Records that the caller may no longer change, live ones or those in the bin, each with the reason.
    func foreign(_ ids: [UUIDv7], deleted: Bool = false) async throws(Problem) -> [UUIDv7: String] {
        guard !ids.isEmpty else { return [:] }
        let organization = try context.organization()
        let rows = try await context.read(
            """
            select t.id
            from \(unsafeSQL: entity.table) t
            where t.organization_id = \(organization)::uuid and t.id = any(\(ids)::uuid[])
            and t.deleted_at is \(unsafeSQL: deleted ? "not " : "")null
            and (\(sql: try condition("t"))) is not true
            """)
        var reasons: [UUIDv7: String] = [:]
        for row in 0..<rows.count { if let id = rows.id(row, 0) { reasons[id] = KeptRecord.outOfScope } }
        return reasons
    }
}
