internal import HTTP
public import Wire

/// The API as an OpenAPI 3.1 document, made from the registry alone.
public struct OpenAPIDocument: Sendable {
    private let registry: Registry
    private let publicURL: String
    private let language: Language

    /// Describes an installation in one language.
    public init(registry: Registry, publicURL: String, language: Language) {
        self.registry = registry
        self.publicURL = publicURL
        self.language = language
    }

    /// The whole document; it depends on nothing but the compiled-in plugins.
    public var json: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": .string(text("openapi.title")), "description": .string(text("openapi.description")),
                "version": "1",
            ],
            "servers": [["url": .string("\(publicURL)/api/v1")]],
            "externalDocs": ["url": .string("\(publicURL)/api/docs")],
            "security": [["bearer": []], ["cookie": []]], "tags": .array(tags), "paths": .object(paths),
            "components": .object(components),
        ]
    }

    private var text: @Sendable (String) -> String {
        let messages = registry.messages
        let language = language
        return { messages.text($0, in: language) }
    }

    private var tags: [JSON] {
        let used = Set(registry.routes.map(\.plugin))
        return registry.manifests.filter { used.contains($0.id) }.map { manifest in
            ["name": .string(manifest.id), "description": .string(text("plugin.\(manifest.id)"))]
        }
    }

    private var paths: JSONObject {
        var paths = JSONObject()
        for route in registry.routes {
            var item = paths[route.route.path]?.objectValue ?? JSONObject()
            item[route.route.method.name.lowercased()] =
                OpenAPIOperation(route: route, registry: registry, text: text).object
            paths[route.route.path] = .object(item)
        }
        return paths
    }

    private var components: JSONObject {
        var components = JSONObject()
        components["schemas"] = .object(schemas)
        components["parameters"] = .object(parameters)
        components["headers"] = OpenAPIParts(text: text).headers
        components["responses"] = .object(responses)
        components["securitySchemes"] = [
            "bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"],
            "vendor": [
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": .string(text("openapi.vendor")),
            ],
            "cookie": [
                "type": "apiKey", "in": "cookie",
                "name": .string(SessionCookies(publicURL: publicURL, secretKey: []).name),
                "description": .string(text("openapi.cookie")),
            ],
        ]
        return components
    }

    private var schemas: JSONObject {
        var schemas = JSONObject()
        for shared in SharedSchemas.all { schemas[shared.name] = shared.schema }
        for entity in registry.entities {
            for own in EntitySchemas(entity: entity, registry: registry, text: text).all {
                schemas[own.name] = own.schema
            }
        }
        return schemas
    }

    private var parameters: JSONObject {
        var parameters = OpenAPIParts(text: text).parameters
        for entity in registry.entities {
            let lists = ListParameters(entity: entity, text: text)
            for parameter in lists.list {
                parameters[OpenAPIOperation.name(parameter.name, of: entity)] = parameter.object(text)
            }
        }
        return parameters
    }

    private var responses: JSONObject {
        var statuses: Set<Int> = []
        for route in registry.routes { statuses.formUnion(RouteStatuses(route, registry: registry).problems) }
        return OpenAPIParts(text: text).responses(statuses.sorted())
    }
}
