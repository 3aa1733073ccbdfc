/// The page that tells the API: how to speak with it, each plugin's entities and routes, every problem.
struct DocsPage {
    let registry: Registry
    let language: Language

    /// The page's HTML.
    var bytes: [UInt8] {
        var html = HTMLWriter(capacity: 262_144)
        html.raw("<!doctype html>\n")
        html.element("html", [("lang", language.rawValue)]) { html in
            head(&html)
            html.element("body") { html in
                header(&html)
                html.element("div", [("class", "columns")]) { html in
                    navigation(&html)
                    html.element("main", [("id", "content")]) { html in
                        introduction(&html)
                        for manifest in plugins { plugin(manifest.id, &html) }
                        problems(&html)
                    }
                }
                html.element("script", [("src", "/api/docs/docs.js")], "")
            }
        }
        return html.bytes
    }

    private func text(_ key: String) -> String { registry.messages.text(key, in: language) }

    /// Plugins that have routes, in their order.
    private var plugins: [Manifest] {
        let used = Set(registry.routes.map(\.plugin))
        return registry.manifests.filter { used.contains($0.id) }
    }

    // MARK: Frame

    private func head(_ html: inout HTMLWriter) {
        html.element("head") { html in
            html.raw("<meta charset=\"utf-8\">")
            html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            html.raw("<meta name=\"color-scheme\" content=\"light dark\">")
            html.element("title", text("docs.title"))
            html.raw("<link rel=\"stylesheet\" href=\"/api/docs/docs.css\">")
        }
    }

    private func header(_ html: inout HTMLWriter) {
        html.element("header") { html in
            html.element("a", [("class", "skip"), ("href", "#content")], text("docs.skip"))
            html.element("a", [("class", "brand"), ("href", "/api/docs")], text("docs.title"))
            html.element("label", [("class", "filter")]) { html in
                html.element("span", [("class", "hidden")], text("docs.filter"))
                html.open(
                    "input", [("type", "search"), ("id", "filter"), ("placeholder", text("docs.filter"))])
            }
            html.element("nav", [("class", "languages"), ("aria-label", text("docs.language"))]) { html in
                for other in Language.allCases {
                    let current = other == language ? [("aria-current" as StaticString, "true")] : []
                    html.element(
                        "a", [("href", "?language=\(other.rawValue)"), ("lang", other.rawValue)] + current,
                        other.rawValue.uppercased())
                }
                html.element(
                    "a",
                    [("class", "machine"), ("href", "/api/v1/openapi.json?language=\(language.rawValue)")],
                    "OpenAPI 3.1")
            }
        }
    }

    private func navigation(_ html: inout HTMLWriter) {
        html.element("nav", [("class", "contents"), ("aria-label", text("docs.contents"))]) { html in
            link("start", text("docs.start"), &html)
            for manifest in plugins {
                html.element("h2", text("plugin.\(manifest.id)"))
                for entity in registry.entities where entity.plugin == manifest.id {
                    link(entity.name, text("entity.\(entity.name).many"), &html)
                }
                if !actions(of: manifest.id).isEmpty {
                    link("actions-\(manifest.id)", text("docs.actions"), &html)
                }
            }
            html.element("h2", text("docs.reference"))
            link("problems", text("docs.problems"), &html)
        }
    }

    private func link(_ target: String, _ title: String, _ html: inout HTMLWriter) {
        html.element("a", [("href", "#\(target)")], title)
    }

    // MARK: Content

    private func introduction(_ html: inout HTMLWriter) {
        html.element("section", [("id", "start"), ("class", "prose")]) { html in
            html.element("h1", text("docs.title"))
            html.element("p", [("class", "lead")], text("docs.lead"))
            html.element("div", [("class", "topics")]) { html in
                for topic in ["sign_in", "records", "lists", "retries", "errors", "limits"] {
                    html.element("section") { html in
                        html.element("h3", text("docs.topic.\(topic)"))
                        html.element("p", text("docs.topic.\(topic).text"))
                        html.element("pre") { html in
                            html.element("code", text("docs.topic.\(topic).example"))
                        }
                    }
                }
            }
        }
    }

    private func plugin(_ id: String, _ html: inout HTMLWriter) {
        html.element("section", [("class", "plugin"), ("id", "plugin-\(id)")]) { html in
            html.element("h2", text("plugin.\(id)"))
            for entity in registry.entities where entity.plugin == id {
                DocsEntity(entity: entity, registry: registry, language: language).write(to: &html)
            }
            let actions = actions(of: id)
            guard !actions.isEmpty else { return }
            html.element("section", [("class", "group"), ("id", "actions-\(id)")]) { html in
                html.element("h3", text("docs.actions"))
                for route in actions {
                    DocsRoute(route: route, registry: registry, language: language).write(to: &html)
                }
            }
        }
    }

    private func actions(of plugin: String) -> [RouteDefinition] {
        registry.routes.filter { $0.plugin == plugin && $0.entity == nil }
    }

    /// One anchor for each code that a problem document's `type` leads to.
    private func problems(_ html: inout HTMLWriter) {
        html.element("section", [("id", "problems")]) { html in
            html.element("h2", text("docs.problems"))
            html.element("p", [("class", "quiet")], text("docs.problems.text"))
            html.element("div", [("class", "problems")]) { html in
                for code in Self.problemCodes(registry.messages.all(in: .english)) {
                    html.element("section", [("id", "problem-\(code)"), ("class", "problem")]) { html in
                        html.element("h3") { $0.element("code", code) }
                        html.element("p", text("problem.\(code)"))
                        let detail = "problem.\(code).detail"
                        if text(detail) != detail { html.element("p", [("class", "quiet")], text(detail)) }
                    }
                }
            }
        }
    }

    /// The codes of `problem.<code>`; a code has at most one dot, before a plugin's reason.
    static func problemCodes(_ texts: [String: String]) -> [String] {
        texts.keys.compactMap { key in
            guard key.hasPrefix("problem."), !key.hasSuffix(".detail") else { return nil }
            return String(key.dropFirst(8))
        }.sorted()
    }
}
