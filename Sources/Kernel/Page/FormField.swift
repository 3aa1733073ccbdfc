/// One field of a page's form.
public struct FormField: Sendable {
    /// What is typed there; decides the input's type and what browsers fill in.
    public enum Kind: Sendable {
        case text
        /// A name or the like, with the word of HTML's `autocomplete`.
        case known(StaticString)
        /// The address that one signs in with.
        case userName
        case newEmail
        case currentPassword
        case newPassword
        /// A one-time code, or what stands in for one.
        case oneTimeCode

        var isPassword: Bool {
            switch self {
            case .currentPassword, .newPassword: true
            default: false
            }
        }

        /// Codes are no secret for long, but never right twice.
        var isForgotten: Bool { if case .oneTimeCode = self { true } else { isPassword } }

        var type: String {
            switch self {
            case .currentPassword, .newPassword: "password"
            case .userName, .newEmail: "email"
            default: "text"
            }
        }

        var autocomplete: String {
            switch self {
            case .text: "off"
            case .known(let word): "\(word)"
            case .userName: "username"
            case .newEmail: "email"
            case .currentPassword: "current-password"
            case .newPassword: "new-password"
            case .oneTimeCode: "one-time-code"
            }
        }
    }

    let name: String
    let label: String
    let kind: Kind
    let isOptional: Bool
    let hint: String?

    /// A field called as the API calls it, with the text of its label and, where something has to be said
    /// beforehand, of a hint.
    public init(
        _ name: String, _ label: String, _ kind: Kind = .text, isOptional: Bool = false, hint: String? = nil
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.isOptional = isOptional
        self.hint = hint
    }
}

extension HTMLWriter {
    /// The page's form: fields with their faults, what it passes on, one button. `hidden` are further members.
    public mutating func form(
        of visit: Visit, _ fields: [FormField], button: String, hidden: [(name: String, value: String)] = []
    ) {
        // What is wrong, else what has to be typed once more, else the beginning.
        let focused =
            fields.first { visit.fault(at: $0.name) != nil }
            ?? fields.first { visit.problem != nil && $0.kind.isForgotten } ?? fields.first
        element("form", [("method", "post"), ("action", visit.path)]) { html in
            for pair in [(name: "proof", value: visit.proof)] + visit.kept + hidden {
                html.open("input", [("type", "hidden"), ("name", pair.name), ("value", pair.value)])
            }
            for field in fields { html.field(field, visit, isFocused: field.name == focused?.name) }
            html.complaint(of: visit)
            html.element("button", [("type", "submit")], button)
        }
    }

    /// What is wrong, for a page without a form.
    public mutating func complaint(of visit: Visit) {
        guard let complaint = visit.complaint else { return }
        element("p", [("class", "complaint"), ("role", "alert")], complaint)
    }

    /// Something that went well, or that is to be known.
    public mutating func notice(_ text: String) {
        element("p", [("class", "notice"), ("role", "status")], text)
    }

    /// Links below the form, in a row.
    public mutating func links(_ links: [(path: String, text: String)]) {
        element("ul", [("class", "links")]) { html in
            for link in links {
                html.element("li") { html in html.element("a", [("href", link.path)], link.text) }
            }
        }
    }

    private mutating func field(_ field: FormField, _ visit: Visit, isFocused: Bool) {
        let fault = visit.fault(at: field.name)
        let notes = [field.hint.map { _ in "\(field.name)-hint" }, fault.map { _ in "\(field.name)-fault" }]
            .compactMap { $0 }
        var attributes: [(StaticString, String)] = [
            ("id", field.name), ("name", field.name), ("type", field.kind.type),
            ("autocomplete", field.kind.autocomplete),
        ]
        if !field.kind.isForgotten { attributes.append(("value", visit[field.name])) }
        if !field.isOptional { attributes.append(("required", "")) }
        if case .text = field.kind {
        } else {
            attributes += [("autocapitalize", "none"), ("spellcheck", "false")]
        }
        if !notes.isEmpty { attributes.append(("aria-describedby", notes.joined(separator: " "))) }
        if fault != nil { attributes.append(("aria-invalid", "true")) }
        if isFocused { attributes.append(("autofocus", "")) }
        element("div", [("class", "field")]) { html in
            html.element("label", [("for", field.name)], field.label)
            html.open("input", attributes)
            if let hint = field.hint {
                html.element("p", [("class", "hint"), ("id", "\(field.name)-hint")], hint)
            }
            if let fault {
                html.element("p", [("class", "fault"), ("id", "\(field.name)-fault")], fault)
            }
        }
    }
}
