internal import Kernel
internal import Postgres
internal import Wire

/// A new organization with everything that it starts with, made in the transaction of a context bound to it.
struct Founding: Sendable {
    let request: OrganizationRequest
    let founder: UUIDv7
    let founderName: String
    let founderEmail: String
    let context: Context

    /// Makes it, the founder its administrator, and returns its id and slug.
    func make() async throws(Problem) -> (id: UUIDv7, slug: String) {
        let organization = try context.organization()
        let input = request.input
        let rows = try await context.write([
            """
            select platform.create_organization(
                \(organization)::uuid, \(request.slug), \(request.mayVary), \(input.name), \(input.country),
                \(context.now))
            """
        ])[0]
        guard let slug = rows[0, 0] else { throw Problem.invalid("slug", "slug_taken") }
        try await writeSettings()
        let language: Language = input.locale.hasPrefix("it") ? .italian : .english
        let admin = try await BuiltInRoles(context: context, language: language).make()
        _ = try await context.write([
            """
            insert into kernel.memberships (organization_id, id, name, email, role_id, joined_at)
            values (\(organization)::uuid, \(founder)::uuid, \(founderName), \(founderEmail), \(admin)::uuid,
            \(context.now))
            """
        ])
        try await switchPluginsOn()
        try await context.securityEvent(
            "organization.created", subject: founder,
            detail: ["slug": .string(slug), "name": .string(input.name)])
        for seed in context.runtime.registry.seeds { try await seed.run(context) }
        return (organization, slug)
    }

    private func writeSettings() async throws(Problem) {
        let input = request.input
        var settings: [(key: String, value: JSON)] = [
            (key: "locale", value: .string(input.locale)), (key: "time_zone", value: .string(input.timeZone)),
            (key: "currency", value: .string(input.currency)),
        ]
        if let number = input.vatNumber { settings.append((key: "vat_number", value: .string(number))) }
        try await context.writeSettings(settings)
    }

    /// Every optional plugin that the plan has.
    private func switchPluginsOn() async throws(Problem) {
        let optional = context.runtime.registry.manifests.filter(\.isOptional).map(\.id)
        _ = try await context.write([
            """
            insert into kernel.installed_plugins (organization_id, plugin)
            select \(try context.organization())::uuid, p.plugin
            from unnest(\(optional)::text[]) as p (plugin)
            where platform.is_plugin_in_plan(p.plugin)
            """
        ])
    }
}

extension Context {
    /// Sets the organization's own values of settings.
    func writeSettings(_ settings: [(key: String, value: JSON)]) async throws(Problem) {
        guard !settings.isEmpty else { return }
        _ = try await write([
            """
            insert into kernel.settings (organization_id, key, value)
            select \(try organization())::uuid, s.key, s.value::jsonb
            from unnest(\(settings.map(\.key))::text[], \(settings.map(\.value.text))::text[])
            as s (key, value)
            on conflict on constraint settings_key_key do update set value = excluded.value
            """
        ])
    }
}
