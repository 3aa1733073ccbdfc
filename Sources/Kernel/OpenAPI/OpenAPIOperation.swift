internal import HTTP
internal import Wire

/// One route as an operation of OpenAPI.
struct OpenAPIOperation {
    let route: RouteDefinition
    let registry: Registry
    let text: @Sendable (String) -> String

    var statuses: RouteStatuses { RouteStatuses(route, registry: registry) }
    private var entity: EntityDefinition? { route.entity.flatMap { registry.entity($0) } }

    /// The operation's object.
    var object: JSON {
        var operation = JSONObject()
        operation["operationId"] = .string(route.operationID)
        operation["tags"] = [.string(route.plugin)]
        operation["summary"] = .string(RouteText(route: route, registry: registry, text: text).summary)
        if let permission = route.access.permission {
            let description = text("openapi.permission").replacing("{permission}", with: "`\(permission)`")
            operation["description"] = .string(description)
            operation["x-permission"] = .string(permission)
        }
        if let role = route.access.vendorRole { operation["x-vendor-role"] = .string(role.rawValue) }
        if let deprecation = route.deprecation {
            operation["deprecated"] = true
            operation["x-deprecated-since"] = .string(deprecation.since.description)
            operation["x-sunset"] = deprecation.sunset.map { .string($0.description) }
        }
        operation["security"] = security
        let parameters = self.parameters
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body { operation["requestBody"] = body }
        operation["responses"] = .object(responses)
        return .object(operation)
    }

    private var security: JSON {
        switch route.access {
        case .open: []
        case .vendor: [["vendor": []]]
        case .signedIn, .member, .permission: [["bearer": []], ["cookie": []]]
        }
    }

    /// Whether the answer is an event stream.
    var isStream: Bool { route.answer == .media(FollowChanges.media) }

    // MARK: Parameters

    private var parameters: [JSON] {
        var parameters = route.route.parameters.map(pathParameter)
        parameters += queryParameters
        if statuses.isVersioned { parameters.append(["$ref": "#/components/parameters/If-Match"]) }
        if statuses.isIdempotent { parameters.append(["$ref": "#/components/parameters/Idempotency-Key"]) }
        if statuses.isConditional { parameters.append(["$ref": "#/components/parameters/If-None-Match"]) }
        if isStream { parameters.append(["$ref": "#/components/parameters/Last-Event-ID"]) }
        return parameters
    }

    private func pathParameter(_ name: String) -> JSON {
        let field = route.input.first { $0.key == name }
        let schema: JSON =
            field.map { FieldSchema(field: $0).parameter } ?? ["type": "string", "format": "uuid"]
        return ["name": .string(name), "in": "path", "required": true, "schema": schema]
    }

    private var queryParameters: [JSON] {
        guard let entity, let operation = route.operation else { return actionParameters }
        let lists = ListParameters(entity: entity, text: text)
        let shared = { (parameters: [ListParameters.Parameter]) -> [JSON] in
            parameters.map { ["$ref": .string("#/components/parameters/\(Self.name($0.name, of: entity))")] }
        }
        switch operation {
        case .list: return shared(lists.list)
        case .aggregate: return shared(lists.list) + lists.aggregate.map { $0.object(text) }
        case .marks: return shared(lists.list) + lists.marks.map { $0.object(text) }
        case .export: return shared(lists.exported) + lists.export.map { $0.object(text) }
        case .get: return shared(lists.single)
        case .history: return ListParameters.history.map { $0.object(text) }
        case .access:
            let schema: JSON = ["type": "string", "format": "uuid"]
            return [["name": "member_id", "in": "query", "schema": schema]]
        default: return []
        }
    }

    /// The component that holds a parameter of an entity's lists.
    static func name(_ parameter: String, of entity: EntityDefinition) -> String {
        let name = parameter.replacing("[", with: ".").replacing("]", with: "")
        return "\(entity.name).\(name)"
    }

    /// An action's fields stand in the query where it has no body.
    private var actionParameters: [JSON] {
        guard !statuses.hasBody, route.route.method == .get || route.route.method == .delete else {
            return []
        }
        return ownFields.map { field -> JSON in
            let isRequired = field.isRequired && field.defaultValue == nil
            var object = JSONObject()
            object["name"] = .string(field.key)
            object["in"] = "query"
            object["required"] = .bool(isRequired)
            if case .ids = field.kind {
                object["style"] = "form"
                object["explode"] = false
            }
            object["schema"] = FieldSchema(field: field).parameter
            return .object(object)
        }
    }

    private var ownFields: [FieldDefinition] {
        let path = Set(route.route.parameters)
        return route.input.filter { !path.contains($0.key) }
    }

    // MARK: Body

    private var body: JSON? {
        if statuses.hasForm {
            return ["required": true, "content": ["multipart/form-data": ["schema": form]]]
        }
        guard statuses.hasBody else { return nil }
        var media = JSONObject()
        media["schema"] = bodySchema
        if let entity {
            let example = EntityExample(entity: entity, text: text)
            if route.operation == .create { media["example"] = example.creation }
            if route.operation == .update { media["example"] = example.change }
        }
        return ["required": .bool(isBodyRequired), "content": ["application/json": .object(media)]]
    }

    /// Where every field may be left out, so may the body.
    private var isBodyRequired: Bool {
        route.operation != nil || ownFields.contains { $0.isRequired && $0.defaultValue == nil }
    }

    private var bodySchema: JSON {
        if let entity, let operation = route.operation {
            let names: [Operation: String] = [
                .create: "create", .update: "update", .transition: "transition",
                .bulk: "bulk",
            ]
            return ["$ref": .string("#/components/schemas/\(entity.name).\(names[operation] ?? "read")")]
        }
        return FieldSchema.object(ownFields, isSent: true)
    }

    /// A file for the records of an entity that can be imported.
    private var form: JSON {
        let names = registry.entities.filter { $0.operations.contains(.import) }.map { JSON.string($0.name) }
        return SharedSchemas.object([
            ("entity", ["type": "string", "enum": .array(names)]),
            ("file", ["type": "string", "contentMediaType": "application/octet-stream"]),
        ])
    }
}
