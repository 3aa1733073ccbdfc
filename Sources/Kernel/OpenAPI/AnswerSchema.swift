internal import Wire

/// The schema of an action's answer, from the names and kinds of its members.
struct AnswerSchema {
    let members: [AnswerShape.FieldSummary]

    /// `?` behind a kind allows null; an object may always be absent. Members beyond the named ones may come.
    var schema: JSON {
        var properties = JSONObject()
        for member in members {
            if let nested = member.members {
                properties[member.name] = AnswerSchema(members: nested).schema
                continue
            }
            let isNullable = member.kind.hasSuffix("?") || member.kind == "object"
            let kind = member.kind.hasSuffix("?") ? String(member.kind.dropLast()) : member.kind
            let schema: JSON = ["type": .string(kind)]
            properties[member.name] = isNullable ? FieldSchema.nullable(schema) : schema
        }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array(members.map { .string($0.name) }),
        ]
    }
}
