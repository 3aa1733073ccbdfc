/// An entity in the docs: its fields and its standard routes.
struct DocsEntity {
    let entity: EntityDefinition
    let registry: Registry
    let language: Language

    func write(to html: inout HTMLWriter) {
        html.element("section", [("class", "group"), ("id", entity.name)]) { html in
            html.element("h3") { html in
                html.text(text("entity.\(entity.name).many"))
                html.raw(" ")
                html.element("code", entity.name)
            }
            html.element("details", [("class", "fields"), ("id", "fields-\(entity.name)")]) { html in
                html.element("summary", text("docs.fields"))
                table(&html)
            }
            for route in registry.routes where route.entity == entity.name {
                DocsRoute(route: route, registry: registry, language: language).write(to: &html)
            }
        }
    }

    private func text(_ key: String) -> String { registry.messages.text(key, in: language) }

    private func table(_ html: inout HTMLWriter) {
        html.element("div", [("class", "scroll")]) { html in
            html.element("table") { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        for key in ["field", "kind", "rules", "operators"] {
                            html.element("th", [("scope", "col")], text("docs.column.\(key)"))
                        }
                    }
                }
                html.element("tbody") { html in
                    for field in entity.fields where !field.isSecret {
                        row(field, label: "field.\(entity.name).\(field.key)", &html)
                    }
                    for field in EntityDefinition.standardFields {
                        row(field, label: "field.standard.\(field.key)", &html)
                    }
                }
            }
        }
    }

    private func row(_ field: FieldDefinition, label: String, _ html: inout HTMLWriter) {
        html.element("tr") { html in
            html.element("td") { html in
                html.element("code", field.key)
                html.element("span", [("class", "quiet")], text(label))
            }
            DocsField(field: field, registry: registry, language: language).cells(&html)
            let operators = FilterOperator.allowed(for: field.kind).map(\.rawValue).joined(separator: " ")
            html.element("td", [("class", "quiet")], operators)
        }
    }
}

/// A field's kind and rules as cells of a table.
struct DocsField {
    let field: FieldDefinition
    let registry: Registry
    let language: Language

    func cells(_ html: inout HTMLWriter) {
        html.element("td") { html in
            if let target = field.target, let entity = registry.entity(target) {
                html.element("a", [("href", "#\(target)")], text("entity.\(entity.name).one"))
            } else {
                html.text(text("kind.\(field.kind.name)"))
            }
            if let extent { html.element("span", [("class", "quiet")], extent) }
        }
        html.element("td", [("class", "rules")]) { html in
            for rule in rules { html.element("span", [("class", "rule")], text("docs.rule.\(rule)")) }
        }
    }

    private func text(_ key: String) -> String { registry.messages.text(key, in: language) }

    private var extent: String? {
        switch field.kind {
        case .text(let maximum), .longText(let maximum): "≤ \(maximum)"
        case .integer(let bounds):
            bounds.upperBound < 9_007_199_254_740_991 ? "\(bounds.lowerBound) … \(bounds.upperBound)" : nil
        case .choice(let cases): cases.joined(separator: " · ")
        default: nil
        }
    }

    private var rules: [String] {
        var rules: [String] = []
        if field.isRequired, field.isWritable, field.defaultValue == nil { rules.append("required") }
        if field.isUnique { rules.append("unique") }
        if !field.isWritable { rules.append("read_only") }
        if field.isImmutable { rules.append("immutable") }
        if field.defaultValue != nil { rules.append("default") }
        if field.isSearchable { rules.append("searchable") }
        if field.isIndexed { rules.append("indexed") }
        return rules
    }
}
