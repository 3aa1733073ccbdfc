internal import Wire

/// The sections of the client in product.md's order, limited to what the caller may read.
struct Navigation {
    let registry: Registry
    let principal: Principal
    let language: Language

    /// A section with the plugins whose entities it shows; the first that is on gives its name.
    private static let sections: [(id: String, plugins: [String])] = [
        (id: "marketing", plugins: ["marketing"]), (id: "sales", plugins: ["sales", "directory"]),
        (id: "tasks", plugins: ["tasks"]), (id: "marketplace", plugins: ["marketplace"]),
        (id: "settings", plugins: ["kernel", "tenancy", "billing"]),
        (id: "field_service", plugins: ["field_service"]),
        (id: "support", plugins: ["support"]), (id: "loyalty", plugins: ["loyalty"]),
    ]

    /// `[{"id","label","items":[{"id","label","entities":[…]}]}]`
    var json: JSON {
        let known = Set(Self.sections.flatMap(\.plugins))
        let others = registry.manifests.map(\.id).filter { !known.contains($0) }.map {
            (id: $0, plugins: [$0])
        }
        return .array((Self.sections + others).compactMap { section($0.id, $0.plugins) })
    }

    private func section(_ id: String, _ plugins: [String]) -> JSON? {
        let entities = plugins.flatMap { plugin in
            registry.entities.filter { $0.plugin == plugin && isOpen($0) }
        }
        guard let first = entities.first else { return nil }
        let isSettings = id == "settings"
        let label = isSettings ? "navigation.settings" : "plugin.\(first.plugin)"
        let data = item("data", entities: entities)
        return [
            "id": .string(isSettings ? id : first.plugin), "label": .string(text(label)),
            "items": .array(isSettings ? [data] : activities(first.plugin) + [data]),
        ]
    }

    /// Dashboards need something to count, activities the task manager.
    private func activities(_ plugin: String) -> [JSON] {
        var items: [JSON] = []
        let counted = registry.entities.contains {
            $0.plugin == plugin && isOpen($0) && $0.operations.contains(.aggregate)
        }
        if counted { items.append(item("overview", entities: [])) }
        let tasks = registry.entities.filter { $0.plugin == "tasks" && plugin != "tasks" && isOpen($0) }
        if !tasks.isEmpty { items.append(item("activities", entities: tasks)) }
        return items
    }

    private func item(_ id: String, entities: [EntityDefinition]) -> JSON {
        [
            "id": .string(id), "label": .string(text("navigation.\(id)")),
            "entities": .array(entities.map { .string($0.name) }),
        ]
    }

    private func isOpen(_ entity: EntityDefinition) -> Bool {
        principal.plugins.contains(entity.plugin) && entity.operations.contains(.list)
            && principal.grant.holds(entity.readPermission)
    }

    private func text(_ key: String) -> String { registry.messages.text(key, in: language) }
}
