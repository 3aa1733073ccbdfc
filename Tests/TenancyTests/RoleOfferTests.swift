import Kernel
import Postgres
import Tenancy
import TestKit
import Testing
import Wire

/// A later version of a plugin suggests more; nobody adds what was taken away.
struct RoleOfferTests {
    /// The version that suggests something new to sales representatives.
    private struct ReportsPlugin: Plugin {
        static let manifest = Manifest(
            id: "reports", version: 2,
            messages: [MessageCatalog(.english, json: texts), MessageCatalog(.italian, json: texts)])
        init() {}
        var body: [any Contribution] {
            Permissions("reports.print")
            Suggests(.allow("reports.print", .team, .salesRep), .allow("reports.print", .all, .orgAdmin))
        }
        static let texts = Array(#"{"plugin.reports": "Reports", "permission.reports.print": "Print"}"#.utf8)
    }

    private func version(_ company: Company, _ platform: TestPlatform) throws -> Int64? {
        try platform.database.admin(
            "select o.grants_version from platform.organizations o where o.id = \(company.id)::uuid"
        ).integer(0, 0)
    }

    @Test func `roles get what is newly suggested, once, and nothing again that was taken away`() async throws
    {
        let old = try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
        let company = try await old.signUp("Offers")
        let (rep, _) = try await company.join("Rita Bruni", role: "sales_rep")
        func permissions(_ client: APIClient) throws -> [String: String] {
            let held = try client.send("GET", "me").json["permissions"]?.arrayValue ?? []
            return Dictionary(
                held.map { ($0.text("permission"), $0.text("scope")) },
                uniquingKeysWith: { first, _ in first })
        }
        #expect(try permissions(rep)["probe.visit.write"] == "own")
        _ = try old.database.admin(
            """
            delete from kernel.role_grants g
            using kernel.roles r
            where r.id = g.role_id and r.key = 'sales_rep' and g.permission = 'probe.visit.write'
            and g.organization_id = \(company.id)::uuid
            """)
        let before = try version(company, old)

        let new = try await TestPlatform(beside: old, plugins: Stage.plugins + [ReportsPlugin()])
        let raised = try version(company, old)
        #expect((raised ?? 0) > (before ?? 0))
        let client = new.client(token: rep.token)
        #expect(try permissions(client)["reports.print"] == "team")
        #expect(try permissions(client)["probe.visit.write"] == nil)
        // The process that ran before hears of it too.
        #expect(try await Deadline.holds { try permissions(rep)["probe.visit.write"] == nil })

        _ = try old.database.admin(
            "delete from kernel.role_grants g where g.permission = 'reports.print'")
        let removed = try version(company, old)
        let again = try await TestPlatform(beside: old, plugins: Stage.plugins + [ReportsPlugin()])
        #expect(try version(company, old) == removed)
        #expect(try permissions(again.client(token: rep.token))["reports.print"] == nil)
    }

    @Test func `an organization from before the count is offered only what no role of it holds`() async throws
    {
        let old = try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
        let company = try await old.signUp("Older")
        _ = try old.database.admin("delete from platform.role_offers")
        _ = try old.database.admin(
            """
            delete from kernel.role_grants g
            using kernel.roles r
            where r.id = g.role_id and r.key = 'sales_rep' and g.permission = 'probe.visit.write'
            """)
        _ = try await TestPlatform(beside: old, plugins: Stage.plugins + [ReportsPlugin()])
        let grants = try old.database.admin(
            """
            select g.permission
            from kernel.role_grants g
            join kernel.roles r on r.organization_id = g.organization_id and r.id = g.role_id
            where r.key = 'sales_rep' and g.organization_id = \(company.id)::uuid
            and g.permission in ('reports.print', 'probe.visit.write')
            """)
        #expect(grants.count == 1 && grants[0, 0] == "reports.print")
    }
}
