internal import Wire

/// The JSON Schema of one field: as answers hold it and as requests may send it.
struct FieldSchema {
    let field: FieldDefinition

    /// Whether an answer may hold null: calculated content, and what need not be there.
    static func isNullable(_ field: FieldDefinition) -> Bool { field.computed != nil || !field.isRequired }

    /// What an answer holds. A field that no column backs may hold anything of its kind.
    var answer: JSON {
        if case .json = field.kind, field.nested == nil { return described([:]) }
        return described(
            Self.isNullable(field) ? Self.nullable(content(isSent: false)) : content(isSent: false))
    }

    /// What a request may send; null empties a field that need not have content.
    var request: JSON {
        if case .json = field.kind, field.nested == nil {
            return field.isRequired && field.defaultValue == nil ? ["not": ["type": "null"]] : [:]
        }
        let isNullable = !field.isRequired || field.defaultValue != nil
        return withDefault(isNullable ? Self.nullable(content(isSent: true)) : content(isSent: true))
    }

    /// What stands in a path or in a query.
    var parameter: JSON { withDefault(content(isSent: false)) }

    /// The same schema with null allowed.
    static func nullable(_ schema: JSON) -> JSON {
        guard case .object(var object) = schema else { return schema }
        guard let type = object["type"] else {
            return object.isEmpty ? schema : ["anyOf": [schema, ["type": "null"]]]
        }
        object["type"] = .array((type.arrayValue ?? [type]) + ["null"])
        if case .array(let cases)? = object["enum"] { object["enum"] = .array(cases + [.null]) }
        return .object(object)
    }

    private func content(isSent: Bool) -> JSON {
        switch field.kind {
        case .text(let maximum): return text(maximum, pattern: isSent ? TextPattern.line(isRequired) : nil)
        case .longText(let maximum):
            return text(maximum, pattern: isSent ? TextPattern.lines(isRequired) : nil)
        case .email: return ["type": "string", "format": "email", "maxLength": 254]
        case .phone:
            return isSent
                ? ["type": "string", "maxLength": 254] : ["type": "string", "pattern": #"^\+?[0-9]{5,15}$"#]
        case .url:
            return isSent
                ? ["type": "string", "maxLength": 2000]
                : ["type": "string", "pattern": "^[hH][tT][tT][pP][sS]?://"]
        case .currency: return ["$ref": "#/components/schemas/Currency"]
        case .choice(let cases): return ["type": "string", "enum": .array(cases.map { .string($0) })]
        case .date: return ["type": "string", "format": "date"]
        case .instant: return ["type": "string", "format": "date-time"]
        case .reference: return ["type": "string", "format": "uuid"]
        case .boolean: return ["type": "boolean"]
        case .integer(let bounds): return Self.integer(bounds)
        case .money: return Self.integer(-9_007_199_254_740_991...9_007_199_254_740_991)
        case .percent: return Self.integer(-1_000_000...1_000_000)
        case .address: return ["$ref": "#/components/schemas/Address"]
        case .timeWindows: return ["$ref": "#/components/schemas/TimeWindows"]
        case .json: return field.nested.map { Self.object($0, isSent: isSent) } ?? [:]
        case .ids: return ["type": "array", "items": ["type": "string", "format": "uuid"], "maxItems": 1000]
        }
    }

    /// An object with fields of its own. A request may leave out what has a default; an answer holds all of
    /// them.
    static func object(_ fields: [FieldDefinition], isSent: Bool) -> JSON {
        var members = JSONObject()
        for field in fields {
            let schema = FieldSchema(field: field)
            members[field.key] = isSent ? schema.request : schema.answer
        }
        let required = fields.filter { !isSent || $0.mustBeSent }.map { JSON.string($0.key) }
        var object = JSONObject()
        object["type"] = "object"
        object["properties"] = .object(members)
        if !required.isEmpty { object["required"] = .array(required) }
        object["additionalProperties"] = false
        return .object(object)
    }

    private var isRequired: Bool { field.isRequired && field.defaultValue == nil }

    private func text(_ maximum: Int, pattern: String?) -> JSON {
        var schema: JSONObject = JSONObject()
        schema["type"] = "string"
        schema["maxLength"] = .integer(maximum)
        if let pattern { schema["pattern"] = .string(pattern) }
        return .object(schema)
    }

    private static func integer(_ bounds: ClosedRange<Int64>) -> JSON {
        ["type": "integer", "minimum": .integer(bounds.lowerBound), "maximum": .integer(bounds.upperBound)]
    }

    private func withDefault(_ schema: JSON) -> JSON {
        guard case .object(var object) = schema, case .value(let value)? = field.defaultValue else {
            return schema
        }
        object["default"] = value.json
        return .object(object)
    }

    /// Says that the server alone sets it.
    private func described(_ schema: JSON) -> JSON {
        guard case .object(var object) = schema, !field.isWritable else { return schema }
        object["readOnly"] = true
        return .object(object)
    }
}

/// Regular expressions for typed text: white space around it is dropped, control characters are refused.
enum TextPattern {
    private static let blank =
        #"\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000\u2001\u2002-\u200a\u2028\u2029\u202f\u205f\u3000"#
    private static let control = #"\u0000-\u001f\u007f-\u009f"#
    private static let controlButBreaks = #"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"#

    /// One line; a required one has content besides white space.
    static func line(_ isRequired: Bool) -> String { pattern(isRequired, refused: control) }

    /// Several lines.
    static func lines(_ isRequired: Bool) -> String { pattern(isRequired, refused: controlButBreaks) }

    private static func pattern(_ isRequired: Bool, refused: String) -> String {
        guard isRequired else { return "^[\(blank)]*[^\(refused)]*[\(blank)]*$" }
        return "^[\(blank)]*[^\(control)\(blank)]([^\(refused)]*[^\(control)\(blank)])?[\(blank)]*$"
    }
}
