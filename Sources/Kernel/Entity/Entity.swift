/// A kind of record that an organization keeps.
///
/// Declaring one gives its routes, filters, import, export, audit and docs; see docs/plugin-guide.md.
public protocol Entity: Shape {
    /// `<plugin>.<noun>`, stable for ever: audit, events and references name it.
    static var name: String { get }
    /// The plural in paths: `opportunities` is `/api/v1/opportunities`.
    static var path: String { get }
    /// The permission noun: `sales.deal` gives `sales.deal.read` and `sales.deal.write`. By default the name.
    static var permissionNoun: String { get }
    /// What reading needs, where it is not the noun's `read`.
    static var readPermission: String? { get }
    /// What a record is called in lists of references: SQL over the alias `r`. By default the first text
    /// field.
    static var label: String? { get }
    /// Schema-qualified table. By default the plugin's schema and the path with underscores.
    static var table: String? { get }
    /// Whose records these are, for the scopes own and team.
    static var ownership: Ownership { get }
    /// Which of the standard routes exist. By default all.
    static var operations: Set<Operation> { get }
    /// Rules on the whole record.
    static var invariants: [Invariant<Self>] { get }
    /// The declared states, where a field has them.
    static var stateMachine: StateMachine? { get }
    /// Reference fields that are states defined by the organization: their changes are logged with durations.
    static var loggedFields: [String] { get }
    /// What the web client offers to look at them.
    static var views: [View<Self>] { get }
    /// What the built-in roles may do with them.
    static var grants: [RoleGrant] { get }
    /// Sets of fields of which any, equal on two live records, is a warning at creation.
    static var duplicateRules: [DuplicateRule] { get }
}

extension Entity {
    public static var permissionNoun: String { name }
    public static var readPermission: String? { nil }
    public static var label: String? { nil }
    public static var table: String? { nil }
    public static var ownership: Ownership { .organization }
    public static var operations: Set<Operation> { Operation.all }
    public static var invariants: [Invariant<Self>] { [] }
    public static var stateMachine: StateMachine? { nil }
    public static var loggedFields: [String] { [] }
    public static var views: [View<Self>] { [] }
    public static var grants: [RoleGrant] { [] }
    public static var duplicateRules: [DuplicateRule] { [] }
}

/// Whose an entity's records are.
public enum Ownership: Sendable, Equatable {
    /// Everybody's in the organization: each scope but none means all of them.
    case organization
    /// The member's in this field: own, team and all differ. What `passesOn` goes to whoever takes over from
    /// a member who leaves; the rest stays with its owner.
    case owner(field: String, passesOn: Bool = true)
    /// The member's in this field and nobody else's, however far a role reaches: nobody else changes them.
    /// Others read those that are shared: where the column `audience`, which the database makes, is empty
    /// and not the owner's id. No role has to give this: every member holds it, an API key where it names it.
    /// Whoever takes over from a member who leaves is given the shared ones.
    case personal(field: String, audience: String)
}

/// A standard route of an entity.
public enum Operation: String, Sendable, CaseIterable {
    case list, get, create, update, delete, restore, transition, aggregate, export, history, `import`, access
    case bulk, marks

    /// Every operation.
    public static let all = Set(allCases)
    /// Those that change nothing.
    public static let reading: Set<Operation> = [
        .list, .get, .aggregate, .export, .history, .access, .marks,
    ]
    /// A list has marks; what can be changed or deleted alone can be so in bulk.
    static func completed(_ declared: Set<Operation>) -> Set<Operation> {
        var operations = declared.subtracting([.marks, .bulk])
        if declared.contains(.list) { operations.insert(.marks) }
        if !declared.isDisjoint(with: [.update, .delete]) { operations.insert(.bulk) }
        return operations
    }
}

/// A rule on a whole record; `error.<code>` is its message.
public struct Invariant<Subject: Entity>: Sendable {
    let code: String
    let field: String?
    let holds: @Sendable (Record<Subject>) -> Bool

    /// Declares a rule; the fault is shown at `field`, or at the record.
    public init(
        _ code: String, at field: String? = nil, _ holds: @escaping @Sendable (Record<Subject>) -> Bool
    ) {
        self.code = code
        self.field = field
        self.holds = holds
    }
}

/// Declared states and the ways between them; everything else is a 409.
public struct StateMachine: Sendable {
    /// The choice field, `status` by convention.
    public let field: String
    /// Legal next states by state.
    public let transitions: [String: [String]]
    /// States that need a reason when entered by the transitions route.
    public let needsReason: Set<String>

    /// Declares states by a choice's raw values.
    public init(field: String = "status", _ transitions: [String: [String]], needsReason: Set<String> = []) {
        self.field = field
        self.transitions = transitions
        self.needsReason = needsReason
    }
}

/// A probable duplicate: all parts equal to those of a live record.
public struct DuplicateRule: Sendable {
    /// What two records have in common: a stored column, and the function that makes it of a field.
    public struct Part: Sendable, Equatable {
        /// The field that it is made of.
        public let key: String
        /// The stored column that is compared.
        public let column: String
        /// The SQL function that gives the column's content for the field's.
        public let form: String

        /// Compares a stored column; by default the folded one of a matchable field.
        public init(_ key: String, column: String? = nil, form: String = "kernel.fold") {
            self.key = key
            self.column = column ?? "\(key)_key"
            self.form = form
        }
    }

    /// Told to the client as `reason`.
    public let reason: String
    /// All of them must be equal.
    public let parts: [Part]

    /// Names what a match on all these parts means.
    public init(_ reason: String, _ parts: [Part]) {
        self.reason = reason
        self.parts = parts
    }
}
