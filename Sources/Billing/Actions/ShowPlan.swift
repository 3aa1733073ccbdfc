internal import Kernel
internal import Postgres
internal import Wire

/// What the organization's plan lets it use.
struct ShowPlan: Action {
    typealias Input = NoInput
    static let route = Route.get("/plan")
    static let access = RouteAccess.member
    static let answer = AnswerShape.object([
        .init("code", "string"), .init("name", "string"), .init("plugins", "array"),
        .init("features", "object"),
        .init("limits", "object"),
    ])

    static func run(_ input: Values<NoInput>, in context: Context) async throws(Problem) -> Answer {
        let rows = try await context.read(
            "select p.code, p.name, p.features, p.limits from platform.describe_plan() p")
        guard rows.count == 1 else { throw Problem.notFound }
        let features = rows.json(0, 2) ?? [:]
        return .json([
            "code": .string(rows[0, 0] ?? ""), "name": .string(rows[0, 1] ?? ""),
            "plugins": .array(plugins(of: features, in: context).map { .string($0) }), "features": features,
            "limits": rows.json(0, 3) ?? [:],
        ])
    }

    /// The optional plugins that may be on; `*` in the plan stands for all of them.
    private static func plugins(of features: JSON, in context: Context) -> [String] {
        let named = Set((features["plugins"]?.arrayValue ?? []).compactMap(\.stringValue))
        return context.runtime.registry.manifests.filter(\.isOptional).map(\.id).filter {
            named.contains("*") || named.contains($0)
        }
    }
}
