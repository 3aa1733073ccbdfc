internal import HTTP

/// The API's docs under `/api/docs`: pages made from the registry, their style and a filter, nothing from
/// elsewhere.
public enum DocsSite {
    /// Answers `/api/docs` and what belongs to them.
    public static func page(runtime: Runtime) -> Site.Page {
        { request in
            switch request.segments {
            case ["api", "docs"], ["api", "docs", ""]: document(request, runtime)
            case ["api", "docs", "docs.css"]:
                asset(request, DocsAssets.style, media: "text/css; charset=utf-8", name: "css", runtime)
            case ["api", "docs", "docs.js"]:
                asset(
                    request, DocsAssets.script, media: "text/javascript; charset=utf-8", name: "js", runtime)
            default: nil
            }
        }
    }

    private static func document(_ request: Request, _ runtime: Runtime) -> Response {
        let language = language(of: request)
        let registry = runtime.registry
        let page = DocumentCache.shared.document("docs \(language.rawValue)", of: registry) {
            DocsPage(registry: registry, language: language).bytes
        }
        return answer(
            request, page, media: "text/html; charset=utf-8",
            more: [
                (name: "Vary", value: "Accept-Language"),
                (name: "Content-Language", value: language.rawValue),
            ])
    }

    private static func asset(
        _ request: Request, _ text: String, media: String, name: String, _ runtime: Runtime
    ) -> Response {
        let asset = DocumentCache.shared.document("docs \(name)", of: runtime.registry) { Array(text.utf8) }
        return answer(request, asset, media: media, more: [])
    }

    private static func answer(
        _ request: Request, _ document: DocumentCache.Document, media: String,
        more: [(name: String, value: String)]
    ) -> Response {
        let form = DocumentForm(document.bytes, tag: document.tag, for: request)
        let headers =
            more + form.fields.map { (name: $0.0, value: $0.1) } + [
                (name: "Cache-Control", value: "public, no-cache"),
                (name: "Content-Security-Policy", value: policy),
            ]
        if EntityTags.isKnown(form.tag, to: request) { return Response(status: 304, headers: headers) }
        let content = [("Content-Type", media)] + form.contentFields
        return Response(
            status: 200, headers: content.map { (name: $0.0, value: $0.1) } + headers,
            body: .bytes(form.bytes))
    }

    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'self'; \
        frame-ancestors 'none'
        """

    /// `?language=`, else what the browser prefers.
    private static func language(of request: Request) -> Language {
        let asked = (try? request.query)?.first { $0.name == "language" }.flatMap {
            Language(rawValue: $0.value)
        }
        return asked ?? RequestReading(request: request).language ?? .italian
    }
}
