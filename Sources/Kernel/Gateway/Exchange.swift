internal import HTTP
internal import Loop
internal import Wire

/// A request on its way through the gateway, with what was found out about it so far.
struct Exchange {
    let request: Request
    var info: RequestInfo
    var route: RouteDefinition?
    /// The path of a page, as it is declared.
    var page: String?
    var proof: FormProofs.Proof?
    var caller = Caller.anonymous
    /// The code of the problem that it is answered by.
    var problem: String?
    /// What the answer says beside its own headers, whatever it is.
    var headers: [(name: String, value: String)] = []

    init(_ request: Request) {
        self.request = request
        info = RequestReading(request: request).info()
        // Told to those who trace: to others two answers that say the same look the same.
        if request.headers["traceparent"] != nil, let trace = info.trace {
            headers.append((name: "traceparent", value: trace.header))
        }
    }

    var isWrite: Bool { request.method != .get && request.method != .head && request.method != .options }

    /// The caller is known: language, handover of sessions and other origins follow.
    mutating func begin(_ caller: Caller) {
        self.caller = caller
        info = info.speaking(caller.principal, request)
        if caller.cookie != nil || BrowserRequest.asksForCookie(request) { info.handover = .cookie }
        headers += CrossOrigin(request: request).headers(for: caller)
    }

    /// Where the caller stands against the limits.
    mutating func tell(_ standing: RequestWindow.Standing) {
        headers.append((name: "RateLimit-Limit", value: "\(standing.limit)"))
        headers.append((name: "RateLimit-Remaining", value: "\(standing.remaining)"))
        headers.append((name: "RateLimit-Reset", value: "\(standing.reset)"))
    }

    /// The answer is made: metrics and log.
    func conclude(_ status: Int, in runtime: Runtime) {
        let microseconds = Monotonic.microseconds() - request.receivedAt
        let path = route?.route.path ?? page ?? "-"
        runtime.metrics.request(
            Metrics.RequestKey(method: request.method.name, route: path, status: status),
            microseconds: microseconds)
        let isSlow = microseconds >= Int64(runtime.configuration.slowRequest) * 1000
        let level: Log.Level = status >= 500 ? .error : isSlow ? .warning : .info
        guard runtime.log.writes(level) else { return }
        var fields: [(String, JSON)] = [
            ("id", .string(info.id)), ("method", .string(request.method.name)),
            ("route", .string(path)), ("status", .number(JSONNumber(Int64(status)))),
            ("microseconds", .number(JSONNumber(microseconds))),
            ("organization", caller.principal.organization.map { .string($0.description) } ?? .null),
            ("user", caller.principal.user.map { .string($0.description) } ?? .null),
            ("trace_id", info.trace.map { .string($0.traceID) } ?? .null),
            ("span_id", info.trace.map { .string($0.spanID) } ?? .null),
        ]
        if let problem { fields.append(("code", .string(problem))) }
        runtime.log.line(level, isSlow ? "request.slow" : "request", fields)
    }
}
