internal import HTTP
internal import Wire

/// One route in the docs: what it does, who may call it, what it takes and what it answers.
struct DocsRoute {
    let route: RouteDefinition
    let registry: Registry
    let language: Language

    func write(to html: inout HTMLWriter) {
        html.element("details", [("class", "route"), ("id", route.operationID)]) { html in
            html.element("summary") { html in
                let method = route.route.method.name
                html.element("span", [("class", "method \(method.lowercased())")], method)
                html.element("code", route.route.path)
                html.element("span", [("class", "what")], summary)
                html.element("span", [("class", "who")], access)
            }
            html.element("div", [("class", "inside")]) { html in
                parameters(&html)
                body(&html)
                answers(&html)
            }
        }
    }

    private func text(_ key: String) -> String { registry.messages.text(key, in: language) }

    private var resolve: @Sendable (String) -> String {
        let messages = registry.messages
        let language = language
        return { messages.text($0, in: language) }
    }

    private var statuses: RouteStatuses { RouteStatuses(route, registry: registry) }
    private var summary: String { RouteText(route: route, registry: registry, text: resolve).summary }

    private var access: String {
        switch route.access {
        case .open: text("docs.access.open")
        case .signedIn: text("docs.access.signed_in")
        case .member: text("docs.access.member")
        case .permission(let name): name
        case .vendor(let role): text("docs.access.vendor.\(role.rawValue)")
        }
    }

    // MARK: What it takes

    private func parameters(_ html: inout HTMLWriter) {
        var rows: [(name: String, place: String, description: String)] = route.route.parameters.map {
            (name: $0, place: text("docs.place.path"), description: "")
        }
        rows += queryNames.map {
            (name: $0.name, place: text("docs.place.query"), description: $0.description)
        }
        for (name, isSent) in [
            ("If-Match", statuses.isVersioned), ("If-None-Match", statuses.isConditional),
            ("Idempotency-Key", statuses.isIdempotent),
        ] where isSent {
            rows.append(
                (name: name, place: text("docs.place.header"), description: text("openapi.header.\(name)")))
        }
        guard !rows.isEmpty else { return }
        html.element("h4", text("docs.parameters"))
        html.element("div", [("class", "scroll")]) { html in
            html.element("table") { html in
                html.element("tbody") { html in
                    for row in rows {
                        html.element("tr") { html in
                            html.element("td") { $0.element("code", row.name) }
                            html.element("td", [("class", "quiet")], row.place)
                            html.element("td", row.description)
                        }
                    }
                }
            }
        }
    }

    /// The filters of a list stand with the entity's fields, so here they are one row.
    private var queryNames: [(name: String, description: String)] {
        guard let entity = route.entity.flatMap({ registry.entity($0) }), let operation = route.operation
        else {
            guard route.route.method == .get || route.route.method == .delete else { return [] }
            return ownFields.map { (name: $0.key, description: text("kind.\($0.kind.name)")) }
        }
        let lists = ListParameters(entity: entity, text: resolve)
        let filters = Set(lists.filters.map(\.name))
        let listed = operation == .export ? lists.exported : lists.list
        let shared =
            [(name: "field[operator]", description: text("openapi.parameter.fields_filter"))]
            + named(listed.filter { !filters.contains($0.name) })
        switch operation {
        case .list: return shared
        case .aggregate: return named(lists.aggregate) + shared
        case .marks: return named(lists.marks) + shared
        case .export: return named(lists.export) + shared
        case .get: return named(lists.single)
        case .history: return named(ListParameters.history)
        case .access: return [(name: "member_id", description: text("openapi.parameter.member_id"))]
        default: return []
        }
    }

    private func named(_ parameters: [ListParameters.Parameter]) -> [(name: String, description: String)] {
        parameters.map { (name: $0.name, description: text($0.description)) }
    }

    private var ownFields: [FieldDefinition] {
        let path = Set(route.route.parameters)
        return route.input.filter { !path.contains($0.key) }
    }

    private func body(_ html: inout HTMLWriter) {
        guard statuses.hasBody || statuses.hasForm else { return }
        html.element("h4", text("docs.body"))
        guard statuses.hasBody else {
            html.element("p", text("docs.form"))
            return
        }
        if let entity = route.entity.flatMap({ registry.entity($0) }) {
            let example = EntityExample(entity: entity, text: resolve)
            switch route.operation {
            case .create: code(example.creation, &html)
            case .update: code(example.change, &html)
            default: code(["to": "…", "reason": "…"], &html)
            }
            return
        }
        html.element("div", [("class", "scroll")]) { html in
            html.element("table") { html in
                html.element("tbody") { html in
                    for field in ownFields {
                        html.element("tr") { html in
                            html.element("td") { $0.element("code", field.key) }
                            DocsField(field: field, registry: registry, language: language).cells(&html)
                        }
                    }
                }
            }
        }
    }

    /// One member a line.
    private func code(_ example: JSON, _ html: inout HTMLWriter) {
        let lines = (example.objectValue?.entries ?? []).map {
            "  \(JSON.string($0.key).text): \($0.value.text)"
        }
        html.element("pre") { $0.element("code", "{\n\(lines.joined(separator: ",\n"))\n}") }
    }

    // MARK: What it answers

    private func answers(_ html: inout HTMLWriter) {
        html.element("h4", text("docs.answers"))
        html.element("ul", [("class", "answers")]) { html in
            for status in statuses.successes + (statuses.isConditional ? [304] : []) {
                answer(status, "good", &html)
            }
            for status in statuses.problems { answer(status, "bad", &html) }
        }
    }

    private func answer(_ status: Int, _ tone: String, _ html: inout HTMLWriter) {
        html.element("li") { html in
            html.element("span", [("class", "status \(tone)")], "\(status)")
            html.text(text("status.\(status)"))
        }
    }
}
