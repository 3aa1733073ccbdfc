internal import Wire

/// The API's own description, for machines.
struct ShowOpenAPI: Action {
    struct Input: Shape {
        let language = Field.choice("language", default: DocumentLanguage.en)
    }

    static let route = Route.get("/openapi.json")
    static let access = RouteAccess.open

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let registry = context.runtime.registry
        let language = input.language.language
        let publicURL = context.runtime.configuration.publicURL
        let document = DocumentCache.shared.document(
            "openapi \(language.rawValue) \(publicURL)", of: registry
        ) {
            OpenAPIDocument(registry: registry, publicURL: publicURL, language: language).json.encoded()
        }
        return Answer.json(document.bytes).with("ETag", document.tag).with(
            "Cache-Control", "public, no-cache")
    }
}

/// The languages that documents are in, as requests name them.
enum DocumentLanguage: String, Choice {
    case en, it

    var language: Language { self == .it ? .italian : .english }
}
