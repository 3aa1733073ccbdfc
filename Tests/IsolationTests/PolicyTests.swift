import Postgres
import TestKit
import Testing
import Wire

/// The database keeps companies apart by itself, whatever statement reaches it: as `platform_app`, with every
/// access check of the server left out.
@Suite struct PolicyTests {
    /// Every table of organizations, with whether `platform_app` may read, change and delete its rows.
    private struct Table {
        let name: String
        let rights: Set<String>
    }

    private func tables(_ twins: Twins) throws -> [Table] {
        try twins.before.keys.sorted().map { name in
            let rows = try twins.platform.database.admin(
                """
                select r.name
                from unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as r (name)
                where has_schema_privilege('platform_app', split_part(\(name), '.', 1), 'usage')
                and has_table_privilege('platform_app', \(name)::regclass, r.name)
                """)
            return Table(name: name, rights: Set((0..<rows.count).compactMap { rows[$0, 0] }))
        }
    }

    @Test func `a statement without any condition reaches only the company that it is for`() async throws {
        let twins = try await Twins.shared.value
        let connection = try MaintenanceConnection(twins.platform.database.applicationConnection)
        let tables = try tables(twins).filter { $0.rights.contains("select") }
        #expect(tables.count >= 25)
        try connection.execute("begin")
        try connection.query("select set_config('app.organization_id', \(twins.a.id.description), true)")
        var seen = 0
        for table in tables {
            await Task.yield()
            let rows = try connection.query(
                """
                select count(*) filter (where organization_id = \(twins.a.id)::uuid), count(*)
                from \(unsafeSQL: table.name)
                """)
            #expect(rows.integer(0, 0) == rows.integer(0, 1), "\(table.name)")
            if rows.integer(0, 1) ?? 0 > 0 { seen += 1 }
        }
        #expect(seen >= 15)
        try connection.execute("rollback")
    }

    @Test func `no statement changes or deletes a row of another company`() async throws {
        let twins = try await Twins.shared.value
        let connection = try MaintenanceConnection(twins.platform.database.applicationConnection)
        for table in try tables(twins) {
            await Task.yield()
            #expect(!table.rights.contains("truncate"), "\(table.name)")
            for statement in ["update", "delete"] where table.rights.contains(statement) {
                try connection.execute("begin")
                try connection.query(
                    "select set_config('app.organization_id', \(twins.a.id.description), true)")
                let sql: SQL =
                    statement == "update"
                    ? "update \(unsafeSQL: table.name) set organization_id = organization_id where organization_id = \(twins.b.id)::uuid"
                    : "delete from \(unsafeSQL: table.name) where organization_id = \(twins.b.id)::uuid"
                #expect(try connection.query(sql).affected == 0, "\(statement) \(table.name)")
                try connection.execute("rollback")
            }
        }
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }

    @Test func `no row is written for another company, nor moved to it`() async throws {
        let twins = try await Twins.shared.value
        let connection = try MaintenanceConnection(twins.platform.database.applicationConnection)
        for table in try tables(twins) where table.rights.isSuperset(of: ["update", "select"]) {
            await Task.yield()
            try connection.execute("begin")
            try connection.query("select set_config('app.organization_id', \(twins.a.id.description), true)")
            let count: SQL = "select count(*) from \(unsafeSQL: table.name)"
            let own = try connection.query(count).integer(0, 0)
            // The policy refuses it, or the table's trigger keeps the row where it was.
            let isTaken = try? connection.query(
                "update \(unsafeSQL: table.name) set organization_id = \(twins.b.id)::uuid")
            if isTaken != nil { #expect(try connection.query(count).integer(0, 0) == own, "\(table.name)") }
            try connection.execute("rollback")
        }
    }

    @Test func `a statement for no company raises`() async throws {
        let twins = try await Twins.shared.value
        let connection = try MaintenanceConnection(twins.platform.database.applicationConnection)
        for table in try tables(twins) where table.rights.contains("select") {
            await Task.yield()
            #expect(throws: SQLError.self, "\(table.name)") {
                try connection.query("select count(*) from \(unsafeSQL: table.name)")
            }
        }
    }

    @Test func `what belongs to the platform is out of reach`() async throws {
        let twins = try await Twins.shared.value
        let connection = try MaintenanceConnection(twins.platform.database.applicationConnection)
        for table in [
            "users", "sessions", "refresh_tokens", "user_tokens", "organizations", "signing_keys", "jobs",
        ] {
            #expect(throws: SQLError.self, "\(table)") {
                try connection.query("select 1 from platform.\(unsafeSQL: table)")
            }
        }
    }

    @Test func `the portal's role reaches one account of one company, whatever it is granted`() async throws {
        let twins = try await Twins.shared.value
        let own = try #require(twins.a.ids["directory.account"]?.first)
        let foreign = try #require(twins.b.ids["directory.account"]?.first)
        let connection = try MaintenanceConnection(twins.platform.database.adminConnection)
        try connection.execute(
            """
            begin;
            set local lock_timeout = '10s';
            grant usage on schema directory to platform_portal;
            grant select, delete on directory.accounts to platform_portal;
            set local role platform_portal
            """)
        defer { _ = try? connection.execute("rollback") }
        let seen: SQL = "select id::text from directory.accounts"
        // For no account, and for no company, it raises.
        for (name, id) in [("app.organization_id", twins.a.id.description), ("app.account_id", own)] {
            try connection.execute("savepoint unset")
            try connection.query("select set_config(\(name), \(id), true)")
            #expect(throws: SQLError.self, "\(name)") { try connection.query(seen) }
            try connection.execute("rollback to unset")
        }
        try connection.query("select set_config('app.organization_id', \(twins.a.id.description), true)")
        try connection.query("select set_config('app.account_id', \(own), true)")
        let rows = try connection.query(seen)
        #expect(rows.count == 1 && rows[0, 0] == own)
        let others: SQL = "delete from directory.accounts where id <> \(own)::uuid"
        #expect(try connection.query(others).affected == 0)
        try connection.query("select set_config('app.account_id', \(foreign), true)")
        #expect(try connection.query(seen).isEmpty)
    }
}
