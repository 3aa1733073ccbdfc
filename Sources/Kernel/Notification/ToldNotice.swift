internal import Postgres
internal import Wire

/// A notice as the database keeps it.
struct ToldNotice: Sendable {
    let id: UUIDv7
    let kind: String
    let arguments: JSON
    let type: String?
    let record: UUIDv7?
    let actor: UUIDv7?
    let actorName: String?
    let createdAt: Instant?
    let readAt: Instant?

    init?(_ rows: Rows, _ row: Int) {
        guard let id = rows.id(row, 0), let kind = rows[row, 1] else { return nil }
        self.id = id
        self.kind = kind
        arguments = rows.json(row, 2) ?? .null
        type = rows[row, 3]
        record = rows.id(row, 4)
        actor = rows.id(row, 5)
        actorName = rows[row, 6]
        createdAt = rows.instant(row, 7)
        readAt = rows.instant(row, 8)
    }
}

/// What the records are called that notices are about, as far as the reader may read them.
enum NoticeLabels {
    /// By record; one statement for each entity, all in one batch.
    static func read(of notices: [ToldNotice], in context: Context) async throws(Problem) -> [UUIDv7: String]
    {
        var ids: [String: Set<UUIDv7>] = [:]
        for notice in notices {
            if let type = notice.type, let record = notice.record { ids[type, default: []].insert(record) }
        }
        var statements: [SQL] = []
        for (type, records) in ids.sorted(by: { $0.key < $1.key }) {
            guard let entity = context.runtime.registry.entity(type),
                let scope = context.authorizer.readingIfAny(entity)
            else { continue }
            statements.append(
                """
                select r.id, coalesce(left((\(unsafeSQL: entity.label(for: context.principal.grant)))::text,
                    300), '')
                from \(unsafeSQL: entity.table) r
                where \(sql: scope.condition("r")) and r.id = any(\(Array(records))::uuid[])
                and r.deleted_at is null
                """)
        }
        guard !statements.isEmpty else { return [:] }
        var labels: [UUIDv7: String] = [:]
        for rows in try await context.read(statements) {
            for row in 0..<rows.count { if let id = rows.id(row, 0) { labels[id] = rows[row, 1] ?? "" } }
        }
        return labels
    }
}

/// Writes notices in the reader's language.
struct NoticeText {
    let context: Context
    let labels: [UUIDv7: String]

    func json(_ notice: ToldNotice) -> JSON {
        [
            "id": .string(notice.id.description), "kind": .string(notice.kind),
            "title": .string(title(notice)), "record": record(notice),
            "actor": notice.actor.map {
                ["id": .string($0.description), "name": notice.actorName.map(JSON.string) ?? .null]
            } ?? .null,
            "created_at": notice.createdAt.map { .string($0.description) } ?? .null,
            "read_at": notice.readAt.map { .string($0.description) } ?? .null,
        ]
    }

    /// Null where the reader may not read it any more. Work such as an import is its reader's own.
    private func record(_ notice: ToldNotice) -> JSON {
        guard let type = notice.type, let id = notice.record else { return .null }
        let isEntity = context.runtime.registry.entity(type) != nil
        guard !isEntity || labels[id] != nil else { return .null }
        return [
            "type": .string(type), "id": .string(id.description),
            "label": label(notice).map(JSON.string) ?? .null,
        ]
    }

    private func label(_ notice: ToldNotice) -> String? {
        notice.record.flatMap { labels[$0] } ?? notice.arguments["label"]?.stringValue
    }

    private func title(_ notice: ToldNotice) -> String {
        let faults = notice.arguments["errors"]?.integerValue ?? 0
        let hasFaults = notice.kind == Notice.Kind.bulkDone.rawValue && faults > 0
        return context.text(
            "notification.\(notice.kind)\(hasFaults ? ".faulty" : "")",
            [
                "actor": notice.actorName ?? context.text("notification.somebody"),
                "record": label(notice) ?? context.text("notification.record"),
                "what": what(notice.arguments), "errors": grouped(faults),
                "outcome": outcome(notice.arguments),
            ])
    }

    /// `12 Opportunities`.
    private func what(_ arguments: JSON) -> String {
        let entity = arguments["entity"]?.stringValue.flatMap { context.runtime.registry.entity($0) }
        let count = arguments["count"]?.integerValue
        let key = entity.map { "entity.\($0.name).\(count == 1 ? "one" : "many")" }
        let records = context.text(key ?? "notification.\(count == 1 ? "one_record" : "records")")
        return count.map { "\(grouped($0)) \(records)" } ?? records
    }

    /// What became of an import's rows: `8,798 created, 2 with errors`.
    private func outcome(_ arguments: JSON) -> String {
        let parts = ["created", "updated", "skipped", "errors"].compactMap { key -> String? in
            guard let count = arguments[key]?.integerValue, count > 0 else { return nil }
            let form = count == 1 ? "one" : "many"
            return context.text("notification.rows.\(key).\(form)", ["count": grouped(count)])
        }
        return parts.isEmpty ? context.text("notification.rows.none") : parts.joined(separator: ", ")
    }

    private func grouped(_ count: Int64) -> String { context.request.language.grouped(count) }
}
