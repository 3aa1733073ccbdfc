extension StandardTable {
    /// The kernel's own tables. An entity of the registry on the same table takes the place of its line here.
    public static let kernel: [StandardTable] = [
        member,
        plain("roles", "kernel.role", hasEvents: true, isStandard: true),
        plain("role_grants", "kernel.role_grant"),
        plain("role_fields", "kernel.role_field"),
        StandardTable(schema: "kernel", table: "teams", entity: "kernel.team", label: "r.name"),
        plain("team_members", "kernel.team_member"),
        invitation,
        setting,
        plain("installed_plugins", "kernel.installed_plugin"),
        plain("custom_fields", "kernel.custom_field", hasEvents: true, isStandard: true),
        imported,
        plain("import_aliases", "kernel.import_alias"),
        bulkChange,
        savedView,
    ]

    /// `more` and those of `tables` that are not among them.
    static func merged(_ tables: [StandardTable], with more: [StandardTable]) -> [StandardTable] {
        let known = Set(more.map { "\($0.schema).\($0.table)" })
        return tables.filter { !known.contains("\($0.schema).\($0.table)") } + more
    }

    private static func plain(
        _ table: String, _ entity: String, hasEvents: Bool = false, isStandard: Bool = false
    ) -> StandardTable {
        var plain = StandardTable(schema: "kernel", table: table, entity: entity)
        plain.hasEvents = hasEvents
        plain.isStandard = isStandard
        return plain
    }

    private static var member: StandardTable {
        var member = StandardTable(
            schema: "kernel", table: "memberships", entity: "kernel.member", label: "r.name")
        member.statusFields = ["status"]
        return member
    }

    private static var invitation: StandardTable {
        var invitation = plain("invitations", "kernel.invitation", hasEvents: true, isStandard: true)
        invitation.redacted = ["token_digest"]
        return invitation
    }

    private static var setting: StandardTable {
        var setting = plain("settings", "kernel.setting")
        setting.redacted = ["value"]
        return setting
    }

    private static var imported: StandardTable {
        var imported = plain("imports", "kernel.import", isStandard: true)
        imported.untold = ["done", "next_line", "next_offset", "counts", "errors", "unmatched"]
        return imported
    }

    /// Of a shared one nobody is the owner: so everybody hears of it.
    private static var savedView: StandardTable {
        var savedView = StandardTable(
            schema: "kernel", table: "saved_views", entity: "kernel.saved_view", label: "r.name")
        savedView.owner = "audience_id"
        savedView.search = ["name"]
        return savedView
    }

    private static var bulkChange: StandardTable {
        var bulkChange = plain("bulk_changes", "kernel.bulk_change", isStandard: true)
        bulkChange.untold = ["done", "total", "next_portion", "counts"]
        return bulkChange
    }
}
