internal import HTTP
internal import Postgres
internal import Wire

/// What the standard routes do.
enum EntityActions {
    static func list(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let context = call.context
        let scope = try context.authorizer.reading(entity)
        let request = try ListRequest(
            try call.query(), entity: entity, registry: context.runtime.registry,
            grant: context.principal.grant,
            cursorKey: context.cursorKey)
        return .json(try await ListQuery(request: request, context: context).page(scope: scope))
    }

    static func aggregate(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let context = call.context
        let scope = try context.authorizer.reading(entity)
        let request = try ListRequest(
            try call.query(), entity: entity, registry: context.runtime.registry,
            grant: context.principal.grant,
            cursorKey: context.cursorKey, extra: ["group_by", "measures"])
        let aggregate = try Aggregate(
            groupBy: request.extra["group_by"], measures: request.extra["measures"],
            parser: FilterParser(entity: entity, grant: context.principal.grant))
        return .json(
            try await AggregateQuery(aggregate: aggregate, request: request, context: context).page(
                scope: scope))
    }

    static func marks(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let context = call.context
        let scope = try context.authorizer.reading(entity)
        let request = try ListRequest(
            try call.query(), entity: entity, registry: context.runtime.registry,
            grant: context.principal.grant, cursorKey: context.cursorKey, extra: ["every"])
        let marks = try ListMarks(request, every: request.extra["every"], context: context)
        return .json(try await marks.document(scope: scope))
    }

    static func bulk(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        _ = try call.query(allowing: [])
        _ = try call.context.authorizer.writing(entity)
        _ = try call.context.authorizer.reading(entity)
        let json = try await call.json(limit: 1_048_576)
        let request = try BulkRequest(json, entity: entity, grant: call.context.principal.grant)
        if request.isPreview {
            return .json(
                try await BulkPreview(request: request, entity: entity, context: call.context).json())
        }
        return try await call.idempotent(json) { (context: Context) async throws(Problem) -> Answer in
            try await BulkStart(request: request, entity: entity, context: context).answer()
        }
    }

    static func get(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let context = call.context
        let scope = try context.authorizer.reading(entity)
        let id = try call.id()
        let query = try call.query(allowing: ["include", "fields", "deleted"])
        let parser = FilterParser(entity: entity, grant: context.principal.grant)
        let include = try ListRequest.include(
            query["include"], entity: entity, grant: context.principal.grant)
        let only = try ListRequest.fields(query["fields"], entity: entity, parser: parser)
        let deleted = try ListRequest.flag(query["deleted"], "deleted")
        let record = try await RecordQuery(entity: entity, context: context).written(
            id, scope: scope, include: include, only: only, deleted: deleted)
        return answer(record)
    }

    static func create(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        _ = try call.query(allowing: [])
        _ = try call.context.authorizer.writing(entity)
        let json = try await call.json(limit: 1_048_576)
        let store = try call.idempotencyStore(json)
        let creation = RecordCreation(entity: entity, context: call.context, store: store)
        if let made = try await creation.create(json) {
            return created(made.written, entity, duplicates: made.duplicates)
        }
        return try await call.idempotent(json) { (context: Context) async throws(Problem) -> Answer in
            let written = try await RecordWriter(entity: entity, context: context).create(json)
            guard !written.isRepeat else { return created(written, entity, duplicates: "") }
            let duplicates = try await DuplicateSearch(entity: entity, context: context).links(to: written.id)
            return created(written, entity, duplicates: duplicates)
        }
    }

    private static func created(
        _ written: RecordWriter.Written, _ entity: EntityDefinition, duplicates: String
    ) -> Answer {
        let made = answer(written, status: written.isRepeat ? 200 : 201).with(
            "Location", "/api/v1/\(entity.path)/\(written.id)")
        return duplicates.isEmpty ? made : made.with("Duplicates", duplicates)
    }

    static func update(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let id = try call.id()
        _ = try call.query(allowing: [])
        _ = try call.context.authorizer.writing(entity)
        let json = try await call.json(limit: 1_048_576)
        return answer(try await RecordWriter(entity: entity, context: call.context).update(id, json))
    }

    static func delete(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let id = try call.id()
        _ = try call.query(allowing: [])
        try await call.noBody()
        try await RecordWriter(entity: entity, context: call.context).delete(id)
        return .noContent
    }

    static func restore(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let id = try call.id()
        _ = try call.query(allowing: [])
        try await call.noBody()
        return answer(try await RecordWriter(entity: entity, context: call.context).restore(id))
    }

    static func transition(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let id = try call.id()
        _ = try call.query(allowing: [])
        guard let machine = entity.stateMachine else { throw Problem.notFound }
        _ = try call.context.authorizer.writing(entity)
        var to = FieldDefinition("to", entity.field(machine.field)?.kind ?? .text(maximum: 60))
        to.isRequired = true
        var reason = FieldDefinition("reason", .longText(maximum: 2000))
        reason.isRequired = false
        let input = try InputDecoder(fields: [to, reason]).decode(try await call.json(limit: 65_536))
        if let state = input["to"]?.textValue, machine.needsReason.contains(state),
            input["reason"]?.textValue == nil
        {
            throw Problem.invalid("reason", "required")
        }
        let written = try await RecordWriter(entity: entity, context: call.context).update(
            id, assigned: [machine.field: input["to"] ?? .null], reason: input["reason"]?.textValue)
        return answer(written)
    }

    static func history(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let context = call.context
        let id = try call.id()
        let query = try call.query(allowing: ["limit", "cursor"])
        let limit = try ListRequest.limit(query["limit"])
        let fingerprint = Cursor.fingerprint(["history", entity.name, id.description])
        var cursor: Cursor?
        if let text = query["cursor"] {
            guard let read = Cursor(text, signedWith: context.cursorKey), read.fingerprint == fingerprint
            else {
                throw Problem.badQuery("cursor", "bad_cursor")
            }
            cursor = read
        }
        // Whoever may not read the record may not read its past; the bin has a past too. What a record was
        // before it was shared is its owner's.
        let scope = try context.authorizer.reading(entity).unshared
        _ = try await RecordQuery(entity: entity, context: context).json(
            id, scope: scope, only: ["id"], deleted: true)
        let page = try await RecordHistory(entity: entity, context: context).page(
            of: id, limit: limit, cursor: cursor, fingerprint: fingerprint)
        return .json(page)
    }

    static func access(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        let id = try call.id()
        let query = try call.query(allowing: ["member_id"])
        return try await AccessExplanation(entity: entity, context: call.context).answer(
            id, member: query["member_id"])
    }

    static func export(_ call: Call, _ entity: EntityDefinition) async throws(Problem) -> Answer {
        try await RecordExport(entity: entity, call: call).answer()
    }

    private static func answer(_ written: RecordWriter.Written, status: Int = 200) -> Answer {
        Answer.json(written.json, status: status).with("ETag", "\"\(written.version)\"")
    }
}
