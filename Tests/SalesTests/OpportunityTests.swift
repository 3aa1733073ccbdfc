import TestKit
import Testing
import Wire

struct OpportunityTests {
    @Test func `a deal starts at the first stage of the default pipeline, in the organization's currency`()
        async throws
    {
        let company = try await TestPlatform().signUp("Rossi", currency: "CHF")
        let stages = try company.stages()
        let deal = try company.send("POST", "opportunities", ["title": "Deal", "amount": 12_345]).json
        #expect(deal["stage_id"] == .string(stages["prospecting"] ?? ""))
        #expect(deal["pipeline_id"]?.stringValue != nil)
        #expect(deal["amount_currency"] == "CHF")
        #expect(deal["priority"] == "P2")
        #expect(deal["closed_at"] == .null)
        #expect(deal["win_probability"] == 1000)
        // 1234.5 minor units, half away from zero.
        #expect(deal["weighted_amount"] == 1235)
        #expect(deal["owner_id"] == .string(company.adminID.description))
    }

    @Test func `its own probability goes before the stage's`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let id = try company.make("opportunities", ["title": "Deal", "amount": 1000, "probability": 2500])
        #expect(try company.send("GET", "opportunities/\(id)").json["weighted_amount"] == 250)
        let cleared = try company.send("PATCH", "opportunities/\(id)", ["probability": nil]).json
        #expect(cleared["win_probability"] == 1000)
        #expect(
            try company.send("PATCH", "opportunities/\(id)", ["probability": 10_001]).faults == [
                "probability:not_a_share"
            ])
        #expect(
            try company.send("PATCH", "opportunities/\(id)", ["amount": -1]).faults == ["amount:negative"])
    }

    @Test func `what is computed from the stage filters, sorts and groups`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        _ = try company.make("opportunities", ["title": "Low", "amount": 1000])
        _ = try company.make("opportunities", ["title": "High", "amount": 1000, "probability": 9000])
        let found = try company.send("GET", "opportunities?win_probability[gte]=9000&sort=-weighted_amount")
        #expect(found.json["data"]?.arrayValue?.compactMap { $0["title"]?.stringValue } == ["High"])
        let grouped = try company.send(
            "GET", "opportunities/aggregate?group_by=win_probability&measures=count,sum:weighted_amount")
        #expect(grouped.status == 200, "\(grouped.text)")
        #expect(grouped.json["data"]?.arrayValue?.count == 2)
        #expect(grouped.json["data"]?.arrayValue?.last?["sum_weighted_amount"] == 900)
        #expect(try company.send("GET", "opportunities/aggregate?group_by=is_rotting").status == 200)
    }

    @Test func `winning closes it now unless told when`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let won = JSON.string(try company.stages()["won"] ?? "")
        let id = try company.make("opportunities", ["title": "Deal"])
        let closed = try company.send("PATCH", "opportunities/\(id)", ["stage_id": won])
        #expect(closed.status == 200)
        #expect(closed.json["closed_at"]?.stringValue != nil)
        let told = try company.send(
            "POST", "opportunities",
            ["title": "Old", "stage_id": won, "closed_at": "2017-03-01T00:00:00.000Z"])
        #expect(told.json["closed_at"] == "2017-03-01T00:00:00.000Z")
        let emptied = try company.send("PATCH", "opportunities/\(id)", ["closed_at": nil])
        #expect(emptied.faults == ["closed_at:required"])
    }

    @Test func `losing needs a reason, and reopening clears reason and end`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let stages = try company.stages().mapValues { JSON.string($0) }
        let id = try company.make("opportunities", ["title": "Deal"])
        let refused = try company.send("PATCH", "opportunities/\(id)", ["stage_id": stages["lost"] ?? .null])
        #expect(refused.status == 422)
        #expect(refused.faults == ["lost_reason:required"])
        let lost = try company.send(
            "PATCH", "opportunities/\(id)", ["stage_id": stages["lost"] ?? .null, "lost_reason": "Price"])
        #expect(lost.status == 200)
        #expect(lost.json["closed_at"]?.stringValue != nil)
        let open = try company.send("PATCH", "opportunities/\(id)", ["stage_id": stages["engaging"] ?? .null])
            .json
        #expect(open["closed_at"] == .null)
        #expect(open["lost_reason"] == .null)
        let won = try company.send("PATCH", "opportunities/\(id)", ["stage_id": stages["won"] ?? .null]).json
        #expect(won["closed_at"]?.stringValue != nil)
        let blamed = try company.send("PATCH", "opportunities/\(id)", ["lost_reason": "Price"])
        #expect(blamed.faults == ["lost_reason:only_when_lost"])
    }

    @Test func `an open deal has no end`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let id = try company.make("opportunities", ["title": "Deal"])
        let early = try company.send("PATCH", "opportunities/\(id)", ["closed_at": "2026-01-01T00:00:00Z"])
        #expect(early.faults == ["closed_at:only_when_closed"])
    }

    @Test func `a stage of another pipeline is refused, another pipeline alone leads to its first stage`()
        async throws
    {
        let company = try await TestPlatform().signUp("Rossi")
        let pipeline = try company.make("pipelines", ["name": "Renewals"])
        let asked = try company.make("stages", ["pipeline_id": .string(pipeline), "name": "Asked"])
        let id = try company.make("opportunities", ["title": "Deal"])
        let refused = try company.send("PATCH", "opportunities/\(id)", ["stage_id": .string(asked)])
        #expect(refused.faults == ["stage_id:stage_of_another_pipeline"])
        let moved = try company.send("PATCH", "opportunities/\(id)", ["pipeline_id": .string(pipeline)])
        #expect(moved.json["stage_id"] == .string(asked))
        let placed = try company.send(
            "POST", "opportunities", ["title": "Other", "stage_id": .string(asked)])
        #expect(placed.json["pipeline_id"] == .string(pipeline))
    }

    @Test func `the stages that it went through are listed with their names and times`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let stages = try company.stages().mapValues { JSON.string($0) }
        let id = try company.make("opportunities", ["title": "Deal"])
        try company.send("PATCH", "opportunities/\(id)", ["stage_id": stages["engaging"] ?? .null])
        try company.send("PATCH", "opportunities/\(id)", ["stage_id": stages["won"] ?? .null])
        let answer = try company.send("GET", "opportunities/\(id)/stages")
        #expect(answer.status == 200)
        let changes = answer.json["data"]?.arrayValue ?? []
        #expect(changes.map { $0["from"] } == [.null, "Prospecting", "Engaging"])
        #expect(changes.map { $0["to"] } == ["Prospecting", "Engaging", "Won"])
        #expect(changes.map { $0["seconds"] } == [.null, 0, 0])
        #expect(changes.allSatisfy { $0["by"]?["name"] == "Ada Rossi" })
        let totals = answer.json["stages"]?.arrayValue ?? []
        #expect(totals.map { $0["name"] } == ["Prospecting", "Engaging", "Won"])
        #expect(totals.map { $0["is_current"] } == [false, false, true])
    }

    @Test(arguments: [("en", "GTX Pro for Hottechi"), ("it", "GTX Pro per Hottechi")])
    func `a title is composed of product and account, in the company's language`(
        locale: String, title: String
    ) async throws {
        let company = try await TestPlatform().signUp("Rossi", locale: locale)
        let account = try company.make("accounts", ["name": "Hottechi"])
        let product = try company.make("products", ["name": "GTX Pro", "price": 482_100])
        let both = try company.send(
            "POST", "opportunities", ["account_id": .string(account), "product_id": .string(product)])
        #expect(both.json["title"]?.stringValue == title)
        #expect(
            try company.send("POST", "opportunities", ["account_id": .string(account)]).json["title"]
                == "Hottechi")
        #expect(try company.send("POST", "opportunities", ["amount": 1]).faults == ["title:required"])
    }

    @Test func `an activity on a deal is one of its account`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let account = try company.make("accounts", ["name": "Hottechi"])
        let deal = try company.make("opportunities", ["title": "Deal", "account_id": .string(account)])
        let activity = try company.send(
            "POST", "activities", ["kind": "call", "subject": "First call", "opportunity_id": .string(deal)])
        #expect(activity.status == 201)
        #expect(activity.json["account_id"] == .string(account))
        #expect(activity.json["happened_at"] == activity.json["created_at"])
        #expect(try company.send("POST", "activities", ["kind": "call"]).faults == ["subject:required"])
    }
}
