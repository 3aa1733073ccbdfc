internal import Wire

/// Writes `/meta`.
struct MetaDocument {
    let registry: Registry
    let principal: Principal
    let language: Language

    /// The document as JSON.
    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 131_072)
        writer.beginObject()
        writer.field("language", language.rawValue)
        writePlugins(to: &writer)
        writer.key("entities")
        writer.beginArray()
        for entity in entities {
            MetaEntity(entity: entity, registry: registry, principal: principal, language: language).write(
                to: &writer)
        }
        writer.endArray()
        writer.field(
            "navigation", Navigation(registry: registry, principal: principal, language: language).json)
        writer.key("permissions")
        writer.beginObject()
        for (permission, scope) in principal.grant.scopes.sorted(by: { $0.key < $1.key }) where scope != .none
        {
            writer.field(permission, scope.rawValue)
        }
        writer.endObject()
        writer.key("messages")
        writer.beginObject()
        for (key, text) in registry.messages.all(in: language).sorted(by: { $0.key < $1.key }) {
            writer.field(key, text)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    /// What the caller may read, of plugins that are on.
    private var entities: [EntityDefinition] {
        registry.entities.filter {
            principal.plugins.contains($0.plugin) && principal.grant.holds($0.readPermission)
        }
    }

    private func writePlugins(to writer: inout JSONWriter) {
        writer.key("plugins")
        writer.beginArray()
        for manifest in registry.manifests where principal.plugins.contains(manifest.id) {
            writer.beginObject()
            writer.field("id", manifest.id)
            writer.field("label", registry.messages.text("plugin.\(manifest.id)", in: language))
            writer.field("version", manifest.version)
            writer.field("optional", manifest.isOptional)
            writer.endObject()
        }
        writer.endArray()
    }
}
