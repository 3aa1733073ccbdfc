internal import Kernel
internal import Postgres
internal import Wire

/// The plugins of the installation, and which are on here.
struct ListPlugins: Action {
    typealias Input = NoInput
    static let route = Route.get("/plugins")
    static let access = RouteAccess.permission("settings.read")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let isOn = try await PluginSwitch.read(in: context)
        let data = context.runtime.registry.manifests.map { manifest in
            PluginSwitch.json(manifest, isOn: isOn.contains(manifest.id), in: context)
        }
        return .json(["data": .array(data), "page": OnePage.json(limit: Int64(data.count))])
    }
}

/// Switches a plugin on or off. Off, its routes are not found and its data stays.
struct SwitchPlugin: Action {
    struct Input: Shape {
        let id = Field.text("id", max: 60)
        let on = Field.boolean("on")
        init() {}
    }

    static let route = Route.put("/plugins/{id}")
    static let access = RouteAccess.permission("settings.write")
    static let problems = [403, 404, 409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let registry = context.runtime.registry
        guard let manifest = registry.manifests.first(where: { $0.id == input.id }) else {
            throw Problem.notFound
        }
        let isOn = try await PluginSwitch.read(in: context)
        if input.on != isOn.contains(manifest.id) {
            guard manifest.isOptional else { throw Problem(409, "plugin_not_optional") }
            let others =
                input.on
                ? PluginSwitch.missing(for: manifest, isOn)
                : PluginSwitch.dependents(of: manifest, isOn, registry)
            guard others.isEmpty else {
                throw Problem(
                    409, input.on ? "plugin_requires" : "plugin_required",
                    ["plugins": others.joined(separator: ", ")],
                    members: [(key: "plugins", value: .array(others.map(JSON.string)))])
            }
            try await write(manifest.id, on: input.on, in: context)
        }
        return .json(PluginSwitch.json(manifest, isOn: input.on, in: context))
    }

    private static func write(_ plugin: String, on isOn: Bool, in context: Context) async throws(Problem) {
        if isOn {
            let rows = try await context.read("select platform.is_plugin_in_plan(\(plugin))")
            guard rows.bool(0, 0) == true else {
                throw Problem(403, "feature_not_in_plan", members: [(key: "feature", value: .string(plugin))])
            }
        }
        _ = try await context.write([
            """
            insert into kernel.installed_plugins (organization_id, plugin, is_on)
            values (\(try context.organization())::uuid, \(plugin), \(isOn))
            on conflict on constraint installed_plugins_plugin_key do update set is_on = excluded.is_on
            """
        ])
        try await context.securityEvent(
            isOn ? "plugins.switched_on" : "plugins.switched_off", detail: ["plugin": .string(plugin)])
    }
}

/// Which plugins are on, and what they need of each other.
enum PluginSwitch {
    static func read(in context: Context) async throws(Problem) -> Set<String> {
        let rows = try await context.read(
            """
            select p.plugin from kernel.installed_plugins p
            where p.organization_id = \(try context.organization())::uuid and p.is_on
            """)
        let always = context.runtime.registry.manifests.filter { !$0.isOptional }.map(\.id)
        return Set((0..<rows.count).compactMap { rows[$0, 0] }).union(always)
    }

    static func missing(for manifest: Manifest, _ isOn: Set<String>) -> [String] {
        manifest.requires.map { $0.manifest.id }.filter { !isOn.contains($0) }
    }

    static func dependents(of manifest: Manifest, _ isOn: Set<String>, _ registry: Registry) -> [String] {
        registry.manifests.filter { other in
            isOn.contains(other.id) && other.requires.contains { $0.manifest.id == manifest.id }
        }.map(\.id)
    }

    static func json(_ manifest: Manifest, isOn: Bool, in context: Context) -> JSON {
        [
            "id": .string(manifest.id), "name": .string(context.text("plugin.\(manifest.id)")),
            "on": .bool(isOn),
            "optional": .bool(manifest.isOptional),
            "requires": .array(manifest.requires.map { .string($0.manifest.id) }),
        ]
    }
}
