/// A business area that is compiled into an installation. See docs/plugin-guide.md.
public protocol Plugin: Sendable {
    init()
    /// What it is and what it needs.
    static var manifest: Manifest { get }
    /// What it contributes, as a table of contents.
    @ContributionsBuilder var body: [any Contribution] { get }
}

/// A plugin's identity.
public struct Manifest: Sendable {
    /// Names its schema, permissions, entities, events and messages; stable for ever.
    public let id: String
    /// Raised with each migration of meaning.
    public let version: Int
    /// Plugins that must be compiled in and on.
    public let requires: [any Plugin.Type]
    /// Whether an organization can switch it off.
    public let isOptional: Bool
    /// Its texts, by language.
    public let messages: [MessageCatalog]

    /// Declares a plugin.
    public init(
        id: String, version: Int, requires: [any Plugin.Type] = [], isOptional: Bool = true,
        messages: [MessageCatalog] = []
    ) {
        self.id = id
        self.version = version
        self.requires = requires
        self.isOptional = isOptional
        self.messages = messages
    }
}

/// Something that a plugin gives to the kernel.
public protocol Contribution: Sendable {
    /// Writes it into the registry that is being made.
    func add(to draft: inout RegistryDraft)
}

/// Collects a plugin's contributions.
@resultBuilder
public enum ContributionsBuilder {
    public static func buildBlock(_ contributions: any Contribution...) -> [any Contribution] {
        contributions
    }
}

/// Entities of the plugin.
public struct Entities: Contribution {
    private let types: [any Entity.Type]
    /// Declares entities; each gets its standard routes.
    public init(_ types: any Entity.Type...) { self.types = types }
    public func add(to draft: inout RegistryDraft) {
        for type in types { draft.add(entity: type) }
    }
}

/// Routes that are not an entity's standard ones.
public struct Actions: Contribution {
    private let types: [any Action.Type]
    /// Declares actions.
    public init(_ types: any Action.Type...) { self.types = types }
    public func add(to draft: inout RegistryDraft) {
        for type in types { draft.add(action: type) }
    }
}

/// Kinds of background work.
public struct Jobs: Contribution {
    private let types: [any Job.Type]
    /// Declares kinds of jobs.
    public init(_ types: any Job.Type...) { self.types = types }
    public func add(to draft: inout RegistryDraft) {
        for type in types { draft.add(job: type) }
    }
}

/// Permissions that no entity declares by itself.
public struct Permissions: Contribution {
    private let names: [String]
    /// Registers permissions; `permission.<name>` is their message.
    public init(_ names: String...) { self.names = names }
    public func add(to draft: inout RegistryDraft) {
        for name in names { draft.add(permission: name) }
    }
}

/// What every member may do, whatever the role; an API key where it names it, or names nothing.
public struct Implies: Contribution {
    private let names: [String]
    /// Names permissions, over every record; `permission.<name>` is their message.
    public init(_ names: String...) { self.names = names }
    public func add(to draft: inout RegistryDraft) {
        for name in names { draft.implied.insert(name) }
    }
}

/// What the built-in roles may do beyond the entities' own grants.
public struct Suggests: Contribution {
    private let grants: [RoleGrant]
    /// Suggests grants; an organization's roles start with them.
    public init(_ grants: RoleGrant...) { self.grants = grants }
    public func add(to draft: inout RegistryDraft) {
        for grant in grants { draft.add(grant: grant) }
    }
}

/// Records that a new organization starts with.
public struct Starts: Contribution {
    private let seed: @Sendable (Context) async throws(Problem) -> Void
    /// Runs in the transaction that makes the organization, as its first admin.
    public init(_ seed: @escaping @Sendable (Context) async throws(Problem) -> Void) { self.seed = seed }
    public func add(to draft: inout RegistryDraft) { draft.add(seed: seed) }
}

/// Moments on a record's timeline that another plugin's records give.
public struct Timeline: Contribution {
    private let source: TimelineSource
    /// Shows `Shown` on the timelines of the records that its reference `key` leads to.
    public init<Shown: Entity>(_ shown: Shown.Type, on key: String, at instant: String) {
        source = TimelineSource(entity: Shown.name, reference: key, instant: instant)
    }
    public func add(to draft: inout RegistryDraft) { draft.add(timeline: source) }
}

/// Where a timeline takes its moments from.
public struct TimelineSource: Sendable, Equatable {
    /// The entity whose records appear.
    public let entity: String
    /// Its reference to the record whose timeline it is.
    public let reference: String
    /// The instant that orders it.
    public let instant: String
}
