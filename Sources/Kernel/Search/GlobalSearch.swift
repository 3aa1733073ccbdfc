internal import Postgres
internal import Wire

/// One search over several entities: the index gives ids, each entity's table and scope decide what is shown.
struct GlobalSearch {
    let words: String
    let limit: Int
    let context: Context

    /// How many ids of an entity are looked up, so that records out of reach leave room for others.
    private static let candidates = 200

    private struct Hit {
        let entity: EntityDefinition
        let id: UUIDv7
        let label: String
        let snippet: String
        let score: JSON
        let rank: Double
    }

    /// `{"data":[{"type","id","label","snippet","score"}]}`, best first; all entities are asked in one batch.
    func document(over entities: [EntityDefinition]) async throws(Problem) -> [UInt8] {
        var asked: [(entity: EntityDefinition, statement: SQL)] = []
        for entity in entities {
            guard let scope = context.authorizer.readingIfAny(entity) else { continue }
            asked.append((entity: entity, statement: statement(entity, scope)))
        }
        let results = asked.isEmpty ? [] : try await context.read(asked.map(\.statement), .long)
        var hits: [Hit] = []
        for (question, rows) in zip(asked, results) {
            for row in 0..<rows.count {
                if let hit = hit(question.entity, rows, row) { hits.append(hit) }
            }
        }
        hits.sort { ($1.rank, $0.label, $0.id) < ($0.rank, $1.label, $1.id) }
        return document(hits.prefix(limit))
    }

    private func hit(_ entity: EntityDefinition, _ rows: Rows, _ row: Int) -> Hit? {
        guard let id = rows.id(row, 0), let number = rows[row, 3].flatMap({ JSONNumber(text: $0) }) else {
            return nil
        }
        return Hit(
            entity: entity, id: id, label: rows[row, 1] ?? "", snippet: rows[row, 2] ?? "",
            score: .number(number),
            rank: number.double ?? 0)
    }

    private func statement(_ entity: EntityDefinition, _ scope: Scope) -> SQL {
        """
        select r.id, \(unsafeSQL: entity.label(for: context.principal.grant)),
        ts_headline('pg_catalog.simple', \(unsafeSQL: text(entity)), kernel.search_query(\(words)),
        'StartSel="", StopSel="", MaxWords=24, MinWords=8'),
        round(s.rank::numeric, 4)
        from kernel.search(\(entity.name), \(words), \(Self.candidates)) s
        join \(unsafeSQL: entity.table) r on r.id = s.id
        where \(sql: scope.condition("r")) and r.deleted_at is null
        order by s.rank desc, r.id
        limit \(limit)::bigint
        """
    }

    /// The words that were searched, as far as the caller may read them.
    private func text(_ entity: EntityDefinition) -> String {
        let columns = entity.fields.filter { $0.isSearchable && context.principal.grant.sees($0, of: entity) }
            .map { "left(\(Columns.expression($0, "r")), 2000)" }
        return columns.isEmpty ? "''" : "concat_ws(' · ', \(columns.joined(separator: ", ")))"
    }

    private func document(_ hits: ArraySlice<Hit>) -> [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        writer.beginObject()
        writer.key("data")
        writer.beginArray()
        for hit in hits {
            writer.beginObject()
            writer.field("type", hit.entity.name)
            writer.field("id", hit.id)
            writer.field("label", hit.label)
            writer.field("snippet", hit.snippet)
            writer.field("score", hit.score)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
