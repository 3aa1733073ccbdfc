import TestKit
import Testing
import Wire

struct LeadTests {
    @Test func `a lead is given up with a reason only`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let id = try company.make("leads", ["last_name": "Verdi"])
        #expect(
            try company.send("PATCH", "leads/\(id)", ["status": "disqualified"]).faults == [
                "disqualified_reason:required"
            ])
        #expect(
            try company.send("POST", "leads/\(id)/transitions", ["to": "disqualified"]).faults == [
                "reason:required"
            ])
        let given = try company.send(
            "POST", "leads/\(id)/transitions", ["to": "disqualified", "reason": "No budget"])
        #expect(given.status == 200)
        #expect(given.json["disqualified_reason"] == "No budget")
        let back = try company.send("POST", "leads/\(id)/transitions", ["to": "working"])
        #expect(back.json["disqualified_reason"] == .null)
    }

    @Test func `a lead is not converted by its status`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let id = try company.make("leads", ["last_name": "Verdi"])
        let answer = try company.send("PATCH", "leads/\(id)", ["status": "converted"])
        #expect(answer.status == 409)
        #expect(answer.json["allowed"] == ["assigned", "working", "nurturing", "disqualified"])
        #expect(try company.send("PATCH", "leads/\(id)", ["status": nil]).faults == ["status:required"])
        #expect(
            try company.send("POST", "leads", ["last_name": "Neri", "status": "converted"]).faults == [
                "status:conversion_needed"
            ])
        #expect(try company.send("POST", "leads", ["source": "Fair"]).faults == ["last_name:name_needed"])
    }

    @Test func `converting makes account, contact and deal once`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let id = try company.make(
            "leads",
            [
                "first_name": "Gino", "last_name": "Verdi", "company": "Verdi S.r.l.",
                "email": "gino@verdi.example",
                "phone": "+39 06 1234567", "status": "working",
            ])
        let first = try company.send(
            "POST", "leads/\(id)/conversion", ["amount": 5000, "title": "First order"])
        #expect(first.status == 201)
        let repeated = try company.send("POST", "leads/\(id)/conversion", ["amount": 9000])
        #expect(repeated.status == 200)
        #expect(repeated.json == first.json)
        let deals = try company.send("GET", "opportunities?include=account,contact&count=exact").json
        #expect(deals["page"]?["total"] == 1)
        let deal = deals["data"]?.arrayValue?.first
        #expect(deal?["title"] == "First order")
        #expect(deal?["amount"] == 5000)
        #expect(deal?["lead_id"] == .string(id))
        #expect(deal?["account"]?["name"] == "Verdi S.r.l.")
        #expect(deal?["contact"]?["email"] == "gino@verdi.example")
        let lead = try company.send("GET", "leads/\(id)").json
        #expect(lead["status"] == "converted")
        #expect(lead["opportunity_id"] == deal?["id"])
        #expect(try company.send("PATCH", "leads/\(id)", ["status": "new"]).json["allowed"] == [])
    }

    @Test func `likely matches are proposed before anything is made`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let account = try company.make(
            "accounts", ["name": "VERDI SRL", "billing_address": ["city": "Roma", "country": "IT"]])
        let contact = try company.make(
            "contacts", ["last_name": "Verdi", "email": "GINO@verdi.example", "account_id": .string(account)])
        let id = try company.make(
            "leads", ["last_name": "Verdi", "company": "Verdi S.r.l.", "email": "gino@verdi.example"])
        let preview = try company.send("GET", "leads/\(id)/conversion").json["proposals"]
        #expect(preview?["accounts"]?.arrayValue?.first?["id"] == .string(account))
        let refused = try company.send("POST", "leads/\(id)/conversion", [:])
        #expect(refused.status == 409)
        #expect(refused.code == "matches_found")
        #expect(refused.json["proposals"]?["accounts"]?.arrayValue?.first?["reason"] == "name")
        #expect(refused.json["proposals"]?["contacts"]?.arrayValue?.first?["id"] == .string(contact))
        #expect(try company.send("GET", "opportunities").json["data"] == [])
        let named = try company.send("POST", "leads/\(id)/conversion", ["contact_id": .string(contact)])
        #expect(named.status == 201)
        #expect(named.json["account_id"] == .string(account))
        #expect(named.json["contact_id"] == .string(contact))
    }

    @Test func `new records are made where the caller says so`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let account = try company.make("accounts", ["name": "Verdi"])
        let id = try company.make("leads", ["company": "Verdi"])
        let made = try company.send("POST", "leads/\(id)/conversion", ["create_account": true])
        #expect(made.status == 201)
        #expect(made.json["account_id"]?.stringValue != account)
        #expect(made.json["contact_id"] == .null)
    }

    @Test func `two conversions at once make one deal`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let id = try company.make("leads", ["company": "Verdi"])
        let token = company.admin.token
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try platform.client(token: token).send("POST", "leads/\(id)/conversion", [:]).status
                }
            }
            var statuses: [Int] = []
            for try await status in group { statuses.append(status) }
            return statuses
        }
        #expect(statuses.sorted() == [200, 200, 200, 201])
        #expect(try company.send("GET", "opportunities?count=exact").json["page"]?["total"] == 1)
    }

    @Test func `a lead that was given up is not converted`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let id = try company.make(
            "leads", ["last_name": "Verdi", "status": "disqualified", "disqualified_reason": "Gone"])
        let answer = try company.send("POST", "leads/\(id)/conversion", [:])
        #expect(answer.status == 409)
        #expect(answer.code == "illegal_transition")
        #expect(try company.send("GET", "accounts").json["data"] == [])
    }
}
