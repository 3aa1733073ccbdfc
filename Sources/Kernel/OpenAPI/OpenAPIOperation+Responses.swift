internal import Wire

extension OpenAPIOperation {
    /// What it answers, by status.
    var responses: JSONObject {
        var responses = JSONObject()
        for status in statuses.successes { responses["\(status)"] = success(status) }
        if statuses.isConditional { responses["304"] = ["$ref": "#/components/responses/NotModified"] }
        for status in statuses.problems {
            responses["\(status)"] = ["$ref": .string("#/components/responses/Problem\(status)")]
        }
        return responses
    }

    private func success(_ status: Int) -> JSON {
        var response = JSONObject()
        response["description"] = .string(text("status.\(status)"))
        var headers = JSONObject()
        for name in [
            "X-Request-ID", "traceparent", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
        ] {
            headers[name] = ["$ref": .string("#/components/headers/\(name)")]
        }
        if isTagged { headers["ETag"] = ["$ref": "#/components/headers/ETag"] }
        if route.operation == .create {
            headers["Location"] = ["$ref": "#/components/headers/Location"]
            headers["Duplicates"] = ["$ref": "#/components/headers/Duplicates"]
        }
        if statuses.isIdempotent {
            headers["Idempotent-Replayed"] = ["$ref": "#/components/headers/Idempotent-Replayed"]
        }
        response["headers"] = .object(headers)
        if route.operation == .bulk {
            response["content"] = Self.json(BulkSchemas.answer(status, of: route.entity ?? ""))
        } else if let content {
            response["content"] = content
        }
        return .object(response)
    }

    private var isTagged: Bool {
        switch route.operation {
        case .get, .create, .update, .restore, .transition: true
        default: statuses.isConditional
        }
    }

    private var content: JSON? {
        switch route.answer {
        case .nothing: return nil
        case .record(let name):
            let component = route.operation == .get ? "\(name).read" : name
            return Self.json(["$ref": .string("#/components/schemas/\(component)")])
        case .list(let name): return Self.json(["$ref": .string("#/components/schemas/\(name).page")])
        case .object(let members): return Self.json(AnswerSchema(members: members).schema)
        case .anyObject: return Self.json(objectSchema)
        case .media(let media) where isStream:
            let description = JSON.string(text("openapi.event_stream"))
            return [media: ["schema": ["type": "string", "description": description]]]
        case .media(let media): return route.operation == .export ? Self.exports : .object(Self.media(media))
        }
    }

    private var objectSchema: JSON {
        switch route.operation {
        case .history: ["$ref": "#/components/schemas/History"]
        case .access: ["$ref": "#/components/schemas/AccessAnswer"]
        case .aggregate: ["$ref": "#/components/schemas/Aggregate"]
        case .marks: ["$ref": "#/components/schemas/Marks"]
        default: ["type": "object"]
        }
    }

    private static func json(_ schema: JSON) -> JSON { ["application/json": ["schema": schema]] }

    private static func media(_ name: String) -> JSONObject {
        var content = JSONObject()
        content[name] = ["schema": [:]]
        return content
    }

    private static let exports: JSON = [
        "text/csv": ["schema": [:]], "application/json": ["schema": [:]], "application/pdf": ["schema": [:]],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["schema": [:]],
    ]
}
