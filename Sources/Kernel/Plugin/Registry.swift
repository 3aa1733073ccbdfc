internal import HTTP

/// All that is compiled into an installation, checked as a whole at start.
public final class Registry: Sendable {
    /// Manifests in the order of the list.
    public let manifests: [Manifest]
    public let entities: [EntityDefinition]
    /// Standard routes and actions.
    public let routes: [RouteDefinition]
    public let jobs: [String: JobDefinition]
    /// Pages outside of the web client.
    public let pages: [PageDefinition]
    /// Every permission with the plugin that registers it, sorted by name.
    public let permissions: [(plugin: String, name: String)]
    public let messages: Messages
    public let afterConsumers: [AfterConsumer]
    let prepareHooks: [String: [RegistryDraft.PrepareHook]]
    let beforeHooks: [String: [RegistryDraft.BeforeHook]]
    /// What a new organization starts with, in the order of the plugins.
    public let seeds: [(plugin: String, run: @Sendable (Context) async throws(Problem) -> Void)]
    let timeline: [(plugin: String, source: TimelineSource)]
    let schedules: [Schedule]
    /// What the built-in roles may do, the widest scope of each permission.
    public let roleGrants: [RoleGrant]
    /// What every member may do whatever the role: over personal records to their own, else to all.
    public let impliedPermissions: [String: ScopeLevel]
    let router: Router<RouteDefinition>
    let pageRouter: Router<PageDefinition>
    let recordTexts = RecordTexts()
    /// Every registered permission without limit.
    let everything: Grant
    private let entityByName: [String: EntityDefinition]
    private let entityByPath: [String: EntityDefinition]
    /// References that lead to an entity: (entity that refers, field), by the entity referred to.
    let references: [String: [(entity: EntityDefinition, field: FieldDefinition)]]

    /// Puts the plugins together, or throws every fault that was found.
    public init(_ plugins: [any Plugin]) throws(RegistryFaults) {
        var draft = RegistryDraft()
        var messages = Messages()
        for plugin in plugins {
            let manifest = type(of: plugin).manifest
            draft.plugin = manifest.id
            for contribution in plugin.body { contribution.add(to: &draft) }
            for catalog in manifest.messages {
                if !catalog.isReadable {
                    draft.faults.append("\(manifest.id): unreadable messages \(catalog.language)")
                }
                for key in messages.add(catalog) {
                    draft.faults.append("message \(key): twice in \(catalog.language.rawValue)")
                }
            }
        }
        manifests = plugins.map { type(of: $0).manifest }
        entities = draft.entities
        let personal = draft.entities.filter { $0.audienceColumn != nil }
        impliedPermissions = Dictionary(
            personal.flatMap { [$0.readPermission, $0.writePermission] }.map { ($0, ScopeLevel.own) }
                + draft.implied.map { ($0, ScopeLevel.all) }, uniquingKeysWith: max)
        entityByName = Dictionary(
            draft.entities.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        entityByPath = Dictionary(
            draft.entities.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let all = draft.entities.flatMap { StandardRoutes.routes(of: $0) } + draft.actions
        routes = all
        var router = Router<RouteDefinition>()
        for route in all {
            do { try router.add(route.route.method, "/api/v1\(route.route.path)", route) } catch {
                draft.faults.append("route clashes: \(route.route.method) \(route.route.path)")
            }
        }
        self.router = router
        pages = draft.pages
        pageRouter = Self.router(of: &draft)
        jobs = Dictionary(draft.jobs.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        permissions = Self.permissions(of: draft)
        everything = Grant(
            scopes: Dictionary(
                permissions.map { ($0.name, ScopeLevel.all) }, uniquingKeysWith: { first, _ in first }),
            isAdmin: true)
        roleGrants = Self.roleGrants(of: draft)
        afterConsumers = draft.after
        prepareHooks = draft.prepare
        beforeHooks = draft.before
        seeds = draft.seeds
        timeline = draft.timeline
        schedules = draft.schedules
        self.messages = messages
        var references: [String: [(entity: EntityDefinition, field: FieldDefinition)]] = [:]
        for entity in draft.entities {
            for field in entity.fields where field.computed == nil {
                if let target = field.target {
                    references[target, default: []].append((entity: entity, field: field))
                }
            }
        }
        self.references = references
        let faults = RegistryCheck(
            manifests: manifests, draft: draft, routes: all, permissions: permissions, messages: messages
        ).faults()
        guard faults.isEmpty else { throw RegistryFaults(faults: faults) }
    }

    /// The entity of that name.
    public func entity(_ name: String) -> EntityDefinition? { entityByName[name] }

    /// The entity whose plural stands in paths.
    public func entity(path: String) -> EntityDefinition? { entityByPath[path] }

    /// Finds pages, all under GET: each says itself whether it takes a form.
    private static func router(of draft: inout RegistryDraft) -> Router<PageDefinition> {
        var router = Router<PageDefinition>()
        for page in draft.pages {
            do { try router.add(.get, page.path, page) } catch {
                draft.faults.append("page clashes: \(page.path)")
            }
        }
        return router
    }

    private static func permissions(of draft: RegistryDraft) -> [(plugin: String, name: String)] {
        var byName: [String: String] = [:]
        for entity in draft.entities {
            byName[entity.readPermission] = entity.plugin
            if entity.operations.isSuperset(of: [.create]) || entity.operations.contains(.update) {
                byName[entity.writePermission] = entity.plugin
            }
        }
        for permission in draft.permissions { byName[permission.name] = permission.plugin }
        return byName.map { (plugin: $0.value, name: $0.key) }.sorted { $0.name < $1.name }
    }

    private static func roleGrants(of draft: RegistryDraft) -> [RoleGrant] {
        let fromEntities = draft.entities.flatMap { entity in
            entity.grants.filter { $0.hiddenField == nil }.map { grant in
                RoleGrant(
                    role: grant.role, permission: "\(entity.permissionNoun).\(grant.permission)",
                    scope: grant.scope)
            }
        }
        var widest: [String: RoleGrant] = [:]
        for grant in fromEntities + draft.grants {
            let key = "\(grant.role.rawValue) \(grant.permission)"
            if let known = widest[key], known.scope >= grant.scope { continue }
            widest[key] = grant
        }
        return widest.values.sorted { ($0.role.rawValue, $0.permission) < ($1.role.rawValue, $1.permission) }
    }
}

/// Every fault that the registry found; the installation does not start.
public struct RegistryFaults: Error, Sendable, CustomStringConvertible {
    public let faults: [String]
    public var description: String { faults.map { "- \($0)" }.joined(separator: "\n") }
}
