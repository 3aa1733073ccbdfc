/// What a route does, in a line.
struct RouteText {
    let route: RouteDefinition
    let registry: Registry
    let text: @Sendable (String) -> String

    /// `route.<operation>` with the entity's name, or the action's own line.
    var summary: String {
        guard let name = route.entity, let operation = route.operation else {
            return text("action.\(route.operationID)")
        }
        return text("route.\(operation.rawValue)")
            .replacing("{one}", with: Self.lowered(text("entity.\(name).one")))
            .replacing("{many}", with: Self.lowered(text("entity.\(name).many")))
    }

    /// Starts in lower case inside of a sentence, unless it is an abbreviation.
    private static func lowered(_ name: String) -> String {
        guard let second = name.dropFirst().first, second.isLowercase else { return name }
        return name.prefix(1).lowercased() + name.dropFirst()
    }
}
