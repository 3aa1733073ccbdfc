public import Wire

/// A field without its Swift type, as `Mirror` finds it.
public protocol AnyField: Sendable {
    /// What the kernel knows of it.
    var definition: FieldDefinition { get }
}

/// A property of an entity or of an action's input.
///
/// Declared as a stored `let`; the order of declaration is the order in answers, forms and docs.
public struct Field<Content: FieldValue>: AnyField {
    public private(set) var definition: FieldDefinition

    init(_ key: String, _ kind: FieldKind) { definition = FieldDefinition(key, kind) }

    init(_ definition: FieldDefinition) { self.definition = definition }

    /// The same field with a change to what the kernel knows of it.
    public func with(_ change: (inout FieldDefinition) -> Void) -> Self {
        var copy = self
        change(&copy.definition)
        return copy
    }

    /// The same field, allowed to be empty.
    public var optional: Field<Content?> {
        var definition = definition
        definition.isRequired = false
        return Field<Content?>(definition)
    }

    /// Takes this content when nothing is sent.
    public func `default`(_ content: Content) -> Self { with { $0.defaultValue = .value(content.value) } }

    /// Takes this when nothing is sent.
    public func `default`(_ value: DefaultValue) -> Self { with { $0.defaultValue = value } }

    /// No two live records of an organization share it.
    public func unique() -> Self {
        with {
            $0.isUnique = true
            $0.isMatchable = $0.kind.isText
        }
    }

    /// Found by `q`, and matched without case and accents.
    public func searchable() -> Self {
        with {
            $0.isSearchable = true
            $0.isMatchable = $0.kind.isText
        }
    }

    /// Matched without case and accents by filters and imports (the table has `<key>_key`).
    public func matchable() -> Self { with { $0.isMatchable = true } }

    /// Served by an index led by the organization.
    public func indexed() -> Self { with { $0.isIndexed = true } }

    /// Set by the server alone.
    public func readOnly() -> Self { with { $0.isReadOnly = true } }

    /// Filled by one of the plugin's hooks where a new record is sent without it: it need not be sent.
    public func completed() -> Self { with { $0.isCompleted = true } }

    /// Sent at creation only.
    public func immutable() -> Self { with { $0.isImmutable = true } }

    /// Hidden from all without the permission.
    public func visible(to permission: String) -> Self { with { $0.visibleTo = permission } }

    /// Calculated by SQL over the table alias `t`; read only.
    public func computed(_ sql: String) -> Self {
        with {
            $0.computed = sql
            $0.isRequired = false
        }
    }

    /// Calculated by SQL over `t` and the alias of a row that other fields draw on too; null without that
    /// row.
    public func computed(_ sql: String, from lookup: Lookup) -> Self {
        with {
            $0.computed = "(select \(sql) from \(lookup.table) \(lookup.alias) where \(lookup.condition))"
            $0.drawn = (sql: sql, lookup: lookup)
            $0.isRequired = false
        }
    }

    /// Also checked by a rule of its own.
    public func validated(_ check: @escaping @Sendable (Value) -> String?) -> Self {
        with { $0.validations.append(Validation(check)) }
    }

    /// Says what deleting the referred record does.
    public func onDelete(_ rule: DeleteRule) -> Self { with { $0.deleteRule = rule } }

    /// Hooks get the referred record with the change.
    public func loaded() -> Self { with { $0.isLoaded = true } }

    /// Filters and duplicate rules also look at the field of the same name on records that refer to this one.
    public func further<Child: Entity>(in child: Child.Type, by reference: String) -> Self {
        with {
            $0.further = FurtherContents(
                entity: Child.name, reference: reference, table: EntityDefinition.table(of: Child.self))
        }
    }

    /// Proposed by imports for columns of these names.
    public func imported(as names: String...) -> Self { with { $0.importNames += names } }
}

extension Field where Content == String {
    /// One line of text.
    public static func text(_ key: String, max maximum: Int = 200) -> Self {
        Self(key, .text(maximum: maximum))
    }
    /// Several lines of text.
    public static func longText(_ key: String, max maximum: Int = 20_000) -> Self {
        Self(key, .longText(maximum: maximum))
    }
    /// An e-mail address.
    public static func email(_ key: String) -> Self { Self(key, .email) }
    /// A telephone number.
    public static func phone(_ key: String) -> Self { Self(key, .phone) }
    /// An http or https address.
    public static func url(_ key: String) -> Self { Self(key, .url) }
    /// An ISO 4217 code.
    public static func currency(_ key: String) -> Self { Self(key, .currency) }
}

extension Field where Content == Int64 {
    /// A whole number within bounds.
    public static func integer(
        _ key: String, in bounds: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991
    )
        -> Self
    {
        Self(key, .integer(bounds))
    }
    /// Basis points.
    public static func percent(_ key: String) -> Self { Self(key, .percent) }
}

extension Field where Content == Money {
    /// An amount in minor units, with its currency in `<key>_currency`.
    public static func money(_ key: String) -> Self { Self(key, .money) }
}

extension Field where Content == Bool {
    /// True or false.
    public static func boolean(_ key: String) -> Self { Self(key, .boolean) }
}

extension Field where Content == CivilDate {
    /// A date without time.
    public static func date(_ key: String) -> Self { Self(key, .date) }
}

extension Field where Content == Instant {
    /// A moment.
    public static func instant(_ key: String) -> Self { Self(key, .instant) }
}

extension Field where Content == JSON {
    /// A postal address.
    public static func address(_ key: String) -> Self { Self(key, .address) }
    /// Hours of a week, several a day.
    public static func timeWindows(_ key: String) -> Self { Self(key, .timeWindows) }
    /// Any JSON, in an action's input.
    public static func json(_ key: String) -> Self { Self(key, .json) }
    /// An object with a shape of its own, in an action's input: its faults are told with those of the rest.
    public static func object<Nested: Shape>(_ key: String, of nested: Nested.Type) -> Self {
        Self(key, .json).with { $0.nested = Nested.fields }
    }
    /// A list of ids, in an action's input.
    public static func ids<Target: Entity>(_ key: String, of target: Target.Type) -> Self {
        Self(key, .ids(Target.name))
    }
}

extension Field where Content: Choice {
    /// One of the type's cases.
    public static func choice(_ key: String, default content: Content? = nil) -> Self {
        let field = Self(key, .choice(Content.allCases.map(\.rawValue)))
        return content.map { field.default($0) } ?? field
    }
}

extension Field {
    /// The id of another entity's record.
    public static func reference<Target: Entity>(_ key: String, to target: Target.Type) -> Self
    where Content == ID<Target> {
        Self(key, .reference(Target.name))
    }

    /// The member who answers for the record: what the scopes own and team look at.
    public static func owner(_ key: String = "owner_id") -> Field<ID<Member>?> {
        Field<ID<Member>>(key, .reference(Member.name)).indexed().default(.caller).imported(
            as: "owner", "agent", "sales_agent", "sales agent", "assigned to", "venditore", "agente",
            "responsabile"
        ).optional
    }
}
