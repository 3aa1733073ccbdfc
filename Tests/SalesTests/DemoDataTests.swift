import Kernel
import TestKit
import Testing
import Wire

struct DemoDataTests {
    private static let folder = "\(TestDatabase.repository)/data/crm-sales-opportunities"

    private func total(_ company: Company, _ path: String) throws -> JSON? {
        try company.send("GET", "\(path)?count=exact&limit=1").json["page"]?["total"]
    }

    @Test func `the public data comes in, its figures open their rows, and it goes as a whole`() async throws
    {
        let platform = try await TestPlatform { $0.demoFolder = Self.folder }
        let company = try await platform.signUp("Rossi", locale: "it")
        #expect(try company.send("GET", "demo-data").json["status"] == "none")
        #expect(try company.send("DELETE", "demo-data").code == "demo_data_state")
        let asked = try company.send("POST", "demo-data")
        #expect(asked.status == 202, "\(asked.text)")
        #expect(asked.json["status"] == "loading")
        #expect(try company.send("POST", "demo-data").code == "demo_data_state")
        try await platform.drain()
        let loaded = try company.send("GET", "demo-data").json
        #expect(loaded["status"] == "loaded", "\(loaded.text)")
        #expect(loaded["progress"] == ["done": 8892, "total": 8892])
        #expect(loaded["imports"]?.arrayValue?.map { $0["created"] } == [7, 85, 8800])
        #expect(try company.send("POST", "demo-data").code == "demo_data_state")
        try figures(company)
        // What somebody changed since stays.
        let deal =
            try company.send("GET", "opportunities?limit=1&stage_kind=won").json["data"]?.arrayValue?
            .first?["id"]?.stringValue ?? ""
        try company.send("PATCH", "opportunities/\(deal)", ["next_step": "Call"])
        let own = try company.make("accounts", ["name": "Own"])
        #expect(try company.send("DELETE", "demo-data").json["status"] == "removing")
        try await platform.drain()
        let removed = try company.send("GET", "demo-data").json
        #expect(removed["status"] == "none", "\(removed.text)")
        let kept = removed["kept"]?.arrayValue ?? []
        #expect(kept.contains { $0["id"] == .string(deal) && $0["reason"] == "changed" })
        #expect(try total(company, "opportunities") == 1)
        #expect(try company.send("GET", "accounts/\(own)").status == 200)
        #expect((try total(company, "accounts")?.integerValue ?? 0) <= 2)
        #expect((try total(company, "products")?.integerValue ?? 0) <= 1)
    }

    /// The numbers that the data is known by.
    private func figures(_ company: Company) throws {
        var year = try DashboardCheck(company.admin, "from=2017-01-01&to=2017-12-31")
        #expect(year["won", "count", "value"] == 4238)
        #expect(year["lost", "count", "value"] == 2473)
        #expect(DashboardCheck.money(year["won", "value"]) == "EUR 1000553400")
        #expect(year["win_rate", "value"] == 6315)
        #expect(year["open", "count", "value"] == 2089)
        try year.run()
        let all = try DashboardCheck(company.admin, "period=all")
        let steps = all["stages", "data"].arrayValue?.compactMap { $0["count"]?.integerValue }
        #expect(steps == [8800, 8300, 4238, 4238, 4238])
        let counts = try ["engaging", "prospecting"].map { code in
            let stage = try company.stages()[code] ?? ""
            return try company.send("GET", "opportunities?stage_id=\(stage)&count=exact&limit=1").json[
                "page"]?[
                    "total"]
        }
        #expect(counts == [1589, 500])
    }

    @Test func `only whoever runs the organization may, and only where the data is`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let manager = try await company.join("Mara Blu", role: "sales_manager").client
        for method in ["GET", "POST", "DELETE"] {
            #expect(try manager.send(method, "demo-data").json["permission"] == "sales.demo.manage")
        }
        #expect(try company.send("GET", "demo-data").json["is_available"] == false)
        #expect(try company.send("POST", "demo-data").code == "demo_data_missing")
    }

    @Test func `where no pipeline has the stages of the data, one is made and goes with it`() async throws {
        let platform = try await TestPlatform { $0.demoFolder = Self.folder }
        let company = try await platform.signUp("Rossi")
        let stage = try company.stages()["engaging"] ?? ""
        try company.send("PATCH", "stages/\(stage)", ["code": "talking"])
        try company.send("POST", "demo-data")
        try await platform.drain()
        #expect(try company.send("GET", "demo-data").json["status"] == "loaded")
        #expect(try total(company, "pipelines") == 2)
        #expect(try total(company, "opportunities") == 8800)
        try company.send("DELETE", "demo-data")
        try await platform.drain()
        #expect(try company.send("GET", "demo-data").json["kept"] == [])
        #expect(try total(company, "pipelines") == 1)
        #expect(try total(company, "opportunities") == 0)
    }
}
