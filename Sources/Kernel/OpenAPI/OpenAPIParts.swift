internal import Wire

/// The parameters, headers and answers that many operations share.
struct OpenAPIParts {
    let text: @Sendable (String) -> String

    /// Request headers by component name.
    var parameters: JSONObject {
        var parameters = JSONObject()
        for (name, schema) in [
            ("If-Match", ["type": "string"]), ("If-None-Match", ["type": "string"]),
            ("Idempotency-Key", ["type": "string", "maxLength": 255]), ("Last-Event-ID", ["type": "string"]),
        ] as [(String, JSON)] {
            let description = text("openapi.header.\(name)")
            parameters[name] = [
                "name": .string(name), "in": "header", "description": .string(description), "schema": schema,
            ]
        }
        return parameters
    }

    /// Headers of answers by component name.
    var headers: JSON {
        var headers = JSONObject()
        let string: JSON = ["type": "string"]
        for (name, schema) in [
            ("X-Request-ID", string), ("ETag", string), ("Location", string), ("Duplicates", string),
            ("Idempotent-Replayed", ["type": "string", "const": "true"]), ("WWW-Authenticate", string),
            ("Allow", string),
            ("Retry-After", ["type": "integer", "minimum": 0]),
            ("RateLimit-Limit", ["type": "integer", "minimum": 1]),
            ("RateLimit-Remaining", ["type": "integer", "minimum": 0]),
            ("RateLimit-Reset", ["type": "integer", "minimum": 0]),
            ("traceparent", string),
        ] as [(String, JSON)] {
            headers[name] = ["description": .string(text("openapi.header.\(name)")), "schema": schema]
        }
        return .object(headers)
    }

    /// A problem document for each status.
    func responses(_ statuses: [Int]) -> JSONObject {
        var responses = JSONObject()
        for status in statuses {
            responses["Problem\(status)"] = [
                "description": .string(text("status.\(status)")), "headers": .object(problemHeaders(status)),
                "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
            ]
        }
        responses["NotModified"] = [
            "description": .string(text("status.304")),
            "headers": ["ETag": ["$ref": "#/components/headers/ETag"]],
        ]
        return responses
    }

    private func problemHeaders(_ status: Int) -> JSONObject {
        let own: [Int: [String]] = [
            401: ["WWW-Authenticate"], 405: ["Allow"], 503: ["Retry-After"],
            429: ["Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
        ]
        var headers = JSONObject()
        for name in ["X-Request-ID", "traceparent"] + (own[status] ?? []) {
            headers[name] = ["$ref": .string("#/components/headers/\(name)")]
        }
        return headers
    }
}
