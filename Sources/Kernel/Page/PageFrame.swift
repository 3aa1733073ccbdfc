internal import HTTP

/// A whole page: head, the platform's mark, one heading, what its content writes, and the other language.
struct PageFrame {
    let runtime: Runtime
    let language: Language
    /// What the links to other languages keep of the address, each name and value escaped: `token=a&next=b`.
    var kept = ""

    /// A page as a response.
    func response(_ status: Int, title: String, _ content: HTMLWriter) -> Response {
        Response(
            status: status,
            headers: [
                (name: "Content-Type", value: "text/html; charset=utf-8"),
                (name: "Content-Language", value: language.rawValue),
                (name: "Vary", value: "Accept-Language, Cookie"),
                (name: "Content-Security-Policy", value: policy),
            ], body: .bytes(bytes(title, content)))
    }

    /// A problem as a page.
    func response(_ problem: Problem) -> Response {
        var content = HTMLWriter()
        let code = problem.code
        let detail = PageProblem(problem: problem, messages: runtime.registry.messages, language: language)
        content.element("p", detail.sentence)
        content.element("p", [("class", "links")]) { html in
            html.element("a", [("href", "/")], text("page.home"))
        }
        var response = response(problem.status, title: text("problem.\(code)"), content)
        response.headers += problem.headers.map { (name: $0.0, value: $0.1) }
        return response
    }

    private func text(_ key: String) -> String { runtime.registry.messages.text(key, in: language) }

    /// No script at all, and styles from our own files.
    private var policy: String {
        let elsewhere = runtime.configuration.web?.elsewhere ?? ""
        return """
            default-src 'none'; style-src 'self'\(elsewhere); img-src 'self' data:\(elsewhere); \
            font-src 'self'\(elsewhere); form-action 'self'; base-uri 'none'; frame-ancestors 'none'
            """
    }

    private func bytes(_ title: String, _ content: HTMLWriter) -> [UInt8] {
        var html = HTMLWriter(capacity: content.bytes.count + 2048)
        html.raw("<!doctype html>\n")
        html.element("html", [("lang", language.rawValue)]) { html in
            head(title, &html)
            html.element("body") { html in
                html.element("main") { html in
                    html.raw("<p class=\"mark\" aria-hidden=\"true\">S</p>")
                    html.element("h1", title)
                    html.append(content)
                }
                footer(&html)
            }
        }
        html.raw("\n")
        return html.bytes
    }

    private func head(_ title: String, _ html: inout HTMLWriter) {
        let web = runtime.configuration.web
        html.element("head") { html in
            html.raw("<meta charset=\"utf-8\">")
            html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            html.raw("<meta name=\"color-scheme\" content=\"light dark\">")
            html.element("title", title.contains("Stratikey") ? title : "\(title) · Stratikey")
            if let icon = web?.address(of: "icon.svg") {
                html.open("link", [("rel", "icon"), ("type", "image/svg+xml"), ("href", icon)])
            }
            if let font = web?.address(of: "inter.woff2") {
                html.open(
                    "link",
                    [
                        ("rel", "preload"), ("as", "font"), ("type", "font/woff2"), ("href", font),
                        ("crossorigin", "anonymous"),
                    ])
            }
            if let style = web?.address(of: "public.css") {
                html.open("link", [("rel", "stylesheet"), ("href", style)])
            }
        }
    }

    private func footer(_ html: inout HTMLWriter) {
        html.element("footer") { html in
            html.element("nav", [("aria-label", text("page.language"))]) { html in
                for other in Language.allCases {
                    let query = "?lang=\(other.rawValue)\(kept.isEmpty ? "" : "&\(kept)")"
                    let current = other == language ? [("aria-current" as StaticString, "true")] : []
                    html.element(
                        "a",
                        [("href", query), ("hreflang", other.rawValue), ("lang", other.rawValue)] + current,
                        runtime.registry.messages.text("page.language.name", in: other))
                }
            }
        }
    }
}
