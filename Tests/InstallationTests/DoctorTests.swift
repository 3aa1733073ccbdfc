import Glibc
import Kernel
import Postgres
import TestKit
import Testing

@testable import Installation

/// The doctor before real faults, each made by hand in a database of its own.
@Suite struct DoctorTests {
    /// A fault, and words of what the doctor says to it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let statements: [String]
        let words: [String]
        var isFault = true
        var testDescription: String { name }
    }

    static let faults = [
        Fault(
            name: "a policy that lets all through",
            statements: ["alter policy tenant on sales.opportunities using (true)"],
            words: ["failed  row-level security", "sales.opportunities", "stop serving"]),
        Fault(
            name: "row security that is not forced",
            statements: ["alter table directory.accounts no force row level security"],
            words: ["failed  row-level security", "directory.accounts"]),
        Fault(
            name: "a right to the installation's tables",
            statements: ["grant select on platform.users to platform_app"],
            words: ["failed  table rights", "select on platform.users"]),
        Fault(
            name: "a right to truncate", statements: ["grant truncate on sales.leads to platform_app"],
            words: ["failed  table rights", "truncate on sales.leads"]),
        Fault(
            name: "a table of the role of requests",
            statements: ["create table public.own ()", "alter table public.own owner to platform_app"],
            words: ["failed  owners", "public.own"]),
        Fault(
            name: "a definer function of somebody else's",
            statements: [
                "create function public.peek() returns int language sql security definer as 'select 1'"
            ],
            words: ["failed  definer functions", "peek()"]),
        Fault(
            name: "a migration that is missing",
            statements: [
                """
                delete from platform.schema_migrations
                where ctid = (select max(ctid) from platform.schema_migrations)
                """
            ], words: ["failed  migrations", "platform migrate"]),
        Fault(
            name: "statistics that are old",
            statements: [
                """
                create table public.big with (autovacuum_enabled = off) as
                select n
                from generate_series(1, 20000) as n
                """,
                "select pg_stat_force_next_flush()",
            ], words: ["warning statistics", "public.big", "vacuum (analyze)"], isFault: false),
        Fault(
            name: "no partition for next week",
            statements: [
                """
                do $$ begin execute (
                    select string_agg(format('drop table %s', inhrelid::regclass), ';')
                    from pg_inherits where inhparent = 'kernel.audit_standard'::regclass); end $$
                """
            ], words: ["failed  audit partitions", "ensure_audit_partitions"]),
        Fault(
            name: "jobs that nobody takes",
            statements: [
                """
                insert into platform.jobs (kind, run_at) values ('kernel.prune', now() - interval '1 hour')
                """
            ], words: ["warning jobs", "1 jobs have waited"], isFault: false),
    ]

    @Test(arguments: faults)
    func `a fault is found and explained`(_ fault: Fault) throws {
        let environment = try PlatformProgram.migratedDatabase()
        let admin = try MaintenanceConnection(try #require(environment["MIGRATION_DATABASE_URL"]))
        for statement in fault.statements { try admin.query(SQL(text: statement)) }
        let seen = try PlatformProgram.run(["doctor"], environment)
        #expect(seen.faults.isEmpty != fault.isFault, "\(seen.output)")
        for words in fault.words { #expect(seen.output.contains(words), "\(seen.output)") }
    }

    @Test func `rights of the role of requests are found`() throws {
        let environment = try PlatformProgram.migratedDatabase()
        let admin = try MaintenanceConnection(try #require(environment["MIGRATION_DATABASE_URL"]))
        // Roles are the cluster's, which other tests share: nothing but this transaction sees the change.
        try admin.query("begin")
        try admin.query("alter role platform_app bypassrls")
        let patient = Patient(
            settings: try Settings(environment: environment), registry: try .init(InstalledPlugins.all),
            database: admin, adminConnection: "")
        let checkup = try #require(Checkup.isolation.first { $0.name == "application role" })
        #expect(try checkup.finding(patient)?.contains("nobypassrls") == true)
        try admin.query("rollback")
        #expect(try checkup.finding(patient) == nil)
    }

    @Test func `a clock that is away is found`() throws {
        let environment = try PlatformProgram.migratedDatabase()
        let admin = try MaintenanceConnection(try #require(environment["MIGRATION_DATABASE_URL"]))
        let patient = Patient(
            settings: try Settings(environment: environment), registry: try .init(InstalledPlugins.all),
            database: admin, adminConnection: "")
        let checkup = try #require(Checkup.server.first { $0.name == "clock" })
        #expect(try checkup.finding(patient) == nil)
        // A server whose clock is late, as far as this session sees.
        try admin.execute(
            """
            create schema late;
            create function late.clock_timestamp() returns timestamptz language sql
            as $$ select pg_catalog.now() - interval '1 minute' $$;
            set search_path = late, pg_catalog
            """)
        #expect(try checkup.finding(patient)?.contains("NTP") == true)
    }

    @Test func `a disk is full before it is full`() {
        let gigabyte: UInt64 = 1 << 30
        #expect(Checkup.fullness(of: "/", free: 20 * gigabyte, size: 100 * gigabyte) == nil)
        #expect(
            Checkup.fullness(of: "/", free: 4 * gigabyte, size: 100 * gigabyte)?.contains("make room") == true
        )
        #expect(Checkup.fullness(of: "/", free: gigabyte / 2, size: 2 * gigabyte) != nil)
        #expect(Checkup.fullness(of: "/", free: 50 * gigabyte, size: 4000 * gigabyte) == nil)
    }
}
