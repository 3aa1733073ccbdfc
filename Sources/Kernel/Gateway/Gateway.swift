public import HTTP
internal import Wire

/// The way of every request: route, principal, plugin, permission, action, answer; the one place where
/// problems become responses.
public final class Gateway: Responder {
    let runtime: Runtime
    private let site: Site
    private let security: SecurityHeaders

    /// Answers for a runtime; `site` is what lies outside of `/api/v1`.
    public init(runtime: Runtime, site: Site) {
        self.runtime = runtime
        self.site = site
        security = SecurityHeaders(publicURL: runtime.configuration.publicURL)
    }

    public func respond(to request: Request) async -> Response {
        var exchange = Exchange(request)
        let segments = request.segments
        var response: Response
        if segments.first == "api", segments.dropFirst().first == "v1" {
            do {
                response = try await answer(&exchange)
            } catch {
                response = refuse(error, &exchange)
            }
        } else {
            response = await outsideAPI(&exchange)
        }
        response.headers += exchange.headers
        finish(&response, exchange.info)
        exchange.conclude(response.status, in: runtime)
        return response
    }

    private func refuse(_ problem: Problem, _ exchange: inout Exchange) -> Response {
        exchange.problem = problem.code
        return document(problem, exchange.info)
    }

    /// A page, else what the site has there.
    private func outsideAPI(_ exchange: inout Exchange) async -> Response {
        if let response = await page(for: &exchange) { return response }
        if let response = await site.respond(to: exchange.request) { return response }
        return absent(&exchange)
    }

    /// Nothing lies there: a page for whoever looks at it in a browser, a problem for programs.
    private func absent(_ exchange: inout Exchange) -> Response {
        let media = exchange.request.headers.list("accept").map { $0.prefix { $0 != ";" }.lowercased() }
        guard exchange.request.segments.first != "api", media.contains("text/html") else {
            return refuse(.notFound, &exchange)
        }
        exchange.problem = Problem.notFound.code
        return PageFrame(runtime: runtime, language: exchange.info.language).response(.notFound)
    }

    private func answer(_ exchange: inout Exchange) async throws(Problem) -> Response {
        let request = exchange.request
        let method: Method = request.method == .head ? .get : request.method
        let found: RouteDefinition
        let parameters: [String]
        switch runtime.registry.router.match(method, request.segments) {
        case .notFound: throw Problem.notFound
        case .methodNotAllowed(let methods): return try await methodNotAllowed(methods, &exchange)
        case .found(let definition, let values):
            found = definition
            parameters = values
        }
        exchange.route = found
        if let deprecation = found.deprecation { exchange.headers += deprecation.headers }
        try await identify(found, &exchange)
        try await count(found, &exchange)
        let (caller, info) = (exchange.caller, exchange.info)
        try Self.admit(found, caller.principal)
        let context = Context(
            runtime: runtime, principal: caller.principal, request: info, now: runtime.clock.now())
        let answer = try await found.respond(
            Call(context: context, request: request, parameters: parameters))
        var response = Response(
            status: answer.status, headers: answer.headers.map { (name: $0.0, value: $0.1) },
            body: answer.body)
        if let cookie = caller.cookie, response.header("Set-Cookie") == nil {
            let renewal = SessionRenewal(runtime: runtime, cookie: cookie)
            response.headers += await renewal.headers(info).map { (name: $0.0, value: $0.1) }
        }
        return response
    }

    /// Who calls. One who can't be told counts against the address.
    private func identify(_ route: RouteDefinition, _ exchange: inout Exchange) async throws(Problem) {
        do throws(Problem) {
            exchange.begin(
                try await Authentication(runtime: runtime).caller(of: exchange.request, for: route))
        } catch {
            if error.status == 401 { await tellOrigin(&exchange) }
            let network = exchange.request.remoteNetwork
            try await draw({ $0.anonymous(network, isWrite: false) }, &exchange)
            throw error
        }
    }

    /// Who is not known any more belongs to no organization: the page may see that where any organization
    /// lists its origin, so that it signs in anew.
    private func tellOrigin(_ exchange: inout Exchange) async {
        guard exchange.request.headers["origin"] != nil else { return }
        let listed = await runtime.origins.origins(runtime)
        exchange.headers += CrossOrigin(request: exchange.request).headers(listed: listed)
    }

    private func count(_ route: RouteDefinition, _ exchange: inout Exchange) async throws(Problem) {
        let (caller, isWrite) = (exchange.caller.principal, exchange.isWrite)
        let network = exchange.request.remoteNetwork
        // Signing in and its like count by address, whoever one is already.
        let isAnonymous = caller.user == nil || (route.access == .open && isWrite)
        try await draw(
            { isAnonymous ? $0.anonymous(network, isWrite: isWrite) : $0.known(caller, isWrite: isWrite) },
            &exchange)
    }

    /// Draws on allowances; 429 when one of them is used up.
    func draw(
        _ allowances: (RequestAllowances) -> [RequestAllowance], _ exchange: inout Exchange
    ) async throws(Problem) {
        guard let limits = runtime.configuration.requestLimits else { return }
        let drawn = allowances(RequestAllowances(limits: limits))
        switch await runtime.limiter.draw(drawn, now: runtime.clock.now()) {
        case .admitted(let standing): exchange.tell(standing)
        case .refused(let standing):
            exchange.tell(standing)
            throw Problem(
                429, "rate_limited", ["limit": "\(standing.limit)", "seconds": "\(standing.reset)"],
                headers: [("Retry-After", "\(standing.reset)")])
        case .lacking, nil: return
        }
    }

    /// Suspension, second factor, organization, plugin and permission, in that order.
    static func admit(_ route: RouteDefinition, _ caller: Principal) throws(Problem) {
        if caller.isSuspended, !route.outlastsSuspension { throw Problem.suspended }
        if caller.lacksSecondFactor, !route.precedesSecondFactor { throw Problem(403, "two_factor_required") }
        if caller.key != nil, !route.admitsKeys { throw Problem(403, "not_for_keys") }
        switch route.access {
        case .open, .signedIn: return
        case .member, .permission:
            guard caller.organization != nil else { throw Problem(409, "no_organization") }
            guard caller.plugins.contains(route.plugin) else { throw Problem.notFound }
            if case .permission(let name) = route.access, !caller.grant.holds(name) {
                throw Problem.permissionRequired(name)
            }
        case .vendor(let least):
            guard caller.vendorRole?.covers(least) == true else { throw Problem(403, "vendor_role_required") }
        }
    }

    private func methodNotAllowed(_ methods: [Method], _ exchange: inout Exchange) async throws(Problem)
        -> Response
    {
        let names = Set(methods + (methods.contains(.get) ? [.head] : []) + [.options]).map(\.name).sorted()
        let allow = names.joined(separator: ", ")
        guard exchange.request.method == .options else {
            throw Problem(405, "method_not_allowed", ["allowed": allow], headers: [("Allow", allow)])
        }
        if exchange.request.headers["origin"] != nil {
            let listed = await runtime.origins.origins(runtime)
            exchange.headers += CrossOrigin(request: exchange.request).preflight(allow, listed: listed)
        }
        return Response(status: 204, headers: [(name: "Allow", value: allow)])
    }

    /// A problem as a response, for the reader of HTTP too.
    func document(_ problem: Problem, _ info: RequestInfo) -> Response {
        ProblemDocument(
            problem: problem, request: info, messages: runtime.registry.messages,
            publicURL: runtime.configuration.publicURL
        ).response
    }

    /// The answer to a request that could not be read as HTTP.
    public func refusal(status: Int) -> Response {
        let codes = [
            408: "request_timeout", 413: "too_large", 414: "uri_too_long", 417: "expectation_failed",
            431: "head_too_large", 501: "not_implemented", 503: "unavailable", 505: "version_not_supported",
        ]
        let info = RequestInfo(id: UUIDv7.make().description)
        var response = document(Problem(status, codes[status] ?? "malformed_request"), info)
        finish(&response, info)
        return response
    }

    private func finish(_ response: inout Response, _ info: RequestInfo) {
        response.headers.append((name: "X-Request-ID", value: info.id))
        security.add(to: &response)
    }
}
