public import Kernel
public import Wire

/// Requests that any registered route takes from a company's admin, as far as the declarations tell: what
/// tests start from and then spoil in one place.
public struct SampleRequests: Sendable {
    public let registry: Registry
    public let records: SampleRecords
    /// Stands in every text.
    public let mark: String

    /// Requests about one company's records.
    public init(_ registry: Registry, _ records: SampleRecords, mark: String) {
        self.registry = registry
        self.records = records
        self.mark = mark
    }

    /// The route's path beneath `/api/v1` with an id at each parameter.
    public static func path(of route: RouteDefinition, naming id: String) -> String {
        route.path.split(separator: "/").reduce("") { path, part in
            "\(path)/\(part.hasPrefix("{") ? id[...] : part)"
        }
    }

    /// The entity that the route's path begins with, standard route or not.
    public func subject(of route: RouteDefinition) -> EntityDefinition? {
        registry.entity(path: route.path.split(separator: "/").first.map(String.init) ?? "")
    }

    /// A record of the company that the route's path can name, one that was made as a sample where there is
    /// one.
    public func ownID(for route: RouteDefinition) -> String? {
        let ids = subject(of: route).flatMap { records.ids[$0.name] } ?? []
        return ids.first { records.bodies[$0] != nil } ?? ids.first
    }

    /// A body that the route takes; nil where it takes none.
    public func body(for route: RouteDefinition) -> JSON? {
        guard !route.isReading, route.verb != "DELETE" || route.readsBody else { return nil }
        guard let entity = route.entity.flatMap({ registry.entity($0) }) else { return actionBody(route) }
        switch route.operation {
        case .create: return (records.ids[entity.name] ?? []).compactMap { records.bodies[$0] }.first ?? [:]
        case .update: return change(of: entity)
        case .bulk:
            // A look only: what is crawled stays as it is.
            let id = ownID(for: route) ?? UUIDv7.make().description
            let ids: JSON = [.string(id)]
            guard entity.operations.contains(.update) else {
                return ["ids": ids, "delete": true, "preview": true]
            }
            return ["ids": ids, "set": change(of: entity), "preview": true]
        case .transition:
            let kind = entity.stateMachine.flatMap { entity.field($0.field)?.kind }
            guard case .choice(let cases)? = kind else { return [:] }
            return ["to": .string(cases.last ?? ""), "reason": "why"]
        default: return nil
        }
    }

    private func actionBody(_ route: RouteDefinition) -> JSON? {
        let fields = route.input.filter { !route.route.parameters.contains($0.key) }
        guard !fields.isEmpty else { return nil }
        var values = SampleValues(mark: mark)
        var body = JSONObject()
        for field in fields {
            let candidates = values.candidates(for: field) { records.ids[$0] ?? [] }
            if field.isRequired || field.kind != .json { body[field.key] = candidates.first }
        }
        return .object(body)
    }

    /// What an update takes: the mark in a text, or in an address where there is no other.
    public func change(of entity: EntityDefinition) -> JSON {
        let fields = entity.fields.filter { $0.isWritable && $0.validations.isEmpty }
        for field in fields {
            switch field.kind {
            case .text, .longText: return [field.key: .string(mark)]
            default: continue
            }
        }
        guard let address = fields.first(where: { $0.kind == .email }) else { return [:] }
        return [address.key: .string("\(mark)@example.com")]
    }

    /// The members that a body of the route may have.
    public func members(of route: RouteDefinition) -> [SampleMember] {
        guard let entity = route.entity.flatMap({ registry.entity($0) }) else {
            let fields = route.isReading ? [] : route.input
            return fields.filter { !route.route.parameters.contains($0.key) }.map { SampleMember($0) }
        }
        switch route.operation {
        case .create: return entity.fields.filter(\.isWritable).map { SampleMember($0) }
        case .update:
            return entity.fields.filter(\.isWritable).map { SampleMember($0, isFixed: $0.isImmutable) }
        case .bulk:
            return [
                SampleMember("ids", .ids(entity.name)), SampleMember("filter", .json),
                SampleMember("q", .text(maximum: 200)), SampleMember("set", .json),
                SampleMember("delete", .boolean), SampleMember("preview", .boolean),
            ]
        case .transition:
            return [
                SampleMember("to", .text(maximum: 100)), SampleMember("reason", .longText(maximum: 1000)),
            ]
        default: return []
        }
    }
}
