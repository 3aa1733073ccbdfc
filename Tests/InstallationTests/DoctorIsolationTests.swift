import Kernel
import Postgres
import TestKit
import Testing

@testable import Installation

/// What the doctor says where organizations are no longer kept apart, whichever role and policy it is.
@Suite struct DoctorIsolationTests {
    @Test(arguments: [
        (
            "create policy more on sales.leads using (true)",
            "failed  other policies", "more on sales.leads"
        ),
        (
            "create policy more on directory.contacts for select to platform_vendor using (true)",
            "failed  other policies", "more on directory.contacts"
        ),
        (
            "grant select on platform.sessions to platform_portal",
            "failed  table rights", "platform_portal may select on platform.sessions"
        ),
        (
            "grant truncate on sales.leads to platform_vendor",
            "failed  table rights", "platform_vendor may truncate on sales.leads"
        ),
        (
            "create table public.own (); alter table public.own owner to platform_portal",
            "failed  owners", "public.own"
        ),
    ])
    func `a door beside the policies is found, whichever role it is for`(
        _ statement: String, _ check: String, _ detail: String
    ) throws {
        let environment = try PlatformProgram.migratedDatabase()
        let admin = try MaintenanceConnection(try #require(environment["MIGRATION_DATABASE_URL"]))
        for part in statement.split(separator: "; ") { try admin.query(SQL(text: String(part))) }
        let seen = try PlatformProgram.run(["doctor"], environment)
        #expect(seen.status == 1)
        #expect(seen.faults.contains { $0.hasPrefix(check) && $0.contains(detail) }, "\(seen.output)")
    }

    @Test(arguments: ["platform_app", "platform_portal", "platform_vendor"])
    func `no role that serves requests may pass by policies or stand in another`(_ role: String) throws {
        let environment = try PlatformProgram.migratedDatabase()
        let admin = try MaintenanceConnection(try #require(environment["MIGRATION_DATABASE_URL"]))
        let patient = Patient(
            settings: try Settings(environment: environment), registry: try .init(InstalledPlugins.all),
            database: admin, adminConnection: "")
        func finding(_ name: String) throws -> String? {
            try #require(Checkup.isolation.first { $0.name == name }).finding(patient)
        }
        // Roles are the cluster's, which other tests share: nothing but this transaction sees the change.
        try admin.query("begin")
        try admin.query(SQL(text: "alter role \(role) bypassrls"))
        try admin.query(SQL(text: "grant platform_owner to \(role)"))
        #expect(try finding("application role")?.contains("alter role \(role) ") == true)
        #expect(try finding("role memberships")?.contains("\(role) in platform_owner") == true)
        try admin.query("rollback")
        #expect(try finding("application role") == nil)
        #expect(try finding("role memberships") == nil)
    }
}
