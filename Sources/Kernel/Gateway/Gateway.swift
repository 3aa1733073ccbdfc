public import HTTP
internal import Loop
internal import Wire

/// The way of every request: route, principal, plugin, permission, action, answer; the one place where problems
/// become responses.
public final class Gateway: Responder {
    private let runtime: Runtime
    private let site: Site

    /// Answers for a runtime; `site` is what lies outside of `/api/v1`.
    public init(runtime: Runtime, site: Site) {
        self.runtime = runtime
        self.site = site
    }

    public func respond(to request: Request) async -> Response {
        let info = RequestReading(request: request).info()
        let segments = request.segments
        var route = "-"
        var caller = Principal.anonymous
        var response: Response
        if segments.first == "api", segments.dropFirst().first == "v1" {
            do {
                response = try await answer(request, info, &route, &caller)
            } catch {
                response = document(error, info)
            }
        } else {
            response = await site.respond(to: request) ?? document(.notFound, info)
        }
        finish(&response, info)
        let microseconds = Monotonic.microseconds() - request.receivedAt
        runtime.metrics.request(
            Metrics.RequestKey(method: request.method.name, route: route, status: response.status),
            microseconds: microseconds)
        log(request, info, route, caller, response, microseconds)
        return response
    }

    private func answer(
        _ request: Request, _ info: RequestInfo, _ route: inout String, _ caller: inout Principal
    ) async throws(Problem) -> Response {
        let method: Method = request.method == .head ? .get : request.method
        let found: RouteDefinition
        let parameters: [String]
        switch runtime.registry.router.match(method, request.segments) {
        case .notFound: throw Problem.notFound
        case .methodNotAllowed(let methods): return try methodNotAllowed(request, methods)
        case .found(let definition, let values):
            found = definition
            parameters = values
        }
        route = found.route.path
        caller = try await Authentication(runtime: runtime).principal(of: request, for: found)
        let info = info.speaking(caller, request)
        let context = Context(runtime: runtime, principal: caller, request: info, now: runtime.clock.now())
        do throws(Problem) {
            try admit(found, caller)
            let answer = try await found.respond(
                Call(context: context, request: request, parameters: parameters))
            return Response(
                status: answer.status, headers: answer.headers.map { (name: $0.0, value: $0.1) },
                body: answer.body)
        } catch {
            return document(error, info)
        }
    }

    /// Organization, plugin and permission, in that order.
    private func admit(_ route: RouteDefinition, _ caller: Principal) throws(Problem) {
        switch route.access {
        case .open, .signedIn: return
        case .member, .permission:
            guard caller.organization != nil else { throw Problem(409, "no_organization") }
            guard caller.plugins.contains(route.plugin) else { throw Problem.notFound }
            if case .permission(let name) = route.access, !caller.grant.holds(name) {
                throw Problem.permissionRequired(name)
            }
        }
    }

    private func methodNotAllowed(_ request: Request, _ methods: [Method]) throws(Problem) -> Response {
        let names = Set(methods + (methods.contains(.get) ? [.head] : []) + [.options]).map(\.name).sorted()
        let allow = names.joined(separator: ", ")
        if request.method == .options {
            return Response(status: 204, headers: [(name: "Allow", value: allow)])
        }
        throw Problem(405, "method_not_allowed", ["allowed": allow], headers: [("Allow", allow)])
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
        response.headers.append((name: "X-Content-Type-Options", value: "nosniff"))
        response.headers.append((name: "Referrer-Policy", value: "no-referrer"))
        if response.header("Cache-Control") == nil {
            response.headers.append((name: "Cache-Control", value: "no-store"))
        }
        if response.header("Content-Security-Policy") == nil {
            response.headers.append(
                (name: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'"))
        }
    }

    private func log(
        _ request: Request, _ info: RequestInfo, _ route: String, _ caller: Principal, _ response: Response,
        _ microseconds: Int64
    ) {
        let isSlow = microseconds >= Int64(runtime.configuration.slowRequest) * 1000
        let level: Log.Level = response.status >= 500 ? .error : isSlow ? .warning : .info
        guard runtime.log.writes(level) else { return }
        runtime.log.line(
            level, isSlow ? "request.slow" : "request",
            [
                ("id", .string(info.id)), ("method", .string(request.method.name)), ("route", .string(route)),
                ("status", .number(JSONNumber(Int64(response.status)))),
                ("microseconds", .number(JSONNumber(microseconds))),
                ("organization", caller.organization.map { .string($0.description) } ?? .null),
                ("user", caller.user.map { .string($0.description) } ?? .null),
            ])
    }
}
