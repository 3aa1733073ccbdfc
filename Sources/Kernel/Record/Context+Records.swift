internal import Postgres
public import Wire

extension Context {
    /// Refuses what the caller may not change: 403 where it may be read, 404 where not. For what is part of a
    /// record.
    public func requireWriting<Subject: Entity>(_ id: ID<Subject>) async throws(Problem) {
        _ = try await RecordWriter(entity: try definition(Subject.self), context: self).current(id.uuid)
    }

    /// A live record that the caller may read; 404 otherwise.
    public func find<Subject: Entity>(_ id: ID<Subject>) async throws(Problem) -> Record<Subject> {
        let entity = try definition(Subject.self)
        let scope = try authorizer.reading(entity)
        let reader = RecordReader(entity: entity)
        let rows = try await read(reader.statement(id.uuid, in: scope))
        guard let state = reader.states(rows).first else { throw Problem.notFound }
        return Record(state)
    }

    /// Live records that the caller may read, among these ids.
    public func find<Subject: Entity>(_ ids: [ID<Subject>]) async throws(Problem) -> [Record<Subject>] {
        let entity = try definition(Subject.self)
        let reader = RecordReader(entity: entity)
        let rows = try await read(reader.statement(ids.map(\.uuid), in: try authorizer.reading(entity)))
        return reader.states(rows).map { Record($0) }
    }

    /// Makes a record as the caller: hooks, rules, references, audit.
    @discardableResult
    public func create<Subject: Entity>(
        _ type: Subject.Type, id: UUIDv7? = nil, _ assignments: [Assignment<Subject>]
    ) async throws(Problem) -> Record<Subject> {
        let entity = try definition(type)
        let scope = try authorizer.writing(entity)
        let change = RecordChange(
            kind: .create, id: id ?? .make(at: now), before: nil, assigned: Self.contents(assignments),
            isImport: isImport, now: now)
        let written = try await RecordWriter(entity: entity, context: self).create(change, scope: scope)
        return try await find(ID<Subject>(written.id))
    }

    /// Changes a record as the caller.
    @discardableResult
    public func update<Subject: Entity>(
        _ record: Record<Subject>, _ assignments: [Assignment<Subject>], reason: String? = nil
    ) async throws(Problem) -> Record<Subject> {
        let writer = RecordWriter(entity: try definition(Subject.self), context: self)
        let written = try await writer.update(
            record.state.id, assigned: Self.contents(assignments), reason: reason)
        return try await find(ID<Subject>(written.id))
    }

    /// Puts a record into the bin as the caller.
    public func delete<Subject: Entity>(_ record: Record<Subject>) async throws(Problem) {
        try await RecordWriter(entity: try definition(Subject.self), context: self).delete(record.state.id)
    }

    /// A record's JSON as the caller may see it.
    public func json<Subject: Entity>(of id: ID<Subject>) async throws(Problem) -> [UInt8] {
        let entity = try definition(Subject.self)
        return try await RecordQuery(entity: entity, context: self).json(
            id.uuid, scope: try authorizer.reading(entity))
    }

    private static func contents<Subject: Entity>(_ assignments: [Assignment<Subject>]) -> [String: Value] {
        Dictionary(assignments.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
    }
}

extension Context {
    /// The first live record that the caller may read and that has this content in a field.
    public func first<Subject: Entity>(
        _ type: Subject.Type, where field: String, equals value: Value
    ) async throws(Problem) -> Record<Subject>? {
        let entity = try definition(type)
        let reader = RecordReader(entity: entity)
        let rows = try await read(
            """
            select \(sql: reader.expression("t"))
            from \(unsafeSQL: entity.table) t
            where \(sql: try condition(entity, field, value))
            order by t.id
            limit 1
            """)
        return reader.states(rows).first.map { Record($0) }
    }

    /// How many live records that the caller may read have this content in a field.
    public func count<Subject: Entity>(
        _ type: Subject.Type, where field: String, equals value: Value
    ) async throws(Problem) -> Int64 {
        let entity = try definition(type)
        let rows = try await read(
            "select count(*) from \(unsafeSQL: entity.table) t where \(sql: try condition(entity, field, value))"
        )
        return rows.integer(0, 0) ?? 0
    }

    /// Live records in reach with this content in a field.
    private func condition(_ entity: EntityDefinition, _ field: String, _ value: Value) throws(Problem) -> SQL
    {
        guard let definition = entity.queryField(field) else {
            throw Problem.badQuery(field, "unknown_parameter")
        }
        let scope = try authorizer.reading(entity)
        let filter = Filter.condition(Filter.Condition(field: definition, comparison: .equal(value)))
        let compiler = FilterCompiler(alias: "t", timeZone: principal.preferences.timeZone, now: now)
        return "\(sql: scope.condition("t")) and t.deleted_at is null and \(sql: compiler.sql(filter))"
    }
}
