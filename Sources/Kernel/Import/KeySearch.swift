internal import Postgres
internal import Wire

/// Finds the live records that share a row's key or another of its unique texts.
struct KeySearch {
    /// A record met.
    struct Known: Sendable {
        let id: UUIDv7
        let isReadable: Bool
        let isWritable: Bool
        /// Its contents, where it may be changed.
        let state: RecordState?
    }

    private let entity: EntityDefinition
    private let mapping: ImportMapping
    /// The fields asked: the key first, where rows meet records by it, then what is unique.
    let fields: [FieldDefinition]
    private var known: [String: [String: [Known]]] = [:]
    private var asked: [String] = []

    init(_ mapping: ImportMapping, entity: EntityDefinition) {
        self.mapping = mapping
        self.entity = entity
        let unique = mapping.columns.map(\.field).filter { $0.isUnique && $0.kind.isText }
        let key = mapping.onMatch == .create ? nil : mapping.key
        fields = (key.map { [$0] } ?? []) + unique.filter { $0.key != key?.key }
    }

    /// Statements that look for the rows' texts; `locks` keeps what may be changed from others.
    mutating func statements(_ rows: [ImportRow], in context: Context, locks: Bool) throws(Problem) -> [SQL] {
        known = [:]
        asked = []
        var statements: [SQL] = []
        for field in fields {
            let texts = Set(rows.compactMap { $0.errors.isEmpty ? $0.assigned[field.key]?.textValue : nil })
            guard !texts.isEmpty else { continue }
            asked.append(field.key)
            statements.append(try statement(field, Array(texts), in: context, locks: locks))
        }
        return statements
    }

    /// `offset 0` keeps the planner from joining otherwise than by the index, whatever it knows of the
    /// table's size.
    private func statement(
        _ field: FieldDefinition, _ texts: [String], in context: Context, locks: Bool
    ) throws(Problem) -> SQL {
        let isUpdate = mapping.onMatch == .update && field.key == mapping.key?.key
        let writing = try context.authorizer.writing(entity)
        let readable: SQL = context.authorizer.readingIfAny(entity).map { $0.condition("t") } ?? "false"
        let state: SQL = isUpdate ? RecordReader(entity: entity).expression("t") : "null::text"
        return """
            select f.text, t.id, \(sql: readable), \(sql: writing.condition("t")), \(sql: state)
            from (select x.text, kernel.fold(x.text) as folded from unnest(\(texts)::text[]) x (text)) f
            cross join lateral (
                select t.*
                from \(unsafeSQL: entity.table) t
                where t.organization_id = \(writing.organization)::uuid and t.deleted_at is null
                and t.\(identifier: "\(field.key)_key") = f.folded
                offset 0) t
            \(unsafeSQL: isUpdate && locks ? "for update of t" : "")
            """
    }

    /// Keeps what the statements gave.
    mutating func take(_ results: ArraySlice<Rows>) {
        let reader = RecordReader(entity: entity)
        for (field, rows) in zip(asked, results) {
            for row in 0..<rows.count {
                guard let text = rows[row, 0], let id = rows.id(row, 1) else { continue }
                let record = Known(
                    id: id, isReadable: rows.bool(row, 2) ?? false, isWritable: rows.bool(row, 3) ?? false,
                    state: rows.json(row, 4).flatMap { reader.state($0) })
                known[field, default: [:]][text, default: []].append(record)
            }
        }
    }

    /// The records that have this text in the field.
    func records(_ field: FieldDefinition, _ text: String) -> [Known] { known[field.key]?[text] ?? [] }
}
