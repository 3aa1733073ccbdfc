public import HTTP
internal import Wire

/// What lies outside of `/api/v1`: health, keys, the web client, the API's docs.
public struct Site: Sendable {
    /// Answers a path of the site, or nil where nothing lies there.
    public typealias Page = @Sendable (Request) async -> Response?

    private let runtime: Runtime
    private let pages: [Page]
    private let health: Health

    /// Puts the site together; pages are asked in order.
    public init(runtime: Runtime, health: Health, pages: [Page] = []) {
        self.runtime = runtime
        self.health = health
        self.pages = pages
    }

    func respond(to request: Request) async -> Response? {
        guard request.method == .get || request.method == .head else { return nil }
        switch request.segments {
        case ["health", "live"]: return Self.json(["status": "ok"])
        case ["health", "ready"]:
            if await health.isReady() { return Self.json(["status": "ok"]) }
            var response = Self.json(["status": "unavailable"], status: 503)
            response.headers.append((name: "Retry-After", value: "\(Health.retryAfter)"))
            return response
        case [".well-known", "jwks.json"]:
            var response = Self.json(runtime.tokens.jwks())
            response.headers.append((name: "Cache-Control", value: "public, max-age=300"))
            return response
        default: break
        }
        if let response = runtime.configuration.web?.respond(to: request) { return response }
        for page in pages {
            if let response = await page(request) { return response }
        }
        return nil
    }

    private static func json(_ value: JSON, status: Int = 200) -> Response {
        Response(
            status: status, headers: [(name: "Content-Type", value: "application/json")],
            body: .bytes(value.encoded()))
    }
}
