import TestKit
import Testing
import Wire

/// What the page of a lead or of a deal shows beside its fields.
struct RecordPageTests {
    @Test func `leads that what is typed would repeat are found by mail, telephone and name at the company`()
        async throws
    {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let lead = try company.make(
            "leads",
            [
                "first_name": "Ugo", "last_name": "Verdi", "company": "Verdi Spa",
                "email": "ugo@verdi.example", "phone": "+39 02 1234567",
            ])
        func found(_ body: JSON) throws -> [JSON?] {
            let answer = try company.send("POST", "leads/duplicates", body)
            #expect(answer.status == 200, "\(answer.text)")
            return (answer.json["data"]?.arrayValue ?? []).map { $0["reason"] }
        }
        #expect(try found(["email": "UGO@verdi.example"]) == ["email"])
        #expect(try found(["phone": "021234567"]) == ["phone"])
        #expect(
            try found(["first_name": "ugo", "last_name": "VERDI", "company": "Verdi S.p.A."]) == [
                "name_and_company"
            ])
        #expect(try found(["last_name": "Verdi"]).isEmpty)
        #expect(try found(["id": .string(lead), "email": "ugo@verdi.example"]).isEmpty)
        let rep = try await company.join("Rita Bruni", role: "sales_rep").client
        let own = try rep.send("POST", "leads/duplicates", ["email": "ugo@verdi.example"])
        #expect(own.json["data"] == [])
    }

    @Test func `a deal's timeline has its activities, moves and changes, page by page`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let rep = try await company.join("Rita Bruni", role: "sales_rep").client
        let stages = try company.stages()
        let deal = try company.make("opportunities", ["title": "Deal"])
        let other = try company.make("opportunities", ["title": "Other"])
        for (kind, id) in [("note", deal), ("call", deal), ("call", other)] {
            _ = try company.make(
                "activities",
                ["kind": .string(kind), "subject": .string(kind), "opportunity_id": .string(id)])
        }
        try company.send("PATCH", "opportunities/\(deal)", ["stage_id": .string(stages["engaging"] ?? "")])
        let whole = try company.send("GET", "opportunities/\(deal)/timeline")
        #expect(whole.status == 200, "\(whole.text)")
        let items = whole.json["data"]?.arrayValue ?? []
        #expect(items.map { $0["kind"] } == ["updated", "happened", "happened", "created"])
        let move = items.first?["changes"]?.arrayValue?.first { $0["field"] == "stage_id" }
        #expect(move?["from"] != nil && move?["to"] != nil, "\(whole.text)")
        var paged: [JSON] = []
        var next: String? = ""
        while let cursor = next, paged.count < 10 {
            let page = try company.send(
                "GET",
                "opportunities/\(deal)/timeline?limit=1" + (cursor.isEmpty ? "" : "&cursor=\(cursor)"))
            paged += page.json["data"]?.arrayValue ?? []
            next = page.json["page"]?["next"]?.stringValue
        }
        #expect(paged == items)
        #expect(try rep.send("GET", "opportunities/\(deal)/timeline").status == 404)
        #expect(try company.send("GET", "opportunities/\(deal)/timeline?cursor=x").status == 400)
    }

    @Test func `a lead's timeline has what came of it`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let lead = try company.make("leads", ["last_name": "Verdi", "company": "Verdi"])
        _ = try company.make(
            "activities", ["kind": "email", "subject": "First mail", "lead_id": .string(lead)])
        let converted = try company.send("POST", "leads/\(lead)/conversion", [:])
        let deal = converted.json["opportunity_id"]?.stringValue ?? ""
        func types(_ path: String) throws -> Set<String> {
            let answer = try company.send("GET", path)
            #expect(answer.status == 200, "\(answer.text)")
            return Set((answer.json["data"]?.arrayValue ?? []).compactMap { $0["type"]?.stringValue })
        }
        #expect(
            try types("leads/\(lead)/timeline") == ["sales.lead", "sales.activity", "sales.opportunity"])
        #expect(try types("opportunities/\(deal)/timeline") == ["sales.opportunity", "sales.lead"])
        let listed = try company.send("GET", "activities?lead_id=\(lead)&count=exact")
        #expect(listed.json["page"]?["total"] == 1)
    }
}
