import Postgres
import TestKit
import Testing
import Wire

extension ImportTests {
    @Suite struct Dataset {
        /// The public data of `data/crm-sales-opportunities`, through the API alone.
        @Test func `the public CRM data comes in whole`() async throws {
            let desk = try await ImportDesk("Dataset")
            try await people(of: desk)
            let folder = "\(TestDatabase.repository)/data/crm-sales-opportunities"
            let accounts = try await desk.load(
                try text("\(folder)/accounts.csv"),
                [
                    ("account", "name"), ("sector", "industry"), ("year_established", "founded_year"),
                    ("revenue", "annual_revenue"), ("employees", "employees"),
                    ("office_location", "territory"),
                    ("subsidiary_of", "parent_id"),
                ])
            #expect(accounts.tally == [85, 0, 0, 0], "\(accounts.findings)")
            let products = try await desk.load(
                try text("\(folder)/products.csv"), entity: "sales.product",
                [("product", "name"), ("series", "series"), ("sales_price", "price")])
            #expect(products.tally == [7, 0, 0, 0], "\(products.findings)")
            try stages(of: desk)
            let id = try desk.upload(try text("\(folder)/sales_pipeline.csv"), entity: "sales.opportunity").id
            let columns = [
                ("opportunity_id", "external_code"), ("sales_agent", "owner_id"), ("product", "product_id"),
                ("account", "account_id"), ("deal_stage", "stage_id"), ("engage_date", "engaged_on"),
                ("close_date", "closed_at"), ("close_value", "amount"),
            ]
            #expect(try desk.map(id, columns, key: "external_code").status == 200)
            let checked = try await desk.step("check", id)
            #expect(checked.tally == [7320, 0, 0, 1480], "\(checked.findings.prefix(3))")
            let unmatched = checked["unmatched"]?.arrayValue ?? []
            #expect(unmatched.count == 1)
            #expect(unmatched.first?["value"] == "GTXPro")
            #expect(unmatched.first?["count"] == 1480)
            #expect(unmatched.first?["proposals"]?.arrayValue?.first?["label"] == "GTX Pro")
            let more: [String: JSON] = ["product": ["aliases": ["GTXPro": "GTX Pro"]]]
            #expect(try desk.map(id, columns, key: "external_code", more: more).status == 200)
            let done = try await desk.step("run", id)
            #expect(done.tally == [8800, 0, 0, 0], "\(done.findings.prefix(3))")
            try await expectOutcome(desk)
            let undone = try await desk.step("undo", id)
            #expect(undone.status == "undone")
            #expect(undone["kept"] == [])
            #expect(try desk.total("opportunities") == 0)
        }

        private func expectOutcome(_ desk: ImportDesk) async throws {
            let database = try await ImportTests.platform.value.database
            let rows = try database.admin(
                """
                select s.name, count(*), sum(o.amount), count(*) filter (where o.account_id is null)
                from sales.opportunities o
                join sales.stages s on s.organization_id = o.organization_id and s.id = o.stage_id
                where o.organization_id = \(desk.company.id)::uuid and o.deleted_at is null
                group by s.name
                order by s.name
                """)
            let counts = (0..<rows.count).map { "\(rows[$0, 0] ?? "") \(rows.integer($0, 1) ?? 0)" }
            #expect(counts == ["Engaging 1589", "Lost 2473", "Prospecting 500", "Won 4238"])
            #expect(rows.integer(3, 2) == 1_000_553_400)
            #expect((0..<rows.count).reduce(0) { $0 + (rows.integer($1, 3) ?? 0) } == 1425)
        }

        /// The agents of the file, as members: their mailboxes are of no matter here.
        private func people(of desk: ImportDesk) async throws {
            let database = try await ImportTests.platform.value.database
            let agents = try text(
                "\(TestDatabase.repository)/data/crm-sales-opportunities/sales_teams.csv"
            ).split(separator: "\n").dropFirst().compactMap {
                $0.split(separator: ",").first.map(String.init)
            }
            for (position, name) in agents.enumerated() {
                let id = UUIDv7.make()
                let email = "agent\(position)@\(desk.company.id).example"
                _ = try database.admin(
                    """
                    with person as (
                        insert into platform.users (id, email, name, password_hash)
                        values (\(id)::uuid, \(email), \(name), '')
                    )
                    insert into kernel.memberships (organization_id, id, name, email, status, role_id)
                    select r.organization_id, \(id)::uuid, \(name), \(email), 'active', r.id
                    from kernel.roles r
                    where r.organization_id = \(desk.company.id)::uuid and r.key = 'sales_rep'
                    """)
            }
        }

        /// Stages by the file's names.
        private func stages(of desk: ImportDesk) throws {
            let known = try desk.records("stages").compactMap { $0["name"]?.stringValue }
            let pipeline = try desk.records("pipelines").first?.id ?? ""
            let wanted: [(String, String)] = [
                ("Prospecting", "open"), ("Engaging", "open"), ("Won", "won"), ("Lost", "lost"),
            ]
            for (position, stage) in wanted.enumerated() where !known.contains(stage.0) {
                let made = try desk.client.send(
                    "POST", "stages",
                    [
                        "pipeline_id": .string(pipeline), "name": .string(stage.0), "kind": .string(stage.1),
                        "position": .number(JSONNumber(Int64(50 + position))), "win_probability": 1000,
                    ])
                #expect(made.status == 201, "\(made.text)")
            }
        }

        private func text(_ path: String) throws -> String { try #require(TestFolder.text(path)) }
    }
}
