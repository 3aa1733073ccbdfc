internal import Wire

/// What a client builds itself from: entities, views, navigation, rights and texts that the caller may see.
struct ShowMeta: Action {
    typealias Input = NoInput
    static let route = Route.get("/meta")
    static let access = RouteAccess.member
    static let answer = AnswerShape.object([
        .init("language", "string"), .init("plugins", "array"), .init("entities", "array"),
        .init("navigation", "array"), .init("permissions", "object"), .init("messages", "object"),
    ])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let principal = context.principal
        let name =
            "meta \(context.request.language.rawValue) \(principal.plugins.sorted().joined(separator: ","))"
        let document = DocumentCache.shared.document(name, of: principal.grant) {
            MetaDocument(
                registry: context.runtime.registry, principal: principal, language: context.request.language
            )
            .bytes
        }
        return Answer.json(document.bytes).with("ETag", document.tag).with(
            "Cache-Control", "private, no-cache")
    }
}
