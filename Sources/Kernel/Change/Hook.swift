/// Runs before a change is checked; may read what the caller's organization has, and set fields.
///
/// It writes nothing, as it may run twice for one change. What it reads for a new record may be answered as
/// the last two times: the record is then only written if the answer is still the same, else the hook reads
/// anew.
public struct Prepare: Contribution {
    private let entity: String
    private let hook: @Sendable (inout RecordChange, Context) async throws(Problem) -> Void

    /// Declares a named function that completes changes of this kind.
    public init<Subject: Entity>(
        _ kind: ChangeKind, _ subject: Subject.Type,
        _ body: @escaping @Sendable (inout Change<Subject>, Context) async throws(Problem) -> Void
    ) {
        entity = Subject.name
        hook = { (change: inout RecordChange, context: Context) async throws(Problem) -> Void in
            guard change.kind == kind else { return }
            var typed = Change<Subject>(change)
            try await body(&typed, context)
            change = typed.untyped
        }
    }

    public func add(to draft: inout RegistryDraft) { draft.add(prepare: hook, to: entity) }
}

/// Runs after all fields are known and before the change is written; may veto or set fields, does no I/O.
public struct Before: Contribution {
    private let entity: String
    private let hook: @Sendable (inout RecordChange) throws(Problem) -> Void

    /// Declares a named function that guards changes of this kind.
    public init<Subject: Entity>(
        _ kind: ChangeKind, _ subject: Subject.Type,
        _ body: @escaping @Sendable (inout Change<Subject>) throws(Problem) -> Void
    ) {
        entity = Subject.name
        hook = { (change: inout RecordChange) throws(Problem) -> Void in
            guard change.kind == kind else { return }
            var typed = Change<Subject>(change)
            try body(&typed)
            change = typed.untyped
        }
    }

    public func add(to draft: inout RegistryDraft) { draft.add(before: hook, to: entity) }
}

/// Runs after a change was committed: at least once, in order per record, its effect recorded with the event.
public struct After: Contribution {
    private let consumer: AfterConsumer

    /// Declares a named function that follows a change; `name` is stable for ever.
    public init<Subject: Entity>(
        _ kind: EventKind, _ subject: Subject.Type, name: String,
        _ body: @escaping @Sendable (Event, Context) async throws(Problem) -> Void
    ) {
        consumer = AfterConsumer(name: name, event: "\(Subject.name).\(kind.rawValue)", plugin: "", run: body)
    }

    public func add(to draft: inout RegistryDraft) {
        let plugin = draft.plugin
        draft.add(
            after: AfterConsumer(
                name: consumer.name, event: consumer.event, plugin: plugin, run: consumer.run))
    }
}

/// A consumer of committed changes.
public struct AfterConsumer: Sendable {
    /// Stable for ever: effects are recorded under it.
    public let name: String
    /// `<entity>.<kind>`.
    public let event: String
    /// Whose it is: it rests where that is off.
    public let plugin: String
    /// Runs in the transaction that records the effect.
    public let run: @Sendable (Event, Context) async throws(Problem) -> Void
}
