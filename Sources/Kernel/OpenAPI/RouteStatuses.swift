internal import HTTP

/// Every status that a route can answer with, from what the kernel does around it.
struct RouteStatuses {
    let route: RouteDefinition
    /// Whether the route's plugin can be switched off, which makes the route absent.
    let isOptional: Bool

    init(_ route: RouteDefinition, registry: Registry) {
        self.route = route
        isOptional = registry.manifests.first { $0.id == route.plugin }?.isOptional ?? true
    }

    /// Statuses of success; a create repeated with the client's own id is a 200.
    /// An action names its further ones among its problems.
    var successes: [Int] {
        let further = route.operation == .create ? [200] : route.problems.filter { $0 < 300 }
        return (further + [route.status]).sorted()
    }

    /// Statuses of problems, ascending.
    var problems: [Int] {
        // 401 on open routes too: a malformed Authorization is told.
        var statuses: Set<Int> = [400, 401, 405, 429, 431, 503]
        statuses.formUnion(route.problems)
        // Beside the permission, a second factor may lack, or a key be no person; and 409 for a browser whose
        // tabs act in two organizations.
        if route.access != .open { statuses.formUnion([403, 409]) }
        if !route.route.parameters.isEmpty || (needsOrganization && isOptional) { statuses.insert(404) }
        if route.route.method != .get {
            // 403 for a browser that does not prove to be on our own pages.
            statuses.formUnion([403, 408, 409, 413])
            if hasBody || route.transaction == .write || route.operation != nil { statuses.insert(422) }
        }
        if hasBody { statuses.insert(415) }
        return statuses.subtracting(successes).subtracting([304]).sorted()
    }

    /// Whether it answers a known state of things without a body.
    var isConditional: Bool { route.problems.contains(304) }

    /// Whether a JSON body is read.
    var hasBody: Bool {
        if let operation = route.operation {
            return [.create, .update, .transition, .bulk].contains(operation)
        }
        return route.readsBody
    }

    /// Whether a form with a file is read instead.
    var hasForm: Bool { route.operation == nil && !hasBody && route.problems.contains(415) }

    /// Whether `Idempotency-Key` holds.
    var isIdempotent: Bool {
        if let operation = route.operation { return operation == .create || operation == .bulk }
        return route.transaction == .write && needsOrganization
    }

    /// Whether `If-Match` is looked at.
    var isVersioned: Bool { route.problems.contains(412) }

    private var needsOrganization: Bool {
        switch route.access {
        case .open, .signedIn, .vendor: false
        case .member, .permission: true
        }
    }
}
