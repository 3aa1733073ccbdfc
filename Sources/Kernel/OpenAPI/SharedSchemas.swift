internal import Wire

/// Schemas that every entity's routes share.
enum SharedSchemas {
    /// Schemas by component name.
    static var all: [(name: String, schema: JSON)] {
        [
            (name: "Currency", schema: currency), (name: "Address", schema: address),
            (name: "TimeWindows", schema: timeWindows), (name: "Page", schema: page),
            (name: "Problem", schema: problem), (name: "Filter", schema: filter),
            (name: "History", schema: history),
            (name: "AccessAnswer", schema: access), (name: "Aggregate", schema: aggregate),
            (name: "Marks", schema: marks), (name: "BulkStarted", schema: BulkSchemas.started),
            (name: "BulkError", schema: BulkSchemas.error),
        ]
    }

    private static var currency: JSON {
        ["type": "string", "enum": .array(CurrencyCodes.all.sorted().map { .string($0) })]
    }

    private static var address: JSON {
        var members = JSONObject()
        for part in AddressDecoder.parts {
            members[part.key] = ["type": ["string", "null"], "maxLength": .integer(part.maximum)]
        }
        for coordinate in AddressDecoder.coordinates {
            let limit = JSONNumber(coordinate.limit).map(JSON.number) ?? .null
            let negative = JSONNumber(-coordinate.limit).map(JSON.number) ?? .null
            members[coordinate.key] = ["type": ["number", "null"], "minimum": negative, "maximum": limit]
        }
        return ["type": "object", "properties": .object(members), "additionalProperties": false]
    }

    /// Hours of a week; 1 is Monday.
    private static var timeWindows: JSON {
        let time: JSON = ["type": "string", "pattern": "^([0-1]?[0-9]|2[0-3]):[0-5][0-9]$|^24:00$"]
        return [
            "type": "array", "maxItems": .integer(TimeWindowsDecoder.most),
            "items": [
                "type": "object",
                "properties": [
                    "day": ["type": "integer", "minimum": 1, "maximum": 7], "from": time, "to": time,
                ],
                "required": ["day", "from", "to"], "additionalProperties": false,
            ],
        ]
    }

    private static var page: JSON {
        [
            "type": "object",
            "properties": [
                "limit": ["type": "integer", "minimum": 1], "next": ["type": ["string", "null"]],
                "previous": ["type": ["string", "null"]], "number": ["type": "integer", "minimum": 1],
                "pages": ["type": ["integer", "null"]], "total": ["type": ["integer", "null"]],
                "estimated": ["type": "boolean"],
            ],
            "required": ["limit", "next", "previous", "total", "estimated"], "additionalProperties": false,
        ]
    }

    /// RFC 9457; further members say what a code is about.
    private static var problem: JSON {
        let fault: JSON = [
            "type": "object",
            "properties": [
                "field": ["type": "string"], "code": ["type": "string"], "message": ["type": "string"],
                "expected": ["type": "string"],
            ],
            "required": ["field", "code", "message"], "additionalProperties": false,
        ]
        return [
            "type": "object",
            "properties": [
                "type": ["type": "string", "format": "uri"], "title": ["type": "string"],
                "status": ["type": "integer", "minimum": 400, "maximum": 599], "detail": ["type": "string"],
                "code": ["type": "string"], "request_id": ["type": "string"],
                "errors": ["type": "array", "items": fault, "maxItems": 100],
            ],
            "required": ["type", "title", "status", "detail", "code", "request_id"],
        ]
    }

    /// The JSON of `filter=`: groups of conditions.
    private static var filter: JSON {
        let reference: JSON = ["$ref": "#/components/schemas/Filter"]
        let operators: [JSON] = FilterOperator.allCases.map { .string($0.rawValue) }
        func group(_ key: String) -> JSON {
            [
                "type": "object", "properties": [key: ["type": "array", "items": reference, "minItems": 1]],
                "required": [.string(key)], "additionalProperties": false,
            ]
        }
        let condition: JSON = [
            "type": "array", "prefixItems": [["type": "string"], ["enum": .array(operators)], [:]],
            "minItems": 3,
            "maxItems": 3,
        ]
        return ["anyOf": [group("all"), group("any"), condition]]
    }

    private static var history: JSON {
        let change = object([
            ("field", ["type": "string"]), ("label", ["type": "string"]), ("from", [:]), ("to", [:]),
        ])
        let actor = object([
            ("kind", ["type": ["string", "null"]]), ("id", ["type": ["string", "null"]]),
            ("name", ["type": ["string", "null"]]),
        ])
        let entry = object([
            ("at", ["type": "string", "format": "date-time"]), ("by", actor), ("action", ["type": "string"]),
            ("changes", ["type": "array", "items": change]), ("request_id", ["type": ["string", "null"]]),
        ])
        return object([
            ("data", ["type": "array", "items": entry]), ("page", ["$ref": "#/components/schemas/Page"]),
        ])
    }

    private static var access: JSON {
        let scopes: [JSON] = ScopeLevel.allCases.map { .string($0.rawValue) }
        let right = object([
            ("permission", ["type": "string"]), ("scope", ["enum": .array(scopes)]),
            ("allowed", ["type": "boolean"]),
            ("because", ["type": "string"]), ("explanation", ["type": "string"]),
        ])
        return object([
            ("member_id", ["type": ["string", "null"], "format": "uuid"]),
            ("role_id", ["type": ["string", "null"], "format": "uuid"]),
            ("role", ["type": ["string", "null"]]),
            ("read", right), ("write", right),
            ("hidden_fields", ["type": "array", "items": ["type": "string"]]),
        ])
    }

    /// Groups; measures and currencies are further members.
    private static var aggregate: JSON {
        let group: JSON = [
            "type": "object",
            "properties": [
                "group": ["type": "object"], "label": ["type": ["string", "null"]],
                "count": ["type": "integer"],
            ],
            "required": ["group", "label"],
        ]
        return object([
            ("data", ["type": "array", "items": group]), ("page", ["$ref": "#/components/schemas/Page"]),
        ])
    }

    private static var marks: JSON {
        let mark = object([
            ("index", ["type": "integer", "minimum": 0]), ("cursor", ["type": "string"]),
        ])
        return object([
            ("data", ["type": "array", "items": mark, "maxItems": .integer(ListMarks.most)]),
            ("total", ["type": "integer", "minimum": 0]),
        ])
    }

    /// An object with exactly these members.
    static func object(_ members: [(String, JSON)]) -> JSON {
        var properties = JSONObject()
        for (key, schema) in members { properties[key] = schema }
        return [
            "type": "object", "properties": .object(properties),
            "required": .array(members.map { .string($0.0) }), "additionalProperties": false,
        ]
    }
}
