internal import Wire

/// What deleting a record does to those that refer to it.
public enum DeleteRule: String, Sendable {
    /// Deleting is refused while others refer to it.
    case refuse
    /// The reference stays and leads to the bin.
    case leave
    /// Those that refer to it go to the bin too.
    case cascade
}

/// What a field has when nothing was sent.
public enum DefaultValue: Sendable, Equatable {
    case value(Value)
    /// The organization's currency.
    case organizationCurrency
    /// The member who creates.
    case caller
    /// The moment of creation.
    case now
}

/// A rule on one field's content beyond its kind: the code of the fault, or nil when all is well.
public struct Validation: Sendable {
    /// Gives the code of the fault (its message key is `error.<code>`), or nil.
    public let check: @Sendable (Value) -> String?
    /// Makes a rule from a named function.
    public init(_ check: @escaping @Sendable (Value) -> String?) { self.check = check }
}

/// Where a record keeps further contents of a field: the same field of records that refer to it.
public struct FurtherContents: Sendable {
    /// The entity whose records hold them.
    public let entity: String
    /// Its reference to the record.
    public let reference: String
    /// Its table.
    let table: String
}

/// Everything that the kernel knows of a field, without its Swift type.
public struct FieldDefinition: Sendable {
    /// The name in the API and of the column.
    public let key: String
    /// What it holds.
    public let kind: FieldKind
    /// Must have content after defaults.
    public var isRequired = true
    /// No two live records of an organization share it (text without case and accents).
    public var isUnique = false
    /// Found by `q` and the global search.
    public var isSearchable = false
    /// Has a stored, folded `<key>_key` column: equality, prefix and import matching use it.
    public var isMatchable = false
    /// An index led by the organization serves its filter and sort.
    public var isIndexed = false
    /// Set by the server alone; sending it is refused.
    public var isReadOnly = false
    /// Sent at creation only.
    public var isImmutable = false
    /// Filled by a hook of its plugin where a new record is sent without it.
    public var isCompleted = false
    /// Never leaves the server: not in answers, exports, history.
    public var isSecret = false
    /// SQL over the table alias `t` instead of a column.
    public var computed: String?
    /// The row that a computed field draws on, and the SQL over its alias, where it is read beside others.
    var drawn: (sql: String, lookup: Lookup)?
    /// The permission without which the field is hidden.
    public var visibleTo: String?
    public var defaultValue: DefaultValue?
    public var validations: [Validation] = []
    public var deleteRule: DeleteRule = .leave
    /// Whether hooks get the record that this field refers to.
    public var isLoaded = false
    /// The fields of the object that a json field holds, where they are declared: checked with the rest.
    public var nested: [FieldDefinition]?
    /// Where filters and duplicate rules look beside the record itself.
    public var further: FurtherContents?
    /// Other names that an import proposes this field for, in any language.
    public var importNames: [String] = []

    init(_ key: String, _ kind: FieldKind) {
        self.key = key
        self.kind = kind
    }

    /// Whether a request that creates must send it: no default and no hook fills it.
    public var mustBeSent: Bool { isRequired && isWritable && defaultValue == nil && !isCompleted }

    /// The name under which `include=` puts the referred record beside it; nil for other kinds.
    public var includeName: String? {
        guard case .reference = kind, key.hasSuffix("_id") else { return nil }
        return String(key.dropLast(3))
    }

    /// The entity that a reference leads to.
    public var target: String? { if case .reference(let name) = kind { name } else { nil } }

    /// Whether a request may send it.
    public var isWritable: Bool { !isReadOnly && computed == nil }
}
