/// A plugin's contributions on their way into the registry.
public struct RegistryDraft: Sendable {
    typealias PrepareHook = @Sendable (inout RecordChange, Context) async throws(Problem) -> Void
    typealias BeforeHook = @Sendable (inout RecordChange) throws(Problem) -> Void
    typealias Seed = @Sendable (Context) async throws(Problem) -> Void

    var plugin = ""
    var faults: [String] = []
    var entities: [EntityDefinition] = []
    var actions: [RouteDefinition] = []
    var jobs: [JobDefinition] = []
    var pages: [PageDefinition] = []
    var permissions: [(plugin: String, name: String)] = []
    var grants: [RoleGrant] = []
    var implied: Set<String> = []
    var prepare: [String: [PrepareHook]] = [:]
    var before: [String: [BeforeHook]] = [:]
    var after: [AfterConsumer] = []
    var seeds: [(plugin: String, run: Seed)] = []
    var timeline: [(plugin: String, source: TimelineSource)] = []
    var schedules: [Schedule] = []

    mutating func add<Declared: Entity>(entity type: Declared.Type) {
        entities.append(EntityDefinition(type, plugin: plugin))
    }

    mutating func add<Declared: Action>(action type: Declared.Type) {
        actions.append(RouteDefinition(type, plugin: plugin))
    }

    mutating func add<Declared: Job>(job type: Declared.Type) {
        jobs.append(JobDefinition(type, plugin: plugin))
    }
    mutating func add<Declared: Page>(page type: Declared.Type) {
        pages.append(PageDefinition(type, plugin: plugin))
    }
    mutating func add(permission: String) { permissions.append((plugin: plugin, name: permission)) }
    mutating func add(grant: RoleGrant) { grants.append(grant) }
    mutating func add(prepare hook: @escaping PrepareHook, to entity: String) {
        prepare[entity, default: []].append(hook)
    }
    mutating func add(before hook: @escaping BeforeHook, to entity: String) {
        before[entity, default: []].append(hook)
    }
    mutating func add(after consumer: AfterConsumer) { after.append(consumer) }
    mutating func add(seed: @escaping Seed) { seeds.append((plugin: plugin, run: seed)) }
    mutating func add(timeline source: TimelineSource) { timeline.append((plugin: plugin, source: source)) }
    mutating func add(schedule: Schedule) { schedules.append(schedule) }
}
