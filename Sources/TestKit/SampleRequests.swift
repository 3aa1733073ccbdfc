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
        case .update:
            let text = entity.fields.first { $0.isWritable && $0.kind.isText && $0.validations.isEmpty }
            var body = JSONObject()
            if let text { body[text.key] = .string(mark) }
            return .object(body)
        case .bulk:
            // A look only: what is crawled stays as it is.
            let id = ownID(for: route) ?? UUIDv7.make().description
            let ids: JSON = [.string(id)]
            guard entity.operations.contains(.update) else {
                return ["ids": ids, "delete": true, "preview": true]
            }
            let text = entity.fields.first { $0.isWritable && $0.kind.isText && $0.validations.isEmpty }
            var set = JSONObject()
            if let text { set[text.key] = .string(mark) }
            return ["ids": ids, "set": .object(set), "preview": true]
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

    /// The fields that a body of the route may have.
    public func fields(of route: RouteDefinition) -> [FieldDefinition] {
        guard let entity = route.entity.flatMap({ registry.entity($0) }) else {
            return route.isReading ? [] : route.input.filter { !route.route.parameters.contains($0.key) }
        }
        return route.operation == .create || route.operation == .update
            ? entity.fields.filter(\.isWritable) : []
    }
}
