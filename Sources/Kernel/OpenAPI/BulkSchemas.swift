internal import Wire

/// Schemas of changes of many records.
struct BulkSchemas {
    let entity: EntityDefinition

    /// What a request may send: which records, and what becomes of them.
    var request: JSON {
        var members = JSONObject()
        members["filter"] = ["$ref": "#/components/schemas/Filter"]
        members["q"] = ["type": ["string", "null"], "maxLength": 200]
        members["ids"] = [
            "type": "array", "items": ["type": "string", "format": "uuid"], "minItems": 1,
            "maxItems": .integer(BulkRequest.mostIDs),
        ]
        if entity.operations.contains(.update) {
            members["set"] = ["$ref": .string("#/components/schemas/\(entity.name).update")]
        }
        if entity.operations.contains(.delete) { members["delete"] = ["type": ["boolean", "null"]] }
        members["preview"] = ["type": ["boolean", "null"]]
        return ["type": "object", "properties": .object(members), "additionalProperties": false]
    }

    /// 200 is a preview, 202 the work.
    static func answer(_ status: Int, of entity: String) -> JSON {
        status == 202 ? ["$ref": "#/components/schemas/BulkStarted"] : preview
    }

    static var started: JSON {
        SharedSchemas.object([
            ("id", ["type": "string", "format": "uuid"]), ("job", ["type": "string", "format": "uuid"]),
            ("status", ["const": "queued"]), ("undo", ["type": "string"]),
        ])
    }

    /// What stands in the way of a record.
    static var error: JSON {
        SharedSchemas.object([
            ("id", ["type": "string", "format": "uuid"]), ("field", ["type": ["string", "null"]]),
            ("code", ["type": "string"]), ("message", ["type": "string"]),
        ])
    }

    /// Each of the first records has its members and `changes`.
    private static var preview: JSON {
        let change = SharedSchemas.object([
            ("field", ["type": "string"]), ("label", ["type": "string"]), ("from", [:]), ("to", [:]),
        ])
        let record: JSON = [
            "type": "object",
            "properties": [
                "id": ["type": "string", "format": "uuid"], "changes": ["type": "array", "items": change],
            ],
            "required": ["id", "changes"],
        ]
        return SharedSchemas.object([
            ("count", ["type": "integer", "minimum": 0]),
            ("first", ["type": "array", "items": record, "maxItems": 10]),
            (
                "errors",
                ["type": "array", "items": ["$ref": "#/components/schemas/BulkError"], "maxItems": 100]
            ),
        ])
    }
}
