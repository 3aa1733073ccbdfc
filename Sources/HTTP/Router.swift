/// Finds the value that belongs to a method and a path. A literal segment wins over a parameter, a parameter
/// over the rest of a path; what wins decides alone which methods are allowed.
public struct Router<Value: Sendable>: Sendable {
    /// What a path and a method lead to.
    public enum Match: Sendable {
        /// The value, and the parameters' values in the order of the pattern; a rest gives all of its
        /// segments.
        case found(Value, parameters: [String])
        /// The path is known, the method isn't: those that are, in order of their names.
        case methodNotAllowed([Method])
        /// No pattern fits the path.
        case notFound
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var rest: Int?
        var pattern: RoutePattern?
        var values: [(method: Method, value: Value)] = []
    }

    private var nodes = [Node()]

    /// Makes a router that finds nothing.
    public init() {}

    /// Adds a route such as GET `/accounts/{id}`; `{rest...}` at the end takes one or more segments.
    ///
    /// - Throws: `RouteClash` when the method is taken for the same path, the path is there with other names
    ///   for its parameters, or the pattern is malformed.
    public mutating func add(_ method: Method, _ pattern: String, _ value: Value) throws(RouteClash) {
        let route = "\(method) \(pattern)"
        guard let pattern = RoutePattern(pattern) else { throw RouteClash(route: route, existing: nil) }
        let place = place(of: pattern)
        if let existing = nodes[place].pattern, existing != pattern {
            throw RouteClash(route: route, existing: existing.text)
        }
        guard !nodes[place].values.contains(where: { $0.method == method }) else {
            throw RouteClash(route: route, existing: route)
        }
        nodes[place].pattern = pattern
        nodes[place].values.append((method: method, value: value))
    }

    /// Looks a path up, by its decoded segments. HEAD is answered by GET's value unless it has its own.
    public func match(_ method: Method, _ segments: [String]) -> Match {
        var parameters: [String] = []
        guard let place = find(segments[...], from: 0, &parameters) else { return .notFound }
        let values = nodes[place].values
        if let found = values.first(where: { $0.method == method }) {
            return .found(found.value, parameters: parameters)
        }
        let get = values.first { $0.method == .get }
        if method == .head, let get { return .found(get.value, parameters: parameters) }
        var methods = values.map(\.method)
        if get != nil { methods.append(.head) }
        return .methodNotAllowed(Set(methods).sorted { $0.name < $1.name })
    }

    private mutating func place(of pattern: RoutePattern) -> Int {
        var place = 0
        for segment in pattern.segments {
            let next: Int?
            switch segment {
            case .literal(let text): next = nodes[place].literals[text]
            case .parameter: next = nodes[place].parameter
            case .rest: next = nodes[place].rest
            }
            place = next ?? addNode(under: place, for: segment)
        }
        return place
    }

    private mutating func addNode(under place: Int, for segment: RoutePattern.Segment) -> Int {
        let new = nodes.count
        nodes.append(Node())
        switch segment {
        case .literal(let text): nodes[place].literals[text] = new
        case .parameter: nodes[place].parameter = new
        case .rest: nodes[place].rest = new
        }
        return new
    }

    private func find(_ segments: ArraySlice<String>, from place: Int, _ parameters: inout [String]) -> Int? {
        guard let segment = segments.first else { return nodes[place].values.isEmpty ? nil : place }
        if let next = nodes[place].literals[segment],
            let found = find(segments.dropFirst(), from: next, &parameters)
        {
            return found
        }
        if let next = nodes[place].parameter {
            parameters.append(segment)
            if let found = find(segments.dropFirst(), from: next, &parameters) { return found }
            parameters.removeLast()
        }
        guard let rest = nodes[place].rest else { return nil }
        parameters.append(contentsOf: segments)
        return rest
    }
}
