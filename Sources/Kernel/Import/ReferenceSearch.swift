internal import Postgres
internal import Wire

/// Finds the records that references' texts name, within what the importer may read, and keeps what it found.
struct ReferenceSearch {
    /// A record that a text names.
    struct Candidate: Sendable, Hashable {
        let id: UUIDv7
        /// The companion's content, where the reference has one.
        let companion: UUIDv7?
    }

    /// How a text was settled.
    enum Finding {
        case found(UUIDv7)
        case several
        case none
    }

    private let mapping: ImportMapping
    private let entity: EntityDefinition
    private var known: [Int: [String: [Candidate]]] = [:]
    /// What the statements of a round ask for, in their order.
    private var asked: [(column: Int, texts: [String])] = []
    private static let most = 50_000

    init(_ mapping: ImportMapping, entity: EntityDefinition) {
        self.mapping = mapping
        self.entity = entity
    }

    /// Statements that find the rows' texts that are not known yet.
    mutating func statements(_ rows: [ImportRow], in context: Context) throws(Problem) -> [SQL] {
        var wanted: [Int: Set<String>] = [:]
        for row in rows {
            for reference in row.references where known[reference.column]?[reference.text] == nil {
                wanted[reference.column, default: []].insert(reference.text)
            }
        }
        asked = []
        var statements: [SQL] = []
        for (column, texts) in wanted.sorted(by: { $0.key < $1.key }) {
            if (known[column]?.count ?? 0) > Self.most { known[column] = [:] }
            let list = Array(texts)
            for text in list { known[column, default: [:]][text] = [] }
            guard let match = mapping.columns[column].match else { continue }
            for field in match.fields {
                asked.append((column: column, texts: list))
                statements.append(try statement(match, field, list, in: context))
            }
        }
        return statements
    }

    /// Keeps what the statements gave: of several fields the first that finds a text counts.
    mutating func take(_ results: ArraySlice<Rows>) {
        var found: [Int: Set<String>] = [:]
        var last: Int?
        for (question, rows) in zip(asked, results) {
            if question.column != last { found[question.column] = [] }
            last = question.column
            var fresh: Set<String> = []
            for row in 0..<rows.count {
                guard let text = rows[row, 0], let id = rows.id(row, 1),
                    found[question.column]?.contains(text) != true
                else { continue }
                fresh.insert(text)
                let candidate = Candidate(id: id, companion: rows.id(row, 2))
                if known[question.column]?[text]?.contains(candidate) != true {
                    known[question.column, default: [:]][text, default: []].append(candidate)
                }
            }
            found[question.column]?.formUnion(fresh)
        }
    }

    /// What a text names; `companion` is the row's own content of the companion field.
    func finding(_ reference: ImportRow.Reference, companion: UUIDv7?) -> Finding {
        let column = mapping.columns[reference.column]
        var candidates = known[reference.column]?[reference.text] ?? []
        if column.match?.companion != nil, let companion {
            candidates = candidates.filter { $0.companion == companion }
        }
        if candidates.count == 1 { return .found(candidates[0].id) }
        if candidates.count > 1 { return .several }
        if column.match?.takesIDs == true, let id = UUIDv7(reference.text) { return .found(id) }
        return .none
    }

    /// Keeps a record that was made for a text.
    mutating func add(_ id: UUIDv7, for reference: ImportRow.Reference, companion: UUIDv7?) {
        known[reference.column, default: [:]][reference.text, default: []].append(
            Candidate(id: id, companion: companion))
    }

    /// Forgets what was found in a transaction that did not hold.
    mutating func forget() { known = [:] }

    /// `offset 0` keeps the planner from joining otherwise than by the index, whatever it knows of the
    /// table's size.
    private func statement(
        _ match: ReferenceMatch, _ field: FieldDefinition, _ texts: [String], in context: Context
    ) throws(Problem) -> SQL {
        guard let scope = try Self.scope(match.target, in: context) else {
            return "select null::text, null::uuid, null::uuid where false"
        }
        let companion: SQL = match.companion.map { "t.\(identifier: $0)" } ?? "null::uuid"
        let active: SQL = match.target.name == Member.name ? "and t.status = 'active'" : ""
        return """
            select f.text, t.id, \(sql: companion)
            from (select x.text, kernel.fold(x.text) as folded from unnest(\(texts)::text[]) x (text)) f
            cross join lateral (
                select t.*
                from \(unsafeSQL: match.target.table) t
                where \(sql: scope.condition("t")) and t.deleted_at is null \(sql: active)
                and t.\(identifier: "\(field.key)_key") = f.folded
                offset 0) t
            """
    }

    /// Members can name themselves always; everything else resolves through what the caller may read.
    static func scope(_ target: EntityDefinition, in context: Context) throws(Problem) -> Scope? {
        if target.name == Member.name || target.name == Role.name {
            return try context.authorizer.everything(target)
        }
        return context.authorizer.readingIfAny(target)
    }
}
