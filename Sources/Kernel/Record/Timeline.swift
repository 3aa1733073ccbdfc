internal import Postgres
internal import Wire

extension Context {
    /// A page of a record's timeline, newest first: moments of the records that refer to it, as plugins
    /// contribute them by `Timeline`, and its own changes; only what the caller may read.
    public func timeline<Subject: Entity>(
        of id: ID<Subject>, limit: Int64 = 50, cursor: String? = nil
    ) async throws(Problem) -> Answer {
        try await RecordTimeline(
            entity: try definition(Subject.self), id: id.uuid, limit: Int(limit), context: self
        ).page(cursor)
    }
}

/// Merges what happened around one record.
struct RecordTimeline {
    let entity: EntityDefinition
    let id: UUIDv7
    let limit: Int
    let context: Context

    /// A moment with its place: instant, then id, then the rank of where it came from.
    private struct Moment {
        let at: String
        let id: UUIDv7
        let rank: Int
        let json: [UInt8]

        func isNewer(than other: Moment) -> Bool {
            if at != other.at { return at > other.at }
            return id != other.id ? id > other.id : rank < other.rank
        }
    }

    private struct Source {
        let shown: EntityDefinition
        let reference: FieldDefinition
        let instant: FieldDefinition
        let scope: Scope
        let rank: Int
        /// The instant's name without `_at`: created, completed, closed.
        var kind: String { instant.key.hasSuffix("_at") ? String(instant.key.dropLast(3)) : instant.key }
    }

    private var fingerprint: String { Cursor.fingerprint(["timeline", entity.name, id.description]) }

    /// The document; 404 when the record is out of reach.
    func page(_ text: String?) async throws(Problem) -> Answer {
        let cursor = try place(text)
        let scope = try context.authorizer.reading(entity)
        let sources = sources()
        var statements = [RecordReader(entity: entity).statement(id, in: scope), history(cursor)]
        statements += sources.map { statement($0, cursor) }
        let results = try await context.read(statements, .long)
        guard results[0].count == 1 else { throw Problem.notFound }
        var moments = changes(results[1])
        for (source, rows) in zip(sources, results.dropFirst(2)) { moments += self.moments(rows, source) }
        moments.sort { $0.isNewer(than: $1) }
        return .json(document(moments))
    }

    private func place(_ text: String?) throws(Problem) -> Cursor? {
        guard let text else { return nil }
        guard let cursor = Cursor(text, signedWith: context.cursorKey),
            cursor.fingerprint == fingerprint,
            cursor.keys.count == 2
        else { throw Problem.badQuery("cursor", "bad_cursor") }
        return cursor
    }

    /// The contributions that lead here and that the caller may read; the history has rank 0.
    private func sources() -> [Source] {
        let registry = context.runtime.registry
        return registry.timeline.enumerated().compactMap { position, item in
            guard let shown = registry.entity(item.source.entity),
                let reference = shown.field(item.source.reference), reference.target == entity.name,
                let instant = shown.queryField(item.source.instant),
                let scope = context.authorizer.readingIfAny(shown)
            else { return nil }
            return Source(
                shown: shown, reference: reference, instant: instant, scope: scope, rank: position + 1)
        }
    }

    // MARK: Records that refer to it

    private func statement(_ source: Source, _ cursor: Cursor?) -> SQL {
        let select = RecordSelect(
            entity: source.shown, authorizer: context.authorizer, registry: context.runtime.registry)
        let at = Columns.expression(source.instant, "t")
        return """
            select \(unsafeSQL: Columns.instant(at)), t.id, r.label, t.created_by, m.name,
            \(sql: select.expression("t"))
            from \(unsafeSQL: source.shown.table) t
            join kernel.records r on r.organization_id = t.organization_id and r.id = t.id
            left join kernel.memberships m on m.organization_id = t.organization_id and m.id = t.created_by
            where \(sql: source.scope.condition("t"))
            and \(unsafeSQL: Columns.expression(source.reference, "t")) = \(id)::uuid
            and t.deleted_at is null and \(unsafeSQL: at) is not null
            \(sql: after(cursor, "(\(at), t.id)", rank: source.rank))
            order by \(unsafeSQL: at) desc, t.id desc
            limit \(limit + 1)::bigint
            """
    }

    private func moments(_ rows: Rows, _ source: Source) -> [Moment] {
        (0..<rows.count).compactMap { row in
            guard let at = rows[row, 0], let id = rows.id(row, 1) else { return nil }
            var writer = JSONWriter(capacity: 1024)
            writer.beginObject()
            writer.field("at", at)
            writer.field("type", source.shown.name)
            writer.field("id", id)
            writer.field("label", rows[row, 2])
            writer.field("kind", source.kind)
            writer.key("by")
            if let by = rows[row, 3], source.instant.key == "created_at" {
                writer.beginObject()
                writer.field("kind", "user")
                writer.field("id", by)
                writer.field("name", rows[row, 4])
                writer.endObject()
            } else {
                writer.null()
            }
            writer.field("record", raw: rows.withBytes(row, 5) { Array($0) })
            writer.endObject()
            return Moment(at: at, id: id, rank: source.rank, json: writer.bytes)
        }
    }

    // MARK: Its own changes

    private func history(_ cursor: Cursor?) -> SQL {
        """
        select \(unsafeSQL: Columns.instant("a.at")), a.id, r.label, a.actor_kind, a.actor_id, m.name,
        a.action, a.changes
        from kernel.audit a
        left join kernel.records r on r.organization_id = a.organization_id and r.id = a.record_id
        left join kernel.memberships m on m.organization_id = a.organization_id and m.id = a.actor_id
        where a.organization_id = current_setting('app.organization_id')::uuid and a.entity = \(entity.name)
        and a.record_id = \(id)::uuid
        \(sql: after(cursor, "(a.at, a.id)", rank: 0))
        order by a.at desc, a.id desc
        limit \(limit + 1)::bigint
        """
    }

    private func changes(_ rows: Rows) -> [Moment] {
        let history = RecordHistory(entity: entity, context: context)
        return (0..<rows.count).compactMap { row in
            guard let at = rows[row, 0], let place = rows.id(row, 1) else { return nil }
            var writer = JSONWriter(capacity: 512)
            writer.beginObject()
            writer.field("at", at)
            writer.field("type", entity.name)
            writer.field("id", id)
            writer.field("label", rows[row, 2])
            writer.field("kind", rows[row, 6])
            writer.key("by")
            writer.beginObject()
            writer.field("kind", rows[row, 3])
            writer.field("id", rows[row, 4])
            writer.field("name", rows[row, 5])
            writer.endObject()
            writer.key("changes")
            history.write(history.visibleChanges(rows.json(row, 7)), to: &writer)
            writer.endObject()
            return Moment(at: at, id: place, rank: 0, json: writer.bytes)
        }
    }

    // MARK: The page

    /// What stands behind the cursor's place: of rows at that very place those of a later rank.
    private func after(_ cursor: Cursor?, _ row: String, rank: Int) -> SQL {
        guard let cursor, let at = cursor.keys[0], let last = cursor.keys[1].flatMap({ Int($0) }) else {
            return ""
        }
        let comparison = rank > last ? "<=" : "<"
        return "and \(unsafeSQL: row) \(unsafeSQL: comparison) (\(at)::timestamptz, \(cursor.id)::uuid)"
    }

    private func document(_ moments: [Moment]) -> [UInt8] {
        let shown = moments.prefix(limit)
        var writer = JSONWriter(capacity: 4096)
        writer.beginObject()
        writer.key("data")
        writer.beginArray()
        for moment in shown { writer.raw(moment.json) }
        writer.endArray()
        writer.key("page")
        writer.beginObject()
        writer.field("limit", limit)
        writer.field("next", moments.count > limit ? shown.last.map { cursor(at: $0) } : nil)
        writer.field("previous", String?.none)
        writer.field("total", Int64?.none)
        writer.field("estimated", false)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private func cursor(at moment: Moment) -> String {
        Cursor(
            fingerprint: fingerprint, keys: [moment.at, "\(moment.rank)"], id: moment.id, isBackward: false
        )
        .text(signedWith: context.cursorKey)
    }
}
