import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// Many records changed or deleted by one request.
@Suite struct BulkTests {
    @Test func `a preview tells what would change, and changes nothing`() async throws {
        let bulk = try await BulkCompany("Preview")
        let ids = try bulk.accounts((0..<12).map { "Rossi \($0)" })
        _ = try bulk.accounts(["Verdi"], industry: "Glass")
        let seen = try bulk.company.send(
            "POST", "accounts/bulk",
            ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"], "preview": true])
        #expect(seen.status == 200)
        #expect(seen.json["count"] == 12)
        let first = seen.json["first"]?.arrayValue ?? []
        #expect(first.count == 10)
        #expect(first[0]["id"]?.stringValue == ids.last)
        #expect(first[0]["name"] == "Rossi 11")
        #expect(
            first[0]["changes"] == [
                ["field": "industry", "label": "Industry", "from": "Steel", "to": "Iron"]
            ])
        #expect(seen.json["errors"] == [])
        try await bulk.platform.drain()
        #expect(try bulk.field("industry", of: "accounts", ids) == ids.map { _ in "Steel" })
    }

    @Test func `a filter's records are changed by the rules of one, with history`() async throws {
        let bulk = try await BulkCompany("Filter")
        let ids = try bulk.accounts(["Alfa", "Beta", "Gamma"])
        let other = try bulk.accounts(["Delta"], industry: "Glass")
        let sent = try bulk.company.send(
            "POST", "accounts/bulk",
            ["filter": ["all": [["industry", "eq", "Steel"]]], "q": "alfa", "set": ["industry": "Iron"]])
        #expect(sent.status == 202)
        #expect(sent.json["status"] == "queued")
        let job = try #require(sent.json["job"]?.stringValue)
        #expect(sent.json["undo"]?.stringValue == "/api/v1/bulk/\(job)/undo")
        try await bulk.platform.drain()
        let done = try bulk.company.send("GET", "bulk/\(job)").json
        #expect(done["status"] == "done")
        #expect(done["progress"] == ["done": 1, "total": 1])
        #expect(done["counts"] == ["update": 1, "delete": 0, "skip": 0, "error": 0])
        #expect(done["undo_state"] == "available")
        #expect(
            try bulk.field("industry", of: "accounts", ids + other) == ["Iron", "Steel", "Steel", "Glass"])
        let history =
            try bulk.company.send("GET", "accounts/\(ids[0])/history").json["data"]?.arrayValue ?? []
        #expect(history.first?["request_id"]?.stringValue == job)
        #expect(history.first?["by"]?["id"]?.stringValue == bulk.company.adminID.description)
    }

    @Test func `records that can't be changed are told with the reason, the others are changed`() async throws
    {
        let bulk = try await BulkCompany("Faults")
        var leads: [String] = []
        for name in ["Ada", "Bea", "Cia"] {
            leads.append(try bulk.company.make("leads", ["last_name": .string(name)]))
        }
        try bulk.company.send("PATCH", "leads/\(leads[0])", ["status": "working"])
        let lost = try bulk.company.send(
            "POST", "leads/\(leads[1])/transitions", ["to": "disqualified", "reason": "No need"])
        #expect(lost.status == 200)
        let absent = UUIDv7.make().description
        let done = try await bulk.change(
            "leads",
            [
                "ids": .array((leads + [absent]).map { .string($0) }), "set": ["status": "new"],
            ])
        #expect(done["status"] == "done")
        #expect(done["counts"] == ["update": 1, "delete": 0, "skip": 2, "error": 1])
        let errors = done["errors"]?.arrayValue ?? []
        let codes = Dictionary(
            errors.map { ($0["id"]?.stringValue ?? "", $0["code"]?.stringValue ?? "") },
            uniquingKeysWith: { first, _ in first })
        #expect(codes[absent] == "not_found")
        #expect(codes[leads[0]] == "illegal_transition")
        #expect(errors.allSatisfy { $0["message"]?.stringValue?.isEmpty == false })
        #expect(
            try bulk.field("status", of: "leads", leads) == ["working", "new", "new"])
    }

    @Test func `what is referred to is not deleted, the rest goes to the bin`() async throws {
        let bulk = try await BulkCompany("Bin")
        let ids = try bulk.accounts(["Alfa", "Beta"])
        let deal = try bulk.company.send(
            "POST", "opportunities", ["title": "Deal", "account_id": .string(ids[0])])
        let stage = try #require(deal.json["stage_id"]?.stringValue)
        let seen = try bulk.company.send(
            "POST", "stages/bulk", ["ids": [.string(stage)], "delete": true, "preview": true])
        #expect(seen.json["errors"]?.arrayValue?.first?["code"] == "referenced")
        let kept = try await bulk.change("stages", ["ids": [.string(stage)], "delete": true])
        #expect(kept["counts"] == ["update": 0, "delete": 0, "skip": 0, "error": 1])
        let done = try await bulk.change("accounts", ["ids": [.string(ids[1])], "delete": true])
        #expect(done["counts"] == ["update": 0, "delete": 1, "skip": 0, "error": 0])
        #expect(try bulk.company.send("GET", "accounts/\(ids[1])").status == 404)
        #expect(try bulk.company.send("GET", "accounts/\(ids[1])?deleted=true").status == 200)
    }

    @Test func `a caller changes what is in reach, and meets the others as if they were not there`()
        async throws
    {
        let bulk = try await BulkCompany("Scope")
        let rep = try await bulk.company.join("Rep Scope", role: "sales_rep")
        let foreign = try bulk.accounts(["Alfa"])
        let own = try rep.client.send("POST", "accounts", ["name": "Beta", "industry": "Steel"])
        let ownID = try #require(own.json["id"]?.stringValue)
        let body: JSON = ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"]]
        let seen = try rep.client.send("POST", "accounts/bulk", body.adding("preview", true))
        #expect(seen.json["count"] == 1)
        let done = try await bulk.change("accounts", body, by: rep.client)
        #expect(done["counts"]?["update"] == 1)
        #expect(try bulk.field("industry", of: "accounts", foreign + [ownID]) == ["Steel", "Iron"])
        let named = try await bulk.change(
            "accounts", ["ids": [.string(foreign[0])], "set": ["industry": "Iron"]], by: rep.client)
        #expect(named["counts"] == ["update": 0, "delete": 0, "skip": 1, "error": 0])
        // The colleague's change is nobody else's, but the admin's.
        let id = try #require(named["id"]?.stringValue)
        let other = try await bulk.company.join("Rep Other", role: "sales_rep")
        #expect(try other.client.send("GET", "bulk/\(id)").status == 404)
        #expect(try other.client.send("POST", "bulk/\(id)/undo").status == 404)
        #expect(try bulk.company.send("GET", "bulk/\(id)").status == 200)
    }

    @Test func `what left the caller's reach before its turn is skipped`() async throws {
        let bulk = try await BulkCompany("Left")
        let rep = try await bulk.company.join("Rep Left", role: "sales_rep")
        let made = try rep.client.send("POST", "accounts", ["name": "Beta", "industry": "Steel"])
        let id = try #require(made.json["id"]?.stringValue)
        try await bulk.platform.drain()
        let sent = try rep.client.send(
            "POST", "accounts/bulk", ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"]])
        let job = try #require(sent.json["job"]?.stringValue)
        try bulk.company.send(
            "PATCH", "accounts/\(id)", ["owner_id": .string(bulk.company.adminID.description)])
        try await bulk.platform.drain()
        let done = try rep.client.send("GET", "bulk/\(job)").json
        #expect(done["counts"] == ["update": 0, "delete": 0, "skip": 1, "error": 0])
        #expect(try bulk.field("industry", of: "accounts", [id]) == ["Steel"])
    }

    @Test func `a body that says too little, too much or nonsense is refused, naming the field`() async throws
    {
        let bulk = try await BulkCompany("Refused")
        let id = try bulk.accounts(["Alfa"])[0]
        let set: JSON = ["industry": "Iron"]
        let filter: JSON = ["industry", "eq", "Steel"]
        let cases: [(body: JSON, field: String, code: String)] = [
            (["set": set], "filter", "required"), (["filter": filter], "set", "required"),
            (["filter": filter, "set": set, "delete": true], "delete", "set_or_delete"),
            (["filter": filter, "ids": [.string(id)], "set": set], "ids", "filter_or_ids"),
            (["ids": [], "set": set], "ids", "required"),
            (["ids": ["x"], "set": set], "ids[0]", "not_an_id"),
            (["ids": .array(Array(repeating: .string(id), count: 10_001)), "set": set], "ids", "too_many"),
            (["filter": filter, "set": ["nope": 1]], "set.nope", "unknown_field"),
            (["filter": filter, "set": ["version": 1]], "set.version", "read_only"),
            (["filter": filter, "set": ["employees": "many"]], "set.employees", "wrong_type"),
            (["filter": ["nope", "eq", 1], "set": set], "filter", "unknown_parameter"),
            (["filter": ["any": []], "set": set], "filter", "bad_filter"),
            (["filter": filter, "set": set, "where": 1], "where", "unknown_field"),
        ]
        for refused in cases {
            let answer = try bulk.company.send("POST", "accounts/bulk", refused.body)
            #expect(answer.status == 422, "\(refused.body.text.prefix(200))")
            let errors = answer.json["errors"]?.arrayValue ?? []
            #expect(
                errors.contains {
                    $0["field"]?.stringValue == refused.field && $0["code"]?.stringValue == refused.code
                }, "\(refused.field) \(refused.code): \(answer.text)")
        }
        let viewer = try await bulk.company.join("Viewer Refused", role: "viewer")
        let answer = try viewer.client.send("POST", "accounts/bulk", ["filter": filter, "set": set])
        #expect(answer.status == 403)
        #expect(answer.json["permission"] == "directory.account.write")
    }

    @Test func `the same key starts the work once`() async throws {
        let bulk = try await BulkCompany("Key")
        _ = try bulk.accounts(["Alfa"])
        let body: JSON = ["filter": ["industry", "eq", "Steel"], "set": ["industry": "Iron"]]
        let answers = try (0..<2).map { _ in
            try bulk.company.send("POST", "accounts/bulk", body, headers: ["Idempotency-Key": "once"])
        }
        #expect(answers.map(\.status) == [202, 202])
        #expect(answers[0].json["job"] == answers[1].json["job"])
        #expect(answers[1].header("idempotent-replayed") == "true")
    }
}
