internal import Wire

/// Everything that the kernel knows of an entity, without its Swift type.
///
/// A class, as every request hands it on many times: a copy of so many members costs more than the request's
/// own work.
public final class EntityDefinition: Sendable {
    public let name: String
    public let path: String
    public let plugin: String
    /// Schema-qualified.
    public let table: String
    public let permissionNoun: String
    /// By default `<noun>.read`.
    public let readPermission: String
    public let fields: [FieldDefinition]
    public let ownership: Ownership
    public let operations: Set<Operation>
    public let stateMachine: StateMachine?
    public let loggedFields: [String]
    public let views: [ViewDefinition]
    public let grants: [RoleGrant]
    public let duplicateRules: [DuplicateRule]
    /// SQL over the alias `r`.
    public let label: String
    /// Whether `created_at`, `version` and the rest of the standard columns are there (all but links
    /// between).
    let invariants: [@Sendable (RecordState) -> FieldError?]
    private let positions: [String: Int]

    init<Subject: Entity>(_ type: Subject.Type, plugin: String) {
        name = type.name
        path = type.path
        self.plugin = plugin
        table = Self.table(of: type, plugin: plugin)
        permissionNoun = type.permissionNoun
        readPermission = type.readPermission ?? "\(type.permissionNoun).read"
        fields = type.fields
        ownership = type.ownership
        operations = Operation.completed(type.operations)
        stateMachine = type.stateMachine
        loggedFields = type.loggedFields
        views = type.views.map(\.definition)
        grants = type.grants
        duplicateRules = type.duplicateRules
        let firstText = type.fields.first { $0.kind.isText && $0.computed == nil }?.key ?? "id"
        label = type.label ?? "r.\(firstText)"
        invariants = type.invariants.map { invariant in
            { state in
                invariant.holds(Record<Subject>(state))
                    ? nil : FieldError(field: invariant.field ?? "", code: invariant.code)
            }
        }
        positions = Dictionary(
            type.fields.enumerated().map { ($0.element.key, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The declared table, or the one that plugin and path name.
    static func table<Subject: Entity>(of type: Subject.Type, plugin: String? = nil) -> String {
        let schema = plugin ?? String(type.name.prefix { $0 != "." })
        return type.table ?? "\(schema).\(type.path.replacing("-", with: "_"))"
    }

    /// The declared field of that key.
    public func field(_ key: String) -> FieldDefinition? { positions[key].map { fields[$0] } }

    /// `<noun>.write`.
    public var writePermission: String { "\(permissionNoun).write" }

    /// The column that holds the owner; nil where everybody's.
    public var ownerField: String? {
        switch ownership {
        case .organization: nil
        case .owner(let field, _), .personal(let field, _): field
        }
    }

    /// The column that is empty where a personal record is shared, and its owner's id elsewhere; nil where
    /// records are not personal.
    public var audienceColumn: String? {
        if case .personal(_, let audience) = ownership { audience } else { nil }
    }

    /// The column of the owner where records go to whoever takes over from a member who leaves.
    public var inheritedField: String? {
        switch ownership {
        case .owner(let field, true), .personal(let field, _): field
        case .owner, .organization: nil
        }
    }

    var schema: String { String(table.prefix { $0 != "." }) }

    /// The standard fields that every entity has beside the declared ones.
    public static let standardFields: [FieldDefinition] = {
        var created = FieldDefinition("created_at", .instant)
        var createdBy = FieldDefinition("created_by", .reference(Member.name))
        var updated = FieldDefinition("updated_at", .instant)
        var updatedBy = FieldDefinition("updated_by", .reference(Member.name))
        var version = FieldDefinition("version", .integer(1...9_007_199_254_740_991))
        var deleted = FieldDefinition("deleted_at", .instant)
        for change in [\FieldDefinition.isReadOnly] {
            created[keyPath: change] = true
            createdBy[keyPath: change] = true
            updated[keyPath: change] = true
            updatedBy[keyPath: change] = true
            version[keyPath: change] = true
            deleted[keyPath: change] = true
        }
        return [created, createdBy, updated, updatedBy, version, deleted]
    }()

    /// A declared or standard field that lists can name.
    public func queryField(_ key: String) -> FieldDefinition? {
        if let field = field(key) { return field.isSecret ? nil : field }
        if key == "id" { return FieldDefinition("id", .reference(name)) }
        return Self.standardFields.first { $0.key == key }
    }

    /// Names that a field can't have, by api.md.
    static let reservedNames: Set<String> = [
        "id", "type", "version", "custom", "tags", "created_at", "created_by", "updated_at", "updated_by",
        "deleted_at", "limit", "cursor", "sort", "order", "count", "include", "fields", "filter", "q", "page",
        "deleted", "group_by", "measures", "format", "every",
    ]
}

extension EntityDefinition {
    /// What a record is called, as SQL over the alias `r`: its id where that is hidden from the reader.
    func label(for grant: Grant) -> String {
        let hidden = fields.filter { !grant.sees($0, of: self) }
        let names = label.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return hidden.contains { field in names.contains { $0 == field.key } } ? "r.id::text" : label
    }
}
