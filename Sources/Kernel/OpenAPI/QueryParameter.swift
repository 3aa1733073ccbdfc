internal import Wire

extension ListParameters {
    /// One parameter of a query.
    struct Parameter {
        let name: String
        let schema: JSON
        /// A message key.
        let description: String
        var isArray = false
        /// Whether the value is a JSON document.
        var isJSON = false
    }
}

extension ListParameters.Parameter {
    /// The parameter as OpenAPI has it.
    func object(_ text: (String) -> String) -> JSON {
        var object = JSONObject()
        object["name"] = .string(name)
        object["in"] = "query"
        object["description"] = .string(text(description))
        if isJSON {
            object["content"] = ["application/json": ["schema": schema]]
            return .object(object)
        }
        if isArray {
            object["style"] = "form"
            object["explode"] = false
        }
        object["schema"] = schema
        return .object(object)
    }
}
