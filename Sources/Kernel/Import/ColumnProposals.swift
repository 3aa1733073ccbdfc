internal import Postgres
internal import Tabular
internal import Wire

/// Proposes fields for a file's columns: by what was mapped before, then by their names.
struct ColumnProposals {
    let entity: EntityDefinition
    let context: Context

    /// Under which field name headers are remembered in `kernel.import_aliases`.
    static let headerField = ""
    /// Under which field name it is remembered what a column's numbers count.
    static let multiplierField = "*"
    private static let aliasLimit = 200

    /// The columns as they are kept, each with its proposal.
    func columns(_ analysis: TableAnalysis) async throws(Problem) -> [ImportColumn] {
        let headers = analysis.columns.map(\.column)
        let known = try await rememberedFields(headers)
        let multipliers = try await remembered(headers, as: Self.multiplierField)
        let names = analysis.format.hasHeader ? analysis.columns.map(\.column) : []
        var matched = HeaderMatching(fieldNames()).proposals(for: names)
        if names.isEmpty { matched = .init(repeating: nil, count: analysis.columns.count) }
        let aliases = try await rememberedAliases()
        let taken = Set(known.values)
        return analysis.columns.enumerated().map { position, column in
            var field = known[column.column]
            var score = 1.0
            if field == nil, let proposal = matched[position], !taken.contains(proposal.id) {
                field = proposal.id
                score = proposal.score
            }
            guard let field else { return ImportColumn(column, proposal: .null) }
            var proposal = proposal(field, score, column, aliases)
            if let multiplier = multipliers[column.column].flatMap({ Int64($0) }), multiplier != 1 {
                proposal["multiplier"] = .number(JSONNumber(multiplier))
            }
            return ImportColumn(column, proposal: .object(proposal))
        }
    }

    private func proposal(
        _ key: String, _ score: Double, _ column: ColumnAnalysis, _ aliases: [String: JSONObject]
    ) -> JSONObject {
        var proposal = JSONObject()
        proposal["field"] = .string(key)
        if let field = entity.field(key),
            let target = field.target.flatMap({ context.runtime.registry.entity($0) })
        {
            let label =
                ReferenceMatch.labelField(target)?.key ?? ReferenceMatch.choices(target).first?.key ?? "id"
            let isMail = column.kind == .email && target.field("email") != nil
            proposal["match_by"] = .string(isMail ? "email" : label)
        }
        proposal["score"] = (try? JSON.parse("\((score * 100).rounded() / 100)")) ?? .null
        if let known = aliases[key] { proposal["aliases"] = .object(known) }
        return proposal
    }

    /// Every field that the caller may write, under all its names.
    private func fieldNames() -> [FieldName] {
        let messages = context.runtime.registry.messages
        var hasAddress = false
        return entity.fields.filter { context.principal.grant.writes($0, of: entity) }.flatMap {
            field -> [FieldName] in
            let labels = Language.allCases.map { messages.text("field.\(entity.name).\(field.key)", in: $0) }
            guard case .address = field.kind else {
                return [FieldName(key: field.key, labels: labels, aliases: field.importNames)]
            }
            defer { hasAddress = true }
            return Self.addressNames(field, labels: labels, isFirst: !hasAddress)
        }
    }

    /// The parts of an address; of the first one also by their bare names.
    private static func addressNames(_ field: FieldDefinition, labels: [String], isFirst: Bool) -> [FieldName]
    {
        let parts: [(part: String, names: [String])] = [
            (part: "street", names: ["street", "via", "indirizzo", "address", "address line 1"]),
            (part: "postcode", names: ["postcode", "postal code", "zip", "zip code", "cap"]),
            (part: "city", names: ["city", "town", "città", "comune", "località"]),
            (part: "province", names: ["province", "state", "provincia", "prov"]),
            (part: "country", names: ["country", "paese", "nazione", "stato"]),
            (part: "latitude", names: ["latitude", "lat", "latitudine"]),
            (part: "longitude", names: ["longitude", "lng", "lon", "longitudine"]),
        ]
        return parts.map { part, names in
            let combined = (labels + [field.key]).flatMap { label in names.map { "\(label) \($0)" } }
            let whole = part == "street" ? field.importNames : []
            return FieldName(
                key: "\(field.key).\(part)", labels: combined, aliases: (isFirst ? names : []) + whole)
        }
    }

    /// The field that each header led to, each at most once.
    private func rememberedFields(_ headers: [String]) async throws(Problem) -> [String: String] {
        let known = try await remembered(headers, as: Self.headerField)
        var fields: [String: String] = [:]
        for header in headers {
            guard let value = known[header], !fields.values.contains(value) else { continue }
            let key = String(value.prefix { $0 != "." })
            if let field = entity.field(key), context.principal.grant.writes(field, of: entity) {
                fields[header] = value
            }
        }
        return fields
    }

    /// What is remembered of headers under a field's name.
    private func remembered(_ headers: [String], as field: String) async throws(Problem) -> [String: String] {
        let rows = try await context.read(
            """
            select x.text, a.value
            from unnest(\(headers)::text[]) x (text)
            join kernel.import_aliases a on a.alias_key = kernel.fold(x.text)
            where a.organization_id = \(try context.organization())::uuid and a.entity = \(entity.name)
            and a.field = \(field)
            """)
        var values: [String: String] = [:]
        for row in 0..<rows.count { if let header = rows[row, 0] { values[header] = rows[row, 1] } }
        return values
    }

    /// What values stood for, by field.
    private func rememberedAliases() async throws(Problem) -> [String: JSONObject] {
        let rows = try await context.read(
            """
            select a.field, a.alias_key, a.value
            from kernel.import_aliases a
            where a.organization_id = \(try context.organization())::uuid and a.entity = \(entity.name)
            and a.field not in (\(Self.headerField), \(Self.multiplierField))
            order by a.id desc
            limit \(unsafeSQL: "\(Self.aliasLimit)")
            """)
        var aliases: [String: JSONObject] = [:]
        for row in 0..<rows.count {
            guard let field = rows[row, 0], let text = rows[row, 1], let value = rows[row, 2] else {
                continue
            }
            aliases[field, default: JSONObject()][text] = .string(value)
        }
        return aliases
    }

    /// Keeps a mapping's headers and aliases for the next file.
    func remember(_ mapping: ImportMapping) async throws(Problem) {
        var (fields, texts, values): ([String], [String], [String]) = ([], [], [])
        for column in mapping.columns {
            fields.append(Self.headerField)
            texts.append(column.name)
            values.append(column.target)
            if let multiplier = column.multiplier {
                fields.append(Self.multiplierField)
                texts.append(column.name)
                values.append("\(multiplier)")
            }
            for case (let text, let value?) in column.aliases where !text.isEmpty {
                fields.append(column.field.key)
                texts.append(text)
                values.append(value)
            }
        }
        _ = try await context.write([
            """
            insert into kernel.import_aliases (organization_id, entity, field, alias_key, value)
            select distinct on (u.field, kernel.fold(u.text))
                \(try context.organization())::uuid, \(entity.name), u.field, kernel.fold(u.text), u.value
            from unnest(\(fields)::text[], \(texts)::text[], \(values)::text[]) u (field, text, value)
            where kernel.fold(u.text) <> ''
            order by u.field, kernel.fold(u.text)
            on conflict (organization_id, entity, field, alias_key) do update set value = excluded.value
            where kernel.import_aliases.value <> excluded.value
            """
        ])
    }
}
