import Postgres
import Testing

/// The whole schema, with the standard part of every entity, against the numbered rules. In turn, since a
/// violation locks what others look at until it is rolled back.
@Suite(.serialized) struct CatalogueTests {
    @Test(arguments: CatalogueRule.all)
    func `the schema keeps every rule`(_ rule: CatalogueRule) throws {
        let rows = try MaintenanceConnection(CatalogueDatabase.shared.get()).execute(rule.query)
        #expect(offences(rows).isEmpty)
    }

    @Test(arguments: CatalogueRule.all)
    func `every rule finds what breaks it`(_ rule: CatalogueRule) throws {
        let database = try MaintenanceConnection(CatalogueDatabase.shared.get())
        try database.execute("begin")
        defer { _ = try? database.execute("rollback") }
        try database.execute(rule.violation)
        #expect(try !database.execute(rule.query).isEmpty)
    }

    @Test func `there are rules`() {
        #expect(CatalogueRule.all.count >= 24)
    }

    private func offences(_ rows: Rows) -> [String] {
        (0..<rows.count).map { "\(rows[$0, 0] ?? ""): \(rows[$0, 1] ?? "")" }
    }
}
