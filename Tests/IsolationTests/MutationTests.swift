import Postgres
import TestKit
import Testing
import Wire

/// What keeps companies apart is looked after: whichever table's policy is dropped, loosened or doubled, the
/// rules of the catalogue tell of that table, and a statement of one company meets what it must not, or
/// misses its own.
@Suite(.serialized) struct MutationTests {
    /// A way to spoil a table's policy, `%` standing for the table.
    struct Spoiling: Sendable, CustomTestStringConvertible {
        let name: String
        let statements: String
        /// What then comes of a statement of A: rows of another company, none of its own, an answer where it
        /// must raise, or nothing that `platform_app` could tell.
        let effect: Effect

        enum Effect { case leaks, hides, answers, none }

        var testDescription: String { name }
    }

    private static let tenant = "organization_id = current_setting('app.organization_id')::uuid"

    static let spoilings = [
        Spoiling(name: "dropped", statements: "drop policy tenant on %", effect: .hides),
        Spoiling(
            name: "true for everybody", statements: "alter policy tenant on % using (true)", effect: .leaks),
        Spoiling(
            name: "row security off", statements: "alter table % disable row level security", effect: .leaks),
        Spoiling(
            name: "not forced on the owner", statements: "alter table % no force row level security",
            effect: .none),
        Spoiling(
            name: "true for what is written", statements: "alter policy tenant on % with check (true)",
            effect: .none),
        Spoiling(
            name: "silent without a company",
            statements: """
                alter policy tenant on %
                using (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid)
                """,
            effect: .answers),
        Spoiling(
            name: "for reading alone",
            statements: "drop policy tenant on %; create policy tenant on % for select using (\(tenant))",
            effect: .none),
        Spoiling(
            name: "restrictive",
            statements: "drop policy tenant on %; create policy tenant on % as restrictive using (\(tenant))",
            effect: .hides),
        Spoiling(
            name: "one more beside it", statements: "create policy more on % for select using (true)",
            effect: .leaks),
    ]

    @Test(arguments: spoilings)
    func `a policy that is spoilt is found, whichever table it is`(_ spoiling: Spoiling) async throws {
        let twins = try await Twins.shared.value
        let database = try MaintenanceConnection(twins.platform.database.adminConnection)
        let rules = try ["0001_row_security", "0002_other_policies"].map { try Self.rule($0) }
        let names = try Self.tables(database)
        #expect(names.count >= 35)
        var felt = 0
        for name in names {
            await Task.yield()
            let owned = try Self.count(database, name, of: [twins.a.id, twins.b.id])
            try database.execute("begin; set local lock_timeout = '10s'")
            defer { _ = try? database.execute("rollback") }
            try database.execute(spoiling.statements.replacing("%", with: name))
            let found = try rules.flatMap { rule -> [String?] in
                let rows = try database.execute(rule)
                return (0..<rows.count).map { rows[$0, 0] }
            }
            #expect(found == [name], "\(name)")
            guard owned.allSatisfy({ $0 > 0 }), try Self.isReadable(database, name) else { continue }
            let seen = try Self.seen(database, name, by: twins.a.id)
            switch spoiling.effect {
            case .leaks: #expect(seen?.others ?? 0 > 0, "\(name)")
            case .hides: #expect(seen?.own == 0, "\(name)")
            case .answers: #expect(try Self.seen(database, name, by: nil) != nil, "\(name)")
            case .none: #expect(seen?.others == 0 && seen?.own == owned[0], "\(name)")
            }
            felt += 1
        }
        #expect(felt >= 15)
    }

    @Test(arguments: [
        "drop policy portal on directory.accounts",
        "alter policy portal on directory.accounts using (true)",
        "alter policy portal on directory.accounts with check (true)",
        "alter policy portal on directory.accounts to public",
        """
        drop policy portal on directory.accounts;
        create policy portal on directory.accounts for all to platform_portal
        using (id = current_setting('app.account_id')::uuid)
        """,
    ])
    func `the portal's policy that is spoilt is found`(_ statements: String) async throws {
        let twins = try await Twins.shared.value
        let database = try MaintenanceConnection(twins.platform.database.adminConnection)
        let rule = try Self.rule("0002_other_policies")
        #expect(try database.execute(rule).isEmpty)
        try database.execute("begin; set local lock_timeout = '10s'")
        defer { _ = try? database.execute("rollback") }
        try database.execute(statements)
        let rows = try database.execute(rule)
        #expect((0..<rows.count).map { rows[$0, 0] } == ["directory.accounts"])
    }

    /// The text of a rule of the catalogue.
    private static func rule(_ name: String) throws -> String {
        try #require(TestFolder.text("\(TestDatabase.repository)/Tests/SchemaTests/Rules/\(name).sql"))
    }

    /// Every table that has the policy.
    private static func tables(_ database: MaintenanceConnection) throws -> [String] {
        let rows = try database.execute(
            """
            select format('%I.%I', p.schemaname, p.tablename)
            from pg_policies as p
            where p.policyname = 'tenant'
            order by 1
            """)
        return (0..<rows.count).compactMap { rows[$0, 0] }
    }

    private static func count(
        _ database: MaintenanceConnection, _ table: String, of companies: [UUIDv7]
    ) throws -> [Int64] {
        try companies.map { company in
            let rows = try database.query(
                "select count(*) from \(unsafeSQL: table) where organization_id = \(company)::uuid")
            return rows.integer(0, 0) ?? 0
        }
    }

    private static func isReadable(_ database: MaintenanceConnection, _ table: String) throws -> Bool {
        let rows = try database.query(
            """
            select has_schema_privilege('platform_app', split_part(\(table), '.', 1), 'usage')
            and has_table_privilege('platform_app', \(table)::regclass, 'select')
            """)
        return rows.bool(0, 0) ?? false
    }

    /// What a statement without any condition reaches as `platform_app`; nil where it raises.
    private static func seen(
        _ database: MaintenanceConnection, _ table: String, by company: UUIDv7?
    ) throws -> (own: Int64, others: Int64)? {
        try database.execute("savepoint looking; set local role platform_app")
        defer { _ = try? database.execute("rollback to looking") }
        if let company {
            try database.query("select set_config('app.organization_id', \(company.description), true)")
        }
        let own = company?.description
        let rows = try? database.query(
            """
            select
                count(*) filter (where organization_id = \(own)::uuid),
                count(*) filter (where organization_id is distinct from \(own)::uuid)
            from \(unsafeSQL: table)
            """)
        return rows.map { (own: $0.integer(0, 0) ?? 0, others: $0.integer(0, 1) ?? 0) }
    }
}
