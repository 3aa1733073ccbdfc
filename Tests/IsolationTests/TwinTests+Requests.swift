import Kernel
import TestKit
import Wire

extension TwinTests {
    /// A filter that names something of B.
    struct ForeignFilter: Sendable {
        let name: String
        let foreign: String
        let query: @Sendable (String) -> String
    }

    /// The route's path with A's own record at its parameter.
    static func owned(_ route: RouteDefinition, _ twins: Twins) -> String {
        SampleRequests.path(of: route, naming: twins.requests.ownID(for: route) ?? UUIDv7.make().description)
    }

    /// Puts a value into a body.
    static func body(_ standard: JSON) -> @Sendable (String, JSON) -> [UInt8] {
        { key, value in
            var object = standard.objectValue ?? JSONObject()
            object[key] = value
            return JSON.object(object).encoded()
        }
    }

    /// Filters of an entity by ids and words of B, in each of the ways that a list takes.
    static func filters(of entity: EntityDefinition, _ twins: Twins) -> [ForeignFilter] {
        var filters: [ForeignFilter] = []
        if let own = twins.b.ids[entity.name]?.first {
            filters.append(ForeignFilter(name: "id", foreign: own) { "id=\($0)&count=exact" })
            filters.append(ForeignFilter(name: "id[in]", foreign: own) { "id[in]=\($0),\($0)" })
        }
        for field in entity.fields {
            guard let target = field.target, let id = twins.b.ids[target]?.first else { continue }
            let key = field.key
            filters.append(ForeignFilter(name: key, foreign: id) { "\(key)=\($0)&count=exact" })
            filters.append(
                ForeignFilter(name: "filter \(key)", foreign: id) { value in
                    "filter=\(encoded("{\"any\":[[\"\(key)\",\"eq\",\"\(value)\"],[\"id\",\"eq\",\"\(value)\"]]}"))"
                })
        }
        for field in entity.fields where field.kind.isText && field.computed == nil && !field.isSecret {
            let key = field.key
            filters.append(
                ForeignFilter(name: "\(key)[contains]", foreign: twins.b.mark) {
                    "\(key)[contains]=\($0)&page=1"
                })
        }
        filters.append(ForeignFilter(name: "q", foreign: twins.b.mark) { "q=\($0)&count=exact" })
        return filters
    }

    /// The ways to ask a route without parameters for as much as it gives.
    static func queries(of route: RouteDefinition, _ twins: Twins) -> [String] {
        guard let entity = route.entity.flatMap({ twins.platform.runtime.registry.entity($0) }) else {
            let words = route.input.contains { $0.key == "q" }
            return words ? ["?q=\(twins.b.mark)", "?q=canary", "?q=example", "?q=a"] : ["", "?limit=200"]
        }
        switch route.operation {
        case .list:
            let include = entity.fields.compactMap(\.includeName).joined(separator: ",")
            return [
                "", "?limit=200&count=exact", "?limit=200&count=estimate", "?deleted=true&limit=200",
                "?q=canary",
                include.isEmpty ? "?page=1" : "?page=1&limit=200&include=\(include)",
                "?sort=-updated_at&limit=200",
            ]
        case .aggregate:
            let groups = entity.fields.filter { $0.kind != .address && $0.kind != .json && !$0.isSecret }
            return ["", "?group_by=created_by", "?group_by=id"]
                + groups.map { "?group_by=\($0.key)&measures=count" }
        case .export: return ["csv", "json", "xlsx", "pdf"].map { "?format=\($0)" }
        default: return [""]
        }
    }

    /// Percent-encoded for a query.
    static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isPlain || "-_.".utf8.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
