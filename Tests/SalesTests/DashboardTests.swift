import TestKit
import Testing
import Wire

struct DashboardTests {
    private static let may = "from=2026-05-01&to=2026-05-31"

    /// A deal that was engaged and closed on these days.
    @discardableResult
    private func deal(
        _ company: Company, _ stage: String, _ amount: Int64?, closed day: String? = nil,
        engaged: String? = nil, _ more: [(String, JSON)] = []
    ) throws -> String {
        var body = JSONObject()
        body["title"] = "Deal"
        body["stage_id"] = .string(try company.stages()[stage] ?? "")
        if let amount { body["amount"] = .integer(amount) }
        if let day { body["closed_at"] = .string("\(day)T12:00:00.000Z") }
        if stage == "lost" { body["lost_reason"] = "Price" }
        if let engaged { body["engaged_on"] = .string(engaged) }
        for (key, value) in more { body[key] = value }
        return try company.make("opportunities", .object(body))
    }

    @Test func `figures are of the period, beside the one before, and each opens its rows`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        try deal(company, "won", 10_000, closed: "2026-05-04", engaged: "2026-04-24")
        try deal(company, "won", 5000, closed: "2026-05-31", engaged: "2026-05-01")
        try deal(company, "won", 700, closed: "2026-05-10", [("amount_currency", "USD")])
        try deal(company, "won", nil, closed: "2026-05-11")
        try deal(company, "lost", 900, closed: "2026-05-12")
        try deal(company, "won", 4000, closed: "2026-04-30")
        try deal(company, "lost", 800, closed: "2026-03-31")
        try deal(company, "prospecting", 2000)
        try deal(company, "engaging", nil)
        var check = try DashboardCheck(company.admin, Self.may)
        #expect(check["period", "from"] == "2026-05-01")
        #expect(check["period", "to"] == "2026-05-31")
        #expect(check["period", "previous"] == ["from": "2026-04-01", "to": "2026-04-30"])
        #expect(check["won", "count", "value"] == 4)
        #expect(check["won", "count", "previous"] == 1)
        #expect(DashboardCheck.money(check["won", "value"]) == "EUR 15000 USD 700")
        #expect(check["won", "value"].arrayValue?.first?["previous"] == 4000)
        #expect(DashboardCheck.money(check["won", "average"]) == "EUR 7500 USD 700")
        #expect(check["lost", "count", "value"] == 1)
        #expect(check["win_rate", "value"] == 8000)
        #expect(check["win_rate", "previous"] == 10_000)
        #expect(check["open", "count", "value"] == 2)
        #expect(DashboardCheck.money(check["open", "value"]) == "EUR 2000")
        #expect(DashboardCheck.money(check["open", "weighted"]) == "EUR 200")
        #expect(check["open", "count", "previous"] == .null)
        #expect(check["months", "unit"] == "day")
        #expect(check["months", "data"].arrayValue?.count == 31)
        try check.run()
        #expect(check.opened > 40)
        var all = try DashboardCheck(company.admin, "period=all")
        #expect(all["won", "count", "value"] == 5)
        #expect(all["won", "count", "previous"] == .null)
        #expect(all["period", "previous"] == .null)
        #expect(
            all["months", "data"].arrayValue?.map {
                "\($0["label"]?.stringValue ?? "") \($0["count"]?.text ?? "")"
            }
                == ["2026-04 1", "2026-05 4"])
        try all.run()
    }

    @Test func `days are the organization's, and periods named by days are compared with as many before`()
        async throws
    {
        let company = try await TestPlatform().signUp("Rossi")
        let won = try company.stages()["won"] ?? ""
        // Half past midnight of 2 May in Rome, still 1 May in UTC.
        _ = try company.make(
            "opportunities",
            [
                "title": "Late", "stage_id": .string(won), "amount": 100,
                "closed_at": "2026-05-01T22:30:00.000Z",
            ])
        let second = try DashboardCheck(company.admin, "from=2026-05-02&to=2026-05-03")
        #expect(second["won", "count", "value"] == 1)
        #expect(second["period", "name"] == "custom")
        #expect(second["period", "previous"] == ["from": "2026-04-30", "to": "2026-05-01"])
        let first = try DashboardCheck(company.admin, "from=2026-05-01&to=2026-05-01")
        #expect(first["won", "count", "value"] == 0)
        for (name, months) in [("month", 1), ("quarter", 3), ("year", 12)] {
            let this = try DashboardCheck(company.admin, "period=this_\(name)")
            let last = try DashboardCheck(company.admin, "period=last_\(name)")
            #expect(this["period", "previous", "from"] == last["period", "from"])
            #expect(this["period", "previous", "to"] == last["period", "to"])
            let today = this["as_of"].stringValue ?? ""
            #expect((this["period", "from"].stringValue ?? "~") <= today)
            #expect((this["period", "to"].stringValue ?? "") >= today.prefix(10))
            let start = CivilDate(this["period", "from"].stringValue ?? "")
            let before = CivilDate(last["period", "from"].stringValue ?? "")
            let passed = ((start?.year ?? 0) - (before?.year ?? 0)) * 12
            #expect(passed + (start?.month ?? 0) - (before?.month ?? 0) == months)
        }
        let standard = try DashboardCheck(company.admin)
        #expect(standard["period", "name"] == "this_month")
        let quarter = try DashboardCheck(company.admin, "from=2026-04-01&to=2026-06-30")
        #expect(quarter["period", "previous"] == ["from": "2026-01-01", "to": "2026-03-31"])
        #expect(quarter["months", "unit"] == "week")
    }

    @Test func `a question that can't be is refused with its parameter`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        for (query, fault) in [
            ("period=tomorrow", "period:not_a_choice"), ("from=2026-01-01", "to:required"),
            ("to=2026-01-01", "from:required"), ("from=2026-02-01&to=2026-01-01", "to:out_of_range"),
            ("from=0001-01-01&to=9999-12-31", "to:out_of_range"),
            ("period=all&from=2026-01-01&to=2026-01-02", "period:period_and_days"),
            ("owner=x", "owner:unknown_parameter"), ("owner_id=x", "owner_id:not_an_id"),
        ] {
            let answer = try company.send("GET", "sales/dashboard?\(query)")
            #expect(answer.status == 400, "\(query)")
            #expect(answer.faults == [fault], "\(query)")
        }
    }

    @Test func `a funnel counts how far deals ever came`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let stages = try company.stages()
        try deal(company, "prospecting", 100)
        let back = try deal(company, "negotiation", 100)
        try company.send("PATCH", "opportunities/\(back)", ["stage_id": .string(stages["engaging"] ?? "")])
        let lost = try deal(company, "prospecting", 100)
        for stage in ["proposal", "lost"] {
            try company.send(
                "PATCH", "opportunities/\(lost)",
                ["stage_id": .string(stages[stage] ?? ""), "lost_reason": stage == "lost" ? "Price" : nil])
        }
        try deal(company, "won", 100)
        // Came lost: only that it was engaged is known.
        try deal(company, "lost", 100, engaged: "2026-05-02")
        try deal(company, "lost", 100)
        var check = try DashboardCheck(company.admin, "period=all")
        let steps = check["stages", "data"].arrayValue ?? []
        #expect(steps.compactMap { $0["count"]?.integerValue } == [6, 4, 3, 2, 1])
        #expect(steps.compactMap { $0["label"]?.stringValue }.first == "Prospecting")
        #expect(steps.last?["kind"] == "won")
        #expect(steps[1]["share"] == 6667)
        #expect(steps[2]["conversion"] == 7500)
        try check.run()
        #expect(
            try company.send("GET", "opportunities/\(back)").json["reached_stage_id"]
                == .string(stages["negotiation"] ?? ""))
        #expect(
            try company.send("PATCH", "opportunities/\(back)", ["reached_stage_id": nil]).faults == [
                "reached_stage_id:read_only"
            ])
    }

    @Test func `owner, team, pipeline and product narrow every figure`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let rita = try await company.join("Rita Bruni", role: "sales_rep")
        let north = try company.make("teams", ["name": "North"])
        let milan = try company.make("teams", ["name": "Milan", "parent_id": .string(north)])
        try company.send(
            "PUT", "teams/\(milan)/members",
            ["members": [["member_id": .string("\(rita.id)"), "is_manager": false]]])
        let owner: (String, JSON) = ("owner_id", .string("\(rita.id)"))
        let product = try company.make("products", ["name": "GTX Pro"])
        try deal(company, "won", 100, closed: "2026-05-02", [owner, ("product_id", .string(product))])
        try deal(company, "lost", 50, closed: "2026-05-02", [owner])
        try deal(company, "won", 1000, closed: "2026-05-02")
        _ = try company.make("leads", ["last_name": "Verdi", "source": "Web", "owner_id": owner.1])
        _ = try company.make("leads", ["last_name": "Neri", "source": "web"])
        _ = try company.make("leads", ["last_name": "Blu"])
        _ = try company.make("activities", ["subject": "Call", "kind": "call", "owner_id": owner.1])
        var check = try DashboardCheck(company.admin, "period=all")
        #expect(check.lines("owners") == ["Ada Rossi 1 EUR 1000", "Rita Bruni 1 EUR 100"])
        #expect(check.lines("products") == ["- 1 EUR 1000", "GTX Pro 1 EUR 100"])
        #expect(check.lines("teams") == ["North 1 EUR 100", "Milan 1 EUR 100"])
        #expect(check["owners"].arrayValue?.last?["win_rate"] == 5000)
        #expect(
            check["leads", "sources"].arrayValue?.map { $0["count"] } == [2, 1])
        #expect(check["activities", "kinds"].arrayValue?.first?["count"] == 1)
        try check.run()
        for query in ["team_id=\(north)", "owner_id=\(rita.id)"] {
            var narrow = try DashboardCheck(company.admin, "period=all&\(query)")
            #expect(narrow["won", "count", "value"] == 1, "\(query)")
            #expect(narrow["win_rate", "value"] == 5000, "\(query)")
            #expect(narrow["leads", "count", "value"] == 1, "\(query)")
            #expect(narrow["activities", "count", "value"] == 1, "\(query)")
            try narrow.run()
        }
        var sold = try DashboardCheck(company.admin, "period=all&product_id=\(product)")
        #expect(DashboardCheck.money(sold["won", "value"]) == "EUR 100")
        try sold.run()
        let other = try company.make("pipelines", ["name": "Renewals"])
        let empty = try DashboardCheck(company.admin, "period=all&pipeline_id=\(other)")
        #expect(empty["stages", "label"] == "Renewals")
        #expect(empty["won", "count", "value"] == 0)
    }

    @Test func `each sees the figures of what they may read`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let rep = try await company.join("Rita Bruni", role: "sales_rep")
        try deal(company, "won", 1000, closed: "2026-05-02")
        try deal(company, "won", 10, closed: "2026-05-02", [("owner_id", .string("\(rep.id)"))])
        _ = try company.make("leads", ["last_name": "Verdi"])
        var own = try DashboardCheck(rep.client, "period=all")
        #expect(DashboardCheck.money(own["won", "value"]) == "EUR 10")
        #expect(own["leads", "count", "value"] == 0)
        #expect(own.lines("owners") == ["Rita Bruni 1 EUR 10"])
        try own.run()
        let marketing = try await company.join("Mario Gallo", role: "marketing_manager").client
        let refused = try marketing.send("GET", "sales/dashboard")
        #expect(refused.code == "permission_required")
        #expect(refused.json["permission"] == "sales.reports.read")
        // Reports alone show nothing of deals.
        let role = try company.makeRole("Reports", ["sales.reports.read": "all"])
        let reader = try await company.join("Remo Blu", roleID: role).client
        #expect(try reader.send("GET", "sales/dashboard").json["permission"] == "sales.deal.read")
        let deals = try company.makeRole("Deals", ["sales.reports.read": "all", "sales.deal.read": "all"])
        let seller = try await company.join("Sara Blu", roleID: deals).client
        let shown = try DashboardCheck(seller, "period=all")
        #expect(shown["won", "count", "value"] == 2)
        #expect(shown["leads"] == .null)
        #expect(shown["stages", "data"] == [])
        let other = try await platform.signUp("Verdi")
        #expect(try DashboardCheck(other.admin)["won", "count", "value"] == 0)
        #expect(try DashboardCheck(other.admin, "owner_id=\(rep.id)")["won", "count", "value"] == 0)
    }

    @Test func `the stage's kind and an owner's team filter lists, sums and changes`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let rita = try await company.join("Rita Bruni", role: "sales_rep")
        let team = try company.make("teams", ["name": "North"])
        try company.send(
            "PUT", "teams/\(team)/members",
            ["members": [["member_id": .string("\(rita.id)"), "is_manager": false]]])
        let own = try deal(company, "won", 10, [("owner_id", .string("\(rita.id)"))])
        try deal(company, "lost", 20)
        func ids(_ query: String) throws -> [String] {
            let list = try company.send("GET", "opportunities?\(query)")
            #expect(list.status == 200, "\(list.text)")
            return (list.json["data"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
        }
        #expect(try ids("stage_kind=won") == [own])
        #expect(try ids("stage_kind[in]=won,lost").count == 2)
        #expect(try ids("stage_kind[ne]=lost") == [own])
        #expect(try ids("stage_kind[null]=true").isEmpty)
        #expect(try ids("stage_kind=won&sort=-stage_kind") == [own])
        #expect(try ids("owner_id[in_team]=\(team)") == [own])
        #expect(try ids("owner_id[in_team]=\(UUIDv7.make())").isEmpty)
        #expect(try company.send("GET", "opportunities?owner_id[in_team]=x").status == 400)
        #expect(try company.send("GET", "opportunities?account_id[in_team]=\(team)").status == 400)
        let preview = try company.send(
            "POST", "opportunities/bulk",
            ["filter": ["owner_id", "in_team", .string(team)], "set": ["priority": "P0"], "preview": true])
        #expect(preview.status == 200, "\(preview.text)")
        let grouped = try company.send("GET", "opportunities/aggregate?group_by=stage_kind")
        #expect(grouped.json["data"]?.arrayValue?.count == 2)
    }
}
