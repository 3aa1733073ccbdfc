public import Wire

/// What is done to a record.
public enum ChangeKind: String, Sendable {
    case create, update, delete, restore
}

/// A change under way, without its Swift type: what hooks look at and may alter before it is written.
public struct RecordChange: Sendable {
    public let kind: ChangeKind
    public let id: UUIDv7
    /// The record before; nil at creation.
    public let before: RecordState?
    /// Fields to write, by key.
    public var assigned: [String: Value]
    /// Loaded referred records, by the key of the reference.
    var loaded: [String: RecordState] = [:]
    /// What `loaded` lacks although a hook could ask for it; nil where everything was read.
    var pending: PendingReferences?
    /// The texts that a hook may keep with the record.
    var wording: Wording?
    /// Whether an import writes it: what a person is asked for is then not demanded.
    public let isImport: Bool
    public let now: Instant
    /// Why it is done, where the transitions route or the caller told it.
    public internal(set) var reason: String?
    /// Faults that hooks found; all are told at once.
    public var errors: [FieldError] = []

    init(
        kind: ChangeKind, id: UUIDv7, before: RecordState?, assigned: [String: Value], isImport: Bool,
        now: Instant
    ) {
        self.kind = kind
        self.id = id
        self.before = before
        self.assigned = assigned
        self.isImport = isImport
        self.now = now
    }

    /// The content that the field will have.
    public func value(_ key: String) -> Value { assigned[key] ?? before?.contents[key] ?? .null }

    /// Whether the field's content differs from before.
    public func changes(_ key: String) -> Bool {
        guard let assigned = assigned[key] else { return false }
        return assigned != (before?.contents[key] ?? .null)
    }

    /// The record that a `loaded()` reference will lead to, by the reference's key.
    public func related(_ key: String) -> RecordState? {
        pending?.look(at: key)
        return loaded[key]
    }

    /// The record as it will be.
    public var after: RecordState {
        guard let before else { return RecordState(id: id, version: 1, contents: assigned) }
        return RecordState(
            id: id, version: before.version + 1, contents: before.contents.merging(assigned) { _, new in new }
        )
    }
}

/// The installation's texts in one language.
struct Wording: Sendable {
    let messages: Messages
    let language: Language
}

/// A change to a record of one entity, with its fields by the entity's own properties.
public struct Change<Subject: Entity>: Sendable {
    /// The untyped change.
    public var untyped: RecordChange

    init(_ untyped: RecordChange) { self.untyped = untyped }

    /// A text in the organization's language, to be kept with the record.
    public func text(_ key: String, _ parameters: [String: String] = [:]) -> String {
        untyped.wording.map { $0.messages.text(key, parameters, in: $0.language) } ?? key
    }

    /// What is done.
    public var kind: ChangeKind { untyped.kind }
    /// The moment of the change.
    public var now: Instant { untyped.now }
    /// Whether an import writes it.
    public var isImport: Bool { untyped.isImport }
    /// Why it is done, where the transitions route or the caller told it.
    public var reason: String? { untyped.reason }
    /// The record before; nil at creation.
    public var before: Record<Subject>? { untyped.before.map { Record($0) } }
    /// The record as it will be.
    public var after: Record<Subject> { Record(untyped.after) }

    /// Whether the field's content differs from before.
    public func changes<Content>(_ path: KeyPath<Subject, Field<Content>>) -> Bool {
        untyped.changes(Subject.key(of: path))
    }

    /// Whether the request itself named the field, or a hook set it.
    public func assigns<Content>(_ path: KeyPath<Subject, Field<Content>>) -> Bool {
        untyped.assigned[Subject.key(of: path)] != nil
    }

    /// Sets a field.
    public mutating func set<Content: FieldValue>(
        _ path: KeyPath<Subject, Field<Content>>, _ content: Content
    ) {
        untyped.assigned[Subject.key(of: path)] = content.value
    }

    /// Sets a money field's currency.
    public mutating func setCurrency<Content: FieldValue>(
        of path: KeyPath<Subject, Field<Content>>, _ code: String
    ) {
        untyped.assigned["\(Subject.key(of: path))_currency"] = .text(code)
    }

    /// Tells that a field is wrong; the change will be refused with all such faults.
    public mutating func refuse<Content>(
        _ path: KeyPath<Subject, Field<Content>>, _ code: String, _ parameters: [String: String] = [:]
    ) {
        untyped.errors.append(FieldError(field: Subject.key(of: path), code: code, parameters: parameters))
    }

    /// The record that a `loaded()` reference will lead to.
    public func related<Target: Entity>(_ path: KeyPath<Subject, Field<ID<Target>>>) -> Record<Target>? {
        untyped.related(Subject.key(of: path)).map { Record($0) }
    }

    /// The record that an optional `loaded()` reference will lead to.
    public func related<Target: Entity>(_ path: KeyPath<Subject, Field<ID<Target>?>>) -> Record<Target>? {
        untyped.related(Subject.key(of: path)).map { Record($0) }
    }
}
