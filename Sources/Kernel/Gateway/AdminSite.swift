public import HTTP

/// What the admin address answers: figures for a scraper, and health. It belongs on a loopback or private
/// address: whoever reaches it is not asked who they are.
public final class AdminSite: Responder {
    private let runtime: Runtime
    private let page: MetricsPage

    /// Tells of a runtime and of the public server's `connections`.
    public init(runtime: Runtime, connections: @escaping @Sendable () -> Int) {
        self.runtime = runtime
        page = MetricsPage(runtime: runtime, connections: connections)
    }

    public func respond(to request: Request) async -> Response {
        guard request.method == .get || request.method == .head else {
            return Self.plain(405, "GET only\n", [(name: "Allow", value: "GET, HEAD")])
        }
        switch request.segments {
        case ["metrics"]:
            return Response(
                status: 200, headers: [(name: "Content-Type", value: MetricsText.media)],
                body: .bytes(Array(await page.text().utf8)))
        case ["health", "live"]: return Self.plain(200, "ok\n")
        default: return Self.plain(404, "/metrics and /health/live are here\n")
        }
    }

    /// The answer to a request that could not be read as HTTP.
    public static func refusal(status: Int) -> Response { plain(status, "refused\n") }

    private static func plain(
        _ status: Int, _ text: String, _ headers: [(name: String, value: String)] = []
    ) -> Response {
        Response(
            status: status, headers: headers + [(name: "Content-Type", value: "text/plain; charset=utf-8")],
            body: .bytes(Array(text.utf8)))
    }
}
