internal import Postgres
internal import Wire

/// What of an organization's changes a caller may hear, decided from the grant and from the owners that stand
/// in the event: never by asking the database for each hearer.
///
/// Callers with equal rights hear the same, whoever they are.
struct StreamRights: Sendable, Hashable {
    let organization: UUIDv7
    /// How far reading reaches, by the entity's place; `none` for what was not asked for.
    let levels: [ScopeLevel]
    /// The caller, where some entity is read by its owner.
    let user: UUIDv7?
    /// The owners within the caller's teams, the caller included, where some entity is read by team.
    let team: Set<UUIDv7>
    /// The entities whose records without an owner are shared with all, by place.
    var shared: Set<Int> = []

    /// What the change is to the caller; nil where it is nothing.
    ///
    /// A record that leaves the caller's reach is deleted there. One that comes into it is updated: the
    /// caller may read it from now on.
    func view(of event: StreamEvent) -> StreamEvent.Kind? {
        let level = levels[event.entity]
        guard level != .all else { return event.kind }
        guard level != .none else { return nil }
        let isShared = shared.contains(event.entity)
        let hadBefore = reaches(event.ownerBefore, level, isShared)
        let hasAfter = reaches(event.ownerAfter, level, isShared)
        switch event.kind {
        case .created, .restored: return hasAfter ? event.kind : nil
        case .deleted: return hadBefore ? .deleted : nil
        case .updated: return hasAfter ? .updated : hadBefore ? .deleted : nil
        }
    }

    /// Whether a record of the entity may be read, by the owner that it has.
    func reads(_ entity: Int, ownedBy owner: UUIDv7?) -> Bool {
        switch levels[entity] {
        case .all: true
        case .none: false
        case .own, .team: reaches(owner, levels[entity], shared.contains(entity))
        }
    }

    private func reaches(_ owner: UUIDv7?, _ level: ScopeLevel, _ isShared: Bool) -> Bool {
        guard let owner else { return isShared }
        return level == .team ? team.contains(owner) : owner == user
    }
}

/// Makes rights from a principal, by the same rules as `Authorizer` makes scopes.
struct StreamRightsReader {
    let runtime: Runtime
    let entities: StreamEntities

    /// The rights in the principal's organization, as far as `types` asks for them.
    func rights(of principal: Principal, types: Set<Int>?) async throws(Problem) -> StreamRights {
        guard let organization = principal.organization else { throw Problem(409, "no_organization") }
        let authorizer = Authorizer(principal: principal)
        let levels = entities.all.enumerated().map { place, entity -> ScopeLevel in
            guard types?.contains(place) ?? true, let scope = authorizer.readingIfAny(entity) else {
                return .none
            }
            return entity.ownerField == nil ? .all : scope.level
        }
        let shared = entities.all.indices.filter { entities.all[$0].audienceColumn != nil }
        let isPersonal = levels.contains { $0 == .own || $0 == .team }
        let team = levels.contains(.team) ? try await reach(of: principal, in: organization) : []
        return StreamRights(
            organization: organization, levels: levels, user: isPersonal ? principal.user : nil, team: team,
            shared: Set(shared))
    }

    private func reach(of principal: Principal, in organization: UUIDv7) async throws(Problem) -> Set<UUIDv7>
    {
        guard let user = principal.user else { return [] }
        let context = Context(
            runtime: runtime, principal: principal, request: RequestInfo(id: ""), now: runtime.clock.now())
        let rows = try await context.read(Scope.reach(of: user, in: organization))
        return Set((0..<rows.count).compactMap { rows.id($0, 0) })
    }
}
