import TestKit
import Testing
import Wire

struct SalesAccessTests {
    @Test func `a rep reads all customers and works on own deals`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let rep = try await company.join("Rita Bruni", role: "sales_rep").client
        let account = try company.make("accounts", ["name": "Hottechi"])
        let deal = try company.make(
            "opportunities", ["title": "The admin's", "account_id": .string(account)])
        #expect(try rep.send("GET", "accounts/\(account)").status == 200)
        #expect(try rep.send("PATCH", "accounts/\(account)", ["name": "Mine"]).status == 403)
        #expect(try rep.send("GET", "opportunities/\(deal)").status == 404)
        #expect(try rep.send("GET", "opportunities/\(deal)/stages").status == 404)
        let own = try rep.send("POST", "opportunities", ["title": "Own", "account_id": .string(account)])
        #expect(own.status == 201)
        #expect(try rep.send("POST", "products", ["name": "GTX"]).status == 403)
        #expect(try rep.send("POST", "stages", ["name": "Mine"]).code == "permission_required")
    }

    @Test func `a viewer reads and a marketing manager does not`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let viewer = try await company.join("Vera Neri", role: "viewer").client
        let marketing = try await company.join("Mario Gallo", role: "marketing_manager").client
        for path in [
            "accounts", "contacts", "products", "pipelines", "stages", "leads", "opportunities", "activities",
        ] {
            #expect(try viewer.send("GET", path).status == 200)
            #expect(try viewer.send("POST", path, [:]).code == "permission_required")
            #expect(try marketing.send("GET", path).code == "permission_required")
        }
    }

    @Test func `the timeline shows what its reader may read, newest first, page by page`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let rep = try await company.join("Rita Bruni", role: "sales_rep").client
        let account = try company.make("accounts", ["name": "Hottechi"])
        let reference = JSON.string(account)
        _ = try company.make("contacts", ["last_name": "Verdi", "account_id": reference])
        _ = try company.make("opportunities", ["title": "Deal", "account_id": reference])
        _ = try company.make(
            "activities", ["kind": "call", "subject": "First call", "account_id": reference])
        try company.send("PATCH", "accounts/\(account)", ["industry": "Retail"])
        let whole = try company.send("GET", "accounts/\(account)/timeline")
        #expect(whole.status == 200)
        let items = whole.json["data"]?.arrayValue ?? []
        #expect(items.map { $0["kind"] } == ["updated", "happened", "created", "created", "created"])
        #expect(
            items.map { $0["type"] } == [
                "directory.account", "sales.activity", "sales.opportunity", "directory.contact",
                "directory.account",
            ])
        #expect(items.first?["changes"]?.arrayValue?.first?["field"] == "industry")
        var paged: [JSON] = []
        var next: String? = ""
        while let cursor = next, paged.count < 10 {
            let page = try company.send(
                "GET", "accounts/\(account)/timeline?limit=2" + (cursor.isEmpty ? "" : "&cursor=\(cursor)"))
            paged += page.json["data"]?.arrayValue ?? []
            next = page.json["page"]?["next"]?.stringValue
        }
        #expect(paged == items)
        let seen = try rep.send("GET", "accounts/\(account)/timeline").json["data"]?.arrayValue ?? []
        #expect(seen.map { $0["type"] } == ["directory.account", "directory.contact", "directory.account"])
        #expect(try company.send("GET", "accounts/\(account)/timeline?cursor=x").status == 400)
        #expect(try company.send("GET", "accounts/\(UUIDv7.make())/timeline").status == 404)
    }

    @Test func `moments of the same instant are each on one page`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let lead = try company.make(
            "leads", ["last_name": "Verdi", "company": "Verdi", "email": "v@verdi.example"])
        let converted = try company.send("POST", "leads/\(lead)/conversion", [:])
        let account = converted.json["account_id"]?.stringValue ?? ""
        let whole = try company.send("GET", "accounts/\(account)/timeline").json["data"]?.arrayValue ?? []
        #expect(
            Set(whole.map { "\($0["type"]?.stringValue ?? "") \($0["kind"]?.stringValue ?? "")" }) == [
                "directory.account created", "directory.contact created", "sales.opportunity created",
                "sales.lead converted",
            ])
        var paged: [JSON] = []
        var path: String? = "accounts/\(account)/timeline?limit=1"
        while let next = path, paged.count < 10 {
            let page = try company.send("GET", next).json
            paged += page["data"]?.arrayValue ?? []
            let cursor = page["page"]?["next"]?.stringValue
            path = cursor.map { "accounts/\(account)/timeline?limit=1&cursor=\($0)" }
        }
        #expect(paged == whole)
    }
}
