import Kernel
import TestKit
import Wire

extension Twins {
    /// A request that names one id.
    struct Attempt: Sendable {
        let route: RouteDefinition
        /// Beneath `/api/v1`.
        let path: @Sendable (String) -> String
        let body: @Sendable (String) -> [UInt8]?
        var type = "application/json"
        /// An id of B.
        let foreign: String
        /// What is attempted, for the report.
        let name: String
    }

    /// What A's people got for B's id and for one that names nothing.
    struct Outcome {
        let foreign: APIResponse
        let absent: APIResponse
        /// Whether nothing told them apart.
        let isSame: Bool
    }

    func send(_ attempt: Attempt, by client: APIClient) throws -> Outcome {
        let absent = UUIDv7.make().description
        let foreign = try send(attempt, naming: attempt.foreign, by: client)
        let none = try send(attempt, naming: absent, by: client)
        return Outcome(
            foreign: foreign, absent: none,
            isSame: foreign.compared(without: attempt.foreign) == none.compared(without: absent))
    }

    private func send(_ attempt: Attempt, naming id: String, by client: APIClient) throws -> APIResponse {
        let bytes = attempt.body(id)
        return try client.send(
            attempt.route.verb, "/api/v1\(attempt.path(id))", bytes: bytes,
            headers: bytes == nil ? [:] : ["Content-Type": attempt.type])
    }

    /// Whether an answer holds anything of B but the id that was asked for.
    func leak(in response: APIResponse, besides sent: String? = nil) -> String? {
        let text =
            response.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + "\n" + response.text
        if text.contains(b.mark) { return b.mark }
        return secretIDs.first { $0 != sent && text.contains($0) }
    }

    /// B's ids; those of people and records, of sessions and jobs.
    private var secretIDs: [String] { b.ids.values.flatMap { $0 } }

    /// The ids of B that could stand at a route's parameter.
    func foreignIDs(for route: RouteDefinition) -> [String] {
        let first = route.path.split(separator: "/").first.map(String.init) ?? ""
        if let entity = platform.runtime.registry.entity(path: first) {
            return Array((b.ids[entity.name] ?? []).prefix(2))
        }
        let kinds = ["organizations": "organization", "auth": "session", "jobs": "job"]
        if let kind = kinds[first] { return Array((b.ids[kind] ?? []).prefix(1)) }
        return b.ids.values.compactMap(\.first)
    }

    /// The fields of a route's body that name records, with the entity that they name.
    func references(of route: RouteDefinition) -> [(key: String, entity: String, isList: Bool, isFixed: Bool)]
    {
        requests.members(of: route).compactMap { member in
            switch member.kind {
            case .reference(let entity) where !entity.isEmpty:
                return (key: member.key, entity: entity, isList: false, isFixed: member.isFixed)
            case .ids(let entity):
                return (key: member.key, entity: entity, isList: true, isFixed: member.isFixed)
            default: return nil
            }
        }
    }
}
