import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// The chain over the audit, made by the worker's job and proved by the command.
@Suite struct AuditVerifyTests {
    private struct Audited {
        let environment: [String: String]
        let admin: MaintenanceConnection
    }

    /// A company with an account that was changed ten times, so long ago, all of it chained.
    private func audited(_ age: String = "1 minute") async throws -> Audited {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let made = try company.send("POST", "accounts", ["name": "First"])
        let id = try #require(made.json["id"]?.stringValue)
        for number in 1...10 {
            #expect(
                try company.send("PATCH", "accounts/\(id)", ["name": .string("Name \(number)")]).status == 200
            )
        }
        let admin = try MaintenanceConnection(platform.database.adminConnection)
        // What was just written is not settled; it is made older, as the owner of the tables can.
        try admin.query("select kernel.ensure_audit_partitions((now() - \(age)::interval)::date, 1)")
        try admin.query("update kernel.audit set at = at - \(age)::interval")
        try admin.query("select platform.chain_audit(clock_timestamp(), 3)")
        while try admin.query("select platform.chain_audit(clock_timestamp(), 3)").integer(0, 0) ?? 0 > 0 {}
        return Audited(
            environment: [
                "DATABASE_URL": platform.database.adminConnection.replacing(
                    "user=postgres", with: "user=platform_app"),
                "MIGRATION_DATABASE_URL": platform.database.adminConnection,
                "PLATFORM_DIRECTORY": try TestFolder.make(),
            ], admin: admin)
    }

    @Test func `a whole chain is proved, and its heads stay the same`() async throws {
        let audited = try await audited()
        let heads = "\(try TestFolder.make())/heads"
        let first = try PlatformProgram.run(["audit", "verify", "--heads", heads], audited.environment)
        #expect(first.status == 0, "\(first.output)")
        #expect(try audited.admin.query("select count(*) from kernel.audit_links").integer(0, 0) ?? 0 > 3)
        let again = try PlatformProgram.run(["audit", "verify", "--against", heads], audited.environment)
        #expect(again.status == 0, "\(again.output)")
    }

    @Test(arguments: [
        "update kernel.audit set changes = '{\"name\": [\"a\", \"b\"]}' where record_version = 5",
        "update kernel.audit set actor_id = kernel.new_id() where record_version = 5",
        "delete from kernel.audit where record_version = 5",
        """
        insert into kernel.audit (organization_id, at, entity, record_id, action, actor_kind, changes, salt,
        digest)
        select a.organization_id, a.at + interval '1 microsecond', a.entity, a.record_id, 'deleted', 'user',
        a.changes,
            a.salt, a.digest
        from kernel.audit as a
        where a.record_version = 5
        """,
        "update kernel.audit_links set digest = sha256('x') where sequence = 2",
    ])
    func `what was tampered with is named`(_ tampering: String) async throws {
        let audited = try await audited()
        try audited.admin.query(SQL(text: tampering))
        let verified = try PlatformProgram.run(["audit", "verify"], audited.environment)
        #expect(verified.status == 1, "\(verified.output)")
        #expect(verified.output.contains("broken  rossi"), "\(verified.output)")
    }

    @Test func `a chain that was made anew does not fit the heads written before`() async throws {
        let audited = try await audited()
        let heads = "\(try TestFolder.make())/heads"
        _ = try PlatformProgram.run(["audit", "verify", "--heads", heads], audited.environment)
        try audited.admin.query("delete from kernel.audit where record_version = 5")
        try audited.admin.query("delete from kernel.audit_links")
        while try audited.admin.query("select platform.chain_audit(clock_timestamp(), 3)").integer(0, 0) ?? 0
            > 0
        {}
        #expect(try PlatformProgram.run(["audit", "verify"], audited.environment).status == 0)
        let verified = try PlatformProgram.run(["audit", "verify", "--against", heads], audited.environment)
        #expect(verified.status == 1)
        #expect(verified.output.contains("not the one that was written down"))
    }

    @Test func `an organization that is gone with its chain is missed, unless another alone was asked for`()
        async throws
    {
        let audited = try await audited()
        let heads = "\(try TestFolder.make())/heads"
        _ = try PlatformProgram.run(["audit", "verify", "--heads", heads], audited.environment)
        let gone = UUIDv7.make()
        let written = try #require(TestFolder.text(heads))
        try TestFolder.write("\(written)\(gone) 3 \(String(repeating: "0", count: 64))\n", to: heads)
        let verified = try PlatformProgram.run(["audit", "verify", "--against", heads], audited.environment)
        #expect(verified.status == 1)
        #expect(verified.output.contains("broken  \(gone): the organization is gone"), "\(verified.output)")
        let one = try PlatformProgram.run(
            ["audit", "verify", "--against", heads, "--organization", "rossi"], audited.environment)
        #expect(one.status == 0, "\(one.output)")
        let full = try PlatformProgram.run(["audit", "verify", "--heads", "/dev/full"], audited.environment)
        #expect(full.status == 1)
        #expect(full.output.contains("can't write /dev/full"))
    }

    @Test func `erasing a person's changes leaves the chain whole`() async throws {
        let audited = try await audited()
        try audited.admin.query("update kernel.audit set changes = null, salt = null, address = null")
        #expect(try PlatformProgram.run(["audit", "verify"], audited.environment).status == 0)
    }

    @Test func `a month goes when all of it is chained, and the links stay`() async throws {
        let audited = try await audited("14 months")
        let before = try partitions(audited)
        // One in each call, the records' before that of what concerns security.
        for prefix in ["audit_standard_", "security_audit_"] {
            let dropped = try audited.admin.query("select platform.drop_audit_months(current_date - 365)")
            #expect(dropped.count == 1 && dropped[0, 0]?.hasPrefix(prefix) == true)
        }
        #expect(try audited.admin.query("select platform.drop_audit_months(current_date - 365)").isEmpty)
        #expect(try partitions(audited) == before - 1)
        #expect(try PlatformProgram.run(["audit", "verify"], audited.environment).status == 0)
    }

    @Test func `a month that is not chained stays, and so does a year whatever is asked for`() async throws {
        let old = try await audited("14 months")
        try old.admin.query("delete from kernel.audit_links")
        let before = try partitions(old)
        let dropped = try old.admin.query("select platform.drop_audit_months(current_date - 365)")
        #expect(dropped.count == 1 && dropped[0, 0]?.hasPrefix("security_audit_") == true)
        #expect(try old.admin.query("select platform.drop_audit_months(current_date - 365)").isEmpty)
        #expect(try partitions(old) == before)
        let young = try await audited("11 months")
        #expect(try young.admin.query("select platform.drop_audit_months('2999-01-01')").isEmpty)
    }

    @Test func `who holds the audit is not stood in line behind for long`() async throws {
        let audited = try await audited("14 months")
        let reader = try MaintenanceConnection(audited.environment["MIGRATION_DATABASE_URL"] ?? "")
        try reader.execute("begin")
        try reader.query("select count(*) from kernel.audit")
        let waiting: [SQL] = [
            "select platform.drop_audit_months(current_date - 365)",
            "select kernel.ensure_audit_partitions((now() + interval '30 months')::date, 1)",
        ]
        for statement in waiting {
            #expect(throws: SQLError.self) { try audited.admin.query(statement) }
        }
        try reader.execute("rollback")
        for statement in waiting { #expect(try audited.admin.query(statement).count == 1) }
    }

    private func partitions(_ audited: Audited) throws -> Int64 {
        try audited.admin.query(
            "select count(*) from pg_inherits where inhparent = 'kernel.audit_standard'::regclass"
        ).integer(0, 0) ?? 0
    }
}
