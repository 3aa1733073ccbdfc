internal import Postgres
internal import Tabular
internal import Wire

/// Values that refer to nothing, counted, with what they may mean.
struct UnmatchedValues {
    private struct Place: Hashable {
        let column: Int
        let value: String
    }

    private static let most = 500
    /// How many records of a target are looked through for one that is like a value.
    private static let candidates = 10_000
    private var counts: [Place: Int64] = [:]
    private var order: [Place] = []

    /// Counts one more row with the value; past 500 different ones the rest goes uncounted.
    mutating func note(_ column: Int, _ value: String) {
        let place = Place(column: column, value: String(value.unicodeScalars.prefix(200)))
        if counts[place] == nil {
            guard order.count < Self.most else { return }
            order.append(place)
        }
        counts[place, default: 0] += 1
    }

    /// `[{column, value, count, proposals}]`, the most frequent first.
    func json(_ mapping: ImportMapping, _ entity: EntityDefinition, in context: Context) async throws(Problem)
        -> JSON
    {
        var items: [(count: Int64, json: JSON)] = []
        for (position, column) in mapping.columns.enumerated() {
            let places = order.filter { $0.column == position }
            guard !places.isEmpty else { continue }
            let index = SimilarityIndex(try await labels(column, entity, in: context))
            let remembered = try await aliases(column, entity, places.map(\.value), in: context)
            for place in places {
                var proposals = index.proposals(for: place.value)
                if let meant = remembered[place.value],
                    let known = index.proposals(for: meant, limit: 1).first,
                    known.score >= 0.98
                {
                    proposals.removeAll { $0.id == known.id }
                    proposals.insert(known, at: 0)
                }
                let count = counts[place] ?? 0
                items.append((count: count, json: Self.json(column.name, place.value, count, proposals)))
            }
        }
        items.sort { $0.count > $1.count }
        return .array(items.map(\.json))
    }

    private static func json(
        _ column: String, _ value: String, _ count: Int64, _ proposals: [Proposal<String>]
    ) -> JSON {
        let proposed: [JSON] = proposals.map { proposal in
            let score = JSONNumber(Int64((proposal.score * 100).rounded()))
            return [
                "id": .string(proposal.id), "label": .string(proposal.label),
                "score": (try? JSON.parse("\(Double(score.integer ?? 0) / 100)")) ?? .null,
            ]
        }
        return [
            "column": .string(column), "value": .string(value), "count": .number(JSONNumber(count)),
            "proposals": .array(proposed),
        ]
    }

    /// What a value of the column could mean: records' labels, or a choice's.
    private func labels(
        _ column: ImportMapping.Column, _ entity: EntityDefinition, in context: Context
    ) async throws(Problem) -> [(id: String, label: String)] {
        if case .choice(let cases) = column.field.kind {
            let key = "choice.\(entity.name).\(column.field.key)"
            return ChoiceTexts(cases, key: key, context.runtime.registry.messages).labels
        }
        guard let match = column.match, let scope = try ReferenceSearch.scope(match.target, in: context)
        else {
            return []
        }
        let rows = try await context.read(
            """
            select r.id, \(unsafeSQL: match.target.label)
            from \(unsafeSQL: match.target.table) r
            where \(sql: scope.condition("r")) and r.deleted_at is null
            order by r.id desc
            limit \(unsafeSQL: "\(Self.candidates)")
            """, .long)
        return (0..<rows.count).compactMap { row in
            guard let id = rows[row, 0], let label = rows[row, 1] else { return nil }
            return (id: id, label: label)
        }
    }

    /// What the values stood for in earlier imports.
    private func aliases(
        _ column: ImportMapping.Column, _ entity: EntityDefinition, _ values: [String], in context: Context
    ) async throws(Problem) -> [String: String] {
        let rows = try await context.read(
            """
            select x.text, a.value
            from (select x.text, kernel.fold(x.text) as folded from unnest(\(values)::text[]) x (text)) x
            join kernel.import_aliases a on a.alias_key = x.folded
            where a.organization_id = \(try context.organization())::uuid and a.entity = \(entity.name)
            and a.field = \(column.field.key)
            """)
        var found: [String: String] = [:]
        for row in 0..<rows.count {
            if let text = rows[row, 0], let value = rows[row, 1] { found[text] = value }
        }
        return found
    }
}
