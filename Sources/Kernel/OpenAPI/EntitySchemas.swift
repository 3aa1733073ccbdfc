internal import Wire

/// The schemas of one entity: its record, what lists and reads give of it, and what requests may send.
struct EntitySchemas {
    let entity: EntityDefinition
    let registry: Registry
    let text: @Sendable (String) -> String

    /// Schemas by component name.
    var all: [(name: String, schema: JSON)] {
        var schemas: [(name: String, schema: JSON)] = [
            (name: entity.name, schema: record),
            (name: "\(entity.name).read", schema: read),
            (name: "\(entity.name).page", schema: Self.page(of: "\(entity.name).read")),
        ]
        if entity.operations.contains(.create) {
            schemas.append((name: "\(entity.name).create", schema: input(.create)))
        }
        if entity.operations.contains(.update) {
            schemas.append((name: "\(entity.name).update", schema: input(.update)))
        }
        if entity.operations.contains(.bulk) {
            schemas.append((name: "\(entity.name).bulk", schema: BulkSchemas(entity: entity).request))
        }
        if let machine = entity.stateMachine {
            schemas.append((name: "\(entity.name).transition", schema: transition(machine)))
        }
        return schemas
    }

    /// A whole record. Declared fields can be missing: a role may hide any of them.
    private var record: JSON {
        var required = ["id", "type", "custom", "tags"]
        required += EntityDefinition.standardFields.map(\.key)
        return [
            "type": "object", "title": .string(text("entity.\(entity.name).one")),
            "properties": .object(properties),
            "required": .array(required.map { .string($0) }), "additionalProperties": false,
            "examples": [EntityExample(entity: entity, text: text).record],
        ]
    }

    /// A record as `fields` and `include` shape it.
    private var read: JSON {
        var members = properties
        for field in entity.fields {
            guard let name = field.includeName, let target = field.target else { continue }
            members[name] = [
                "anyOf": [["$ref": .string("#/components/schemas/\(target)")], ["type": "null"]]
            ]
        }
        return ["type": "object", "properties": .object(members), "additionalProperties": false]
    }

    private var properties: JSONObject {
        var members = JSONObject()
        members["id"] = ["type": "string", "format": "uuid", "readOnly": true]
        members["type"] = ["const": .string(entity.name)]
        for field in entity.fields where !field.isSecret {
            members[field.key] = titled(FieldSchema(field: answered(field)).answer, field.key)
        }
        members["custom"] = ["type": "object", "additionalProperties": true]
        members["tags"] = ["type": "array", "items": ["type": "string"]]
        for field in EntityDefinition.standardFields {
            let isAlways = ["created_at", "updated_at", "version"].contains(field.key)
            let schema = FieldSchema(field: field).answer
            members[field.key] = isAlways ? schema : FieldSchema.nullable(schema)
        }
        return members
    }

    /// A money field that may be empty leaves its currency empty too.
    private func answered(_ field: FieldDefinition) -> FieldDefinition {
        guard field.kind == .currency, field.key.hasSuffix("_currency"),
            let money = entity.field(String(field.key.dropLast(9))), money.kind == .money, !money.isRequired
        else { return field }
        var field = field
        field.isRequired = false
        return field
    }

    private func titled(_ schema: JSON, _ key: String) -> JSON {
        guard case .object(var object) = schema, object["$ref"] == nil else { return schema }
        object["title"] = .string(text("field.\(entity.name).\(key)"))
        return .object(object)
    }

    private func input(_ kind: ChangeKind) -> JSON {
        var members = JSONObject()
        var required: [JSON] = []
        if kind == .create {
            members["id"] = [
                "type": "string", "format": "uuid", "description": .string(text("openapi.client_id")),
            ]
        }
        for field in entity.fields where field.isWritable && !(field.isImmutable && kind == .update) {
            var sent = field
            // What is not sent stays: a default is nothing that a change would take.
            if kind == .update { sent.defaultValue = nil }
            if kind == .create, field.isCompleted { sent.isRequired = false }
            members[field.key] = titled(FieldSchema(field: sent).request, field.key)
            if kind == .create, field.mustBeSent { required.append(.string(field.key)) }
        }
        var schema: JSON = ["type": "object", "properties": .object(members), "additionalProperties": false]
        if !required.isEmpty, case .object(var object) = schema {
            object["required"] = .array(required)
            schema = .object(object)
        }
        return schema
    }

    private func transition(_ machine: StateMachine) -> JSON {
        let states =
            entity.field(machine.field).map { FieldSchema(field: $0).parameter } ?? ["type": "string"]
        var object = states.objectValue ?? JSONObject()
        object["default"] = nil
        return [
            "type": "object",
            "properties": [
                "to": .object(object), "reason": ["type": ["string", "null"], "maxLength": 2000],
            ],
            "required": ["to"], "additionalProperties": false,
        ]
    }

    /// A page of what the named component describes.
    static func page(of component: String) -> JSON {
        [
            "type": "object",
            "properties": [
                "data": ["type": "array", "items": ["$ref": .string("#/components/schemas/\(component)")]],
                "page": ["$ref": "#/components/schemas/Page"],
            ],
            "required": ["data", "page"], "additionalProperties": false,
        ]
    }
}
