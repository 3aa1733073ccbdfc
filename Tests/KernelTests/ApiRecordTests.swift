import TestKit
import Testing
import Wire

/// One record's life over HTTP, as api.md lays it down.
@Suite struct ApiRecordTests {
    @Test func `a record answers with its place, its version and all of its fields`() async throws {
        let company = try await ApiPlatform.company()
        let made = try company.send(
            "POST", "accounts", ["name": "Rossi S.p.A.", "annual_revenue": 1_234_500])
        #expect(made.status == 201)
        let id = try #require(made.json["id"]?.stringValue)
        #expect(made.header("location") == "/api/v1/accounts/\(id)")
        #expect(made.header("etag") == "\"1\"")
        #expect(UUIDv7(id)?.version == 7)
        #expect(made.json["type"] == "directory.account")
        #expect(made.json["annual_revenue_currency"] == "EUR")
        #expect(made.json["owner_id"]?.stringValue == company.adminID.description)
        #expect(made.json["created_by"]?.stringValue == company.adminID.description)
        #expect(made.json.objectValue?.keys.contains("parent_id") == true)
        #expect(made.json["parent_id"] == .null)
        #expect(made.json["tags"] == [])
        #expect(made.json["custom"] == [:])
        let created = try #require(made.json["created_at"]?.stringValue)
        #expect(created.count == 24 && created.hasSuffix("Z"))
        #expect(try company.send("GET", "accounts/\(id)").json == made.json)
    }

    @Test func `a change sends only what changes, and null empties`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("accounts", ["name": "Bianchi", "industry": "Steel", "employees": 12])
        let changed = try company.send("PATCH", "accounts/\(id)", ["employees": 13, "industry": nil])
        #expect(changed.status == 200)
        #expect(changed.header("etag") == "\"2\"")
        #expect(changed.json["name"] == "Bianchi")
        #expect(changed.json["employees"] == 13)
        #expect(changed.json["industry"] == .null)
        #expect(changed.json["version"] == 2)
        let same = try company.send("PATCH", "accounts/\(id)", ["employees": 13])
        #expect(same.header("etag") == "\"2\"", "nothing changed, so nothing is written")
    }

    @Test func `a stale version is refused with the record as it is and what has changed`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("accounts", ["name": "Verdi", "industry": "Paper", "employees": 1])
        try company.send("PATCH", "accounts/\(id)", ["industry": "Wood"])
        try company.send("PATCH", "accounts/\(id)", ["employees": 2])
        let stale = try company.send(
            "PATCH", "accounts/\(id)", ["name": "Verdi 2"], headers: ["If-Match": "\"1\""])
        #expect(stale.status == 412)
        #expect(stale.json["current"]?["version"] == 3)
        #expect(stale.json["current"]?["industry"] == "Wood")
        #expect(stale.json["changed"] == ["employees", "industry"])
        #expect(stale.header("etag") == "\"3\"")
        let one = try company.send(
            "PATCH", "accounts/\(id)", ["name": "Verdi 2"], headers: ["If-Match": "\"2\""])
        #expect(one.json["changed"] == ["employees"])
        let deleted = try company.send("DELETE", "accounts/\(id)", nil, headers: ["If-Match": "\"1\""])
        #expect(deleted.status == 412)
        #expect(deleted.json["current"]?["version"] == 3)
        let fresh = try company.send(
            "PATCH", "accounts/\(id)", ["name": "Verdi 3"], headers: ["If-Match": "\"3\""])
        #expect(fresh.status == 200)
        #expect(
            try company.send("PATCH", "accounts/\(id)", ["name": "V"], headers: ["If-Match": "x"]).status
                == 412)
        #expect(
            try company.send("DELETE", "accounts/\(id)", nil, headers: ["If-Match": "W/\"4\""]).status == 204)
    }

    @Test func `a client's own id makes one record however often it is sent`() async throws {
        let company = try await ApiPlatform.company()
        let id = UUIDv7.make().description
        let body: JSON = ["id": .string(id), "name": "Offline"]
        #expect(try company.send("POST", "accounts", body).status == 201)
        let again = try company.send("POST", "accounts", body)
        #expect(again.status == 200)
        #expect(again.json["id"]?.stringValue == id)
        let colleague = try await company.join("Bruno Neri", role: "org_admin")
        let taken = try colleague.client.send("POST", "accounts", body)
        #expect(taken.status == 409)
        #expect(taken.code == "id_taken")
        let old = try company.send(
            "POST", "accounts", ["id": "6f1c1b0e-8a4f-4a3e-9c0a-1f2e3d4c5b6a", "name": "v4"])
        #expect(old.faults == ["id:not_an_id"])
        #expect(try company.send("GET", "accounts?name=Offline&count=exact").page("total") == 1)
    }

    @Test func `what is deleted is in the bin and comes back`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("accounts", ["name": "Gialli"])
        #expect(try company.send("DELETE", "accounts/\(id)").status == 204)
        let gone = try company.send("GET", "accounts/\(id)")
        #expect(gone.status == 404)
        #expect(try company.send("PATCH", "accounts/\(id)", ["name": "x"]).status == 404)
        #expect(try company.send("DELETE", "accounts/\(id)").status == 404)
        #expect(try company.send("GET", "accounts").ids.isEmpty)
        let binned = try company.send("GET", "accounts/\(id)?deleted=true")
        #expect(binned.status == 200)
        #expect(binned.json["deleted_at"] != .null)
        #expect(try company.send("GET", "accounts?deleted=true").ids == [id])
        let back = try company.send("POST", "accounts/\(id)/restore")
        #expect(back.status == 200)
        #expect(back.json["deleted_at"] == .null)
        #expect(try company.send("POST", "accounts/\(id)/restore").status == 404)
        #expect(try company.send("GET", "accounts").ids == [id])
    }

    @Test func `a key that was taken meanwhile keeps a record in the bin`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("accounts", ["name": "Old", "external_code": "C-1"])
        #expect(
            try company.send("POST", "accounts", ["name": "X", "external_code": " c-1 "]).faults == [
                "external_code:taken"
            ])
        try company.send("DELETE", "accounts/\(id)")
        _ = try company.make("accounts", ["name": "New", "external_code": "C-1"])
        let refused = try company.send("POST", "accounts/\(id)/restore")
        #expect(refused.status == 409)
        #expect(refused.code == "restore_conflict")
    }

    @Test func `every wrong field is told at once`() async throws {
        let company = try await ApiPlatform.company()
        let refused = try company.send(
            "POST", "accounts",
            [
                "kind": "friend", "employees": -1, "email": "nobody", "nope": 1, "version": 3,
                "billing_address": ["planet": "Earth"], "last_synced_at": "yesterday", "active": "yes",
            ])
        #expect(refused.status == 422)
        #expect(
            Set(refused.faults) == [
                "name:required", "kind:not_a_choice", "employees:too_small", "email:not_an_email",
                "nope:unknown_field",
                "version:read_only", "billing_address.planet:unknown_field", "last_synced_at:not_an_instant",
                "active:wrong_type",
            ])
    }

    @Test func `white space at the ends counts as it was sent, and is cut off`() async throws {
        let company = try await ApiPlatform.company()
        let spaces = String(repeating: " ", count: 200)
        let refused = try company.send("POST", "accounts", ["name": .string("A\(spaces)")])
        #expect(refused.faults == ["name:too_long"])
        let made = try company.send("POST", "accounts", ["name": .string(" A\(spaces.dropLast(10)) ")])
        #expect(made.json["name"] == "A")
    }

    @Test func `a step that is not allowed names those that are`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("leads", ["last_name": "Conti"])
        let worked = try company.send("POST", "leads/\(id)/transitions", ["to": "working"])
        #expect(worked.status == 200)
        #expect(worked.json["status"] == "working")
        let back = try company.send("PATCH", "leads/\(id)", ["status": "new"])
        #expect(back.status == 409)
        #expect(back.code == "illegal_transition")
        #expect(back.json["allowed"] == ["assigned", "nurturing", "converted", "disqualified"])
        let silent = try company.send("POST", "leads/\(id)/transitions", ["to": "disqualified"])
        #expect(silent.faults == ["reason:required"])
        let told = try company.send(
            "POST", "leads/\(id)/transitions", ["to": "disqualified", "reason": "No budget"])
        #expect(told.json["disqualified_reason"] == "No budget")
        #expect(
            try company.send("POST", "leads/\(id)/transitions", ["to": "x"]).faults == ["to:not_a_choice"])
    }

    @Test func `the history tells who changed what`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("accounts", ["name": "Blu", "employees": 5])
        let headers = ["X-Request-ID": "change-1"]
        try company.send("PATCH", "accounts/\(id)", ["employees": 6, "kind": "customer"], headers: headers)
        try company.send("DELETE", "accounts/\(id)")
        try company.send("POST", "accounts/\(id)/restore")
        let history = try company.send("GET", "accounts/\(id)/history")
        let entries = history.json["data"]?.arrayValue ?? []
        #expect(entries.map { $0["action"]?.stringValue } == ["restored", "deleted", "updated", "created"])
        #expect(entries[2]["request_id"] == "change-1")
        #expect(entries[2]["by"]?["id"]?.stringValue == company.adminID.description)
        #expect(entries[2]["by"]?["name"] == "Ada Rossi")
        let changes = entries[2]["changes"]?.arrayValue ?? []
        #expect(Set(changes.compactMap { $0["field"]?.stringValue }) == ["employees", "kind"])
        let employees = try #require(changes.first { $0["field"] == "employees" })
        #expect(employees["from"] == 5)
        #expect(employees["to"] == 6)
        #expect(employees["label"]?.stringValue?.hasPrefix("field.") == false)
        let first = try company.send("GET", "accounts/\(id)/history?limit=3")
        let cursor = try #require(first.page("next").stringValue)
        let rest = try company.send("GET", "accounts/\(id)/history?limit=3&cursor=\(cursor)")
        #expect((first.json["data"]?.arrayValue ?? []) + (rest.json["data"]?.arrayValue ?? []) == entries)
        #expect(rest.page("next") == .null)
    }
}
