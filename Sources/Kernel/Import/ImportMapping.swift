internal import Wire

/// What a file's columns mean, checked against the entity, the caller's rights and the file's analysis.
struct ImportMapping: Sendable {
    /// What is done with a row whose key belongs to a live record.
    enum OnMatch: String, Sendable, CaseIterable { case create, update, skip }

    /// What is done with a value that refers to nothing.
    enum Unmatched: String, Sendable, CaseIterable { case error, empty, create }

    /// What numbers of a file may count, each with its power of ten: units, thousands, millions.
    static let multipliers: [Int64: Int] = [1: 0, 1_000: 3, 1_000_000: 6]

    /// A column with its field.
    struct Column: Sendable {
        /// Its place in the file, from 0.
        let index: Int
        let name: String
        let field: FieldDefinition
        /// The part of an address.
        let part: String?
        /// How dates or numbers are written.
        let format: String?
        /// What the file's numbers count, one of `multipliers`; nil for fields that count nothing.
        let multiplier: Int64?
        /// How a reference's record is found.
        let match: ReferenceMatch?
        /// What a value stands for; nil for nothing.
        let aliases: [String: String?]
        let unmatched: Unmatched

        /// The field's key, with the part of an address.
        var target: String { part.map { "\(field.key).\($0)" } ?? field.key }
    }

    /// The field by which rows meet records.
    let key: FieldDefinition?
    let onMatch: OnMatch
    let columns: [Column]
    /// Contents that every row gets; a column's own content goes before.
    let constants: [String: Value]

    /// The column of a field.
    func column(of key: String) -> Column? { columns.first { $0.field.key == key } }
}

/// How a reference's text leads to a record.
struct ReferenceMatch: Sendable {
    let target: EntityDefinition
    /// Text fields with a folded key column, the first that finds something counts; empty for ids alone.
    let fields: [FieldDefinition]
    /// Whether the text may be the id itself.
    let takesIDs: Bool
    /// A required reference that record and row have in common, such as the pipeline of a stage.
    let companion: String?

    /// The field that is asked by default, and those that a caller can choose.
    init(_ field: FieldDefinition, of entity: EntityDefinition, target: EntityDefinition, by name: String?) {
        self.target = target
        companion =
            target.fields.first { candidate in
                candidate.isRequired && candidate.target != nil && candidate.key != field.key
                    && entity.field(candidate.key)?.target == candidate.target
            }?.key
        let matchable = Self.choices(target)
        switch name {
        case "id"?: (fields, takesIDs) = ([], true)
        case let name?: (fields, takesIDs) = (matchable.filter { $0.key == name }, false)
        case nil:
            let label = Self.labelField(target)
            let first = label.map { [$0] } ?? []
            let others = matchable.filter { $0.isUnique && $0.key != label?.key }
            let known = first + others
            (fields, takesIDs) = (known.isEmpty ? Array(matchable.prefix(1)) : known, true)
        }
    }

    /// The fields that a record can be found by.
    static func choices(_ target: EntityDefinition) -> [FieldDefinition] {
        target.fields.filter { $0.isMatchable && $0.kind.isText && $0.computed == nil && !$0.isSecret }
    }

    /// The field that a record is called by, where its label is one matchable field.
    static func labelField(_ target: EntityDefinition) -> FieldDefinition? {
        let label = target.label
        guard label.hasPrefix("r.") else { return nil }
        return choices(target).first { $0.key == label.dropFirst(2) }
    }
}
