internal import HTTP
internal import Loop
internal import Postgres
internal import Synchronization
internal import Wire

/// Lets pages of other origins read answers: those that the caller's organization lists, and by tokens and
/// keys only; the browser's cookie is never sent along.
struct CrossOrigin {
    let request: Request

    private static let exposed = """
        Content-Disposition, Deprecation, Duplicates, ETag, Idempotent-Replayed, Link, Location, \
        RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Sunset, traceparent, X-Request-ID
        """
    private static let accepted = """
        Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, \
        Last-Event-ID, traceparent, X-Request-ID
        """

    /// What an answer to a caller says; nothing to an origin that the organization does not list.
    func headers(for caller: Caller) -> [(name: String, value: String)] {
        let listed = caller.principal.preferences.corsOrigins
        let origins = request.headers.all("origin")
        guard !listed.isEmpty || !origins.isEmpty else { return [] }
        return answer(origins, caller.cookie == nil ? listed : [])
    }

    /// What an answer says to one whose token or key does not hold: the origin may read it where any
    /// organization lists it. A browser's cookie is another matter.
    func headers(listed: Set<String>) -> [(name: String, value: String)] {
        answer(request.headers.all("origin"), request.headers["cookie"] == nil ? listed : [])
    }

    private func answer(
        _ origins: [String], _ listed: some Collection<String>
    ) -> [(name: String, value: String)] {
        let vary = [(name: "Vary", value: "Origin")]
        guard origins.count == 1, let origin = allowed(origins[0], listed) else { return vary }
        return vary + [
            (name: "Access-Control-Allow-Origin", value: origin),
            (name: "Access-Control-Expose-Headers", value: Self.exposed),
        ]
    }

    /// What a preflight is told, which names no caller: the origin may ask where any organization lists it.
    func preflight(_ methods: String, listed: Set<String>) -> [(name: String, value: String)] {
        let origins = request.headers.all("origin")
        let vary = [
            (name: "Vary", value: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
        ]
        guard request.headers["access-control-request-method"] != nil, origins.count == 1,
            let origin = allowed(origins[0], listed)
        else { return origins.isEmpty ? [] : vary }
        return vary + [
            (name: "Access-Control-Allow-Origin", value: origin),
            (name: "Access-Control-Allow-Methods", value: methods),
            (name: "Access-Control-Allow-Headers", value: Self.accepted),
            (name: "Access-Control-Max-Age", value: "600"),
        ]
    }

    private func allowed(_ origin: String, _ listed: some Collection<String>) -> String? {
        if listed.contains(origin) { return origin }
        return listed.contains("*") ? "*" : nil
    }
}

/// The origins that any organization lists, read anew when one may have changed.
final class CrossOriginList: Sendable {
    private struct State {
        var origins: Set<String> = []
        var readAt: Int64 = .min
        var isStale = true
    }

    /// Milliseconds: however many settings change, no more than one look a second; at the latest after a
    /// minute.
    private static let shortest: Int64 = 1000
    private static let longest: Int64 = 60_000

    private let state = Mutex(State())

    /// Settings of some organization have changed.
    func forget() { state.withLock { $0.isStale = true } }

    /// All of them; none while the database does not answer, which is asked again after a second.
    func origins(_ runtime: Runtime) async -> Set<String> {
        let now = Monotonic.milliseconds()
        let kept = state.withLock { state -> Set<String>? in
            guard state.readAt != .min else { return nil }
            let age = now - state.readAt
            return age >= Self.longest || (state.isStale && age >= Self.shortest) ? nil : state.origins
        }
        if let kept { return kept }
        state.withLock { $0.isStale = false }
        let context = Context(
            runtime: runtime, principal: .anonymous, request: RequestInfo(id: ""), now: runtime.clock.now())
        let rows = try? await context.read("select o.origin from platform.list_cors_origins() as o")
        let origins = Set(rows.map { rows in (0..<rows.count).compactMap { rows[$0, 0] } } ?? [])
        state.withLock { state in
            state.origins = origins
            state.readAt = now
            if rows == nil { state.isStale = true }
        }
        return origins
    }
}

/// An origin as browsers write it: scheme, host in lower case, port where it is not the scheme's own; or `*`.
public enum WebOrigin {
    /// Whether text is one.
    public static func isValid(_ text: String) -> Bool {
        if text == "*" { return true }
        let form =
            #/
            (https?) :// ([a-z0-9] ([a-z0-9\-]* [a-z0-9])? (\. [a-z0-9] ([a-z0-9\-]* [a-z0-9])?)*)
            (: ([1-9] [0-9]{0,4}))?
            /#
        guard text.utf8.count <= 255, let match = text.wholeMatch(of: form) else { return false }
        guard let port = match.output.7.flatMap({ Int($0) }) else { return true }
        return port <= 65_535 && port != (match.output.1 == "https" ? 443 : 80)
    }
}
