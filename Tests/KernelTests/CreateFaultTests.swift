import Postgres
import TestKit
import Testing
import Wire

/// What a create that is one batch refuses, and how it tells it: as one that asks first.
@Suite struct CreateFaultTests {
    private static let nobody = JSON.string("0192f0c0-0000-7000-8000-00000000dead")

    @Test func `all references that lead nowhere are told at once`() async throws {
        let company = try await ApiPlatform.company()
        let binned = try company.make("accounts", ["name": "Gone"])
        try company.send("DELETE", "accounts/\(binned)")
        let refused = try company.send(
            "POST", "opportunities",
            [
                "title": "Nowhere", "account_id": .string(binned), "contact_id": Self.nobody,
                "stage_id": Self.nobody, "owner_id": Self.nobody,
            ])
        #expect(refused.status == 422)
        #expect(
            Set(refused.faults) == [
                "account_id:reference_not_found", "contact_id:reference_not_found",
                "stage_id:reference_not_found", "owner_id:reference_not_found", "pipeline_id:required",
            ])
        let both = try company.send(
            "POST", "contacts", ["email": "nobody", "account_id": Self.nobody, "nope": 1])
        #expect(
            Set(both.faults) == [
                "account_id:reference_not_found", "email:not_an_email", "nope:unknown_field",
            ])
    }

    @Test func `a record out of the caller's reach is as one that is not there`() async throws {
        let company = try await ApiPlatform.company()
        let seller = try await company.join("Rita Viola", role: "sales_rep")
        let theirs = try company.make("opportunities", ["title": "The boss's own"])
        let body: JSON = ["subject": "Call", "opportunity_id": .string(theirs)]
        #expect(try company.send("POST", "activities", body).status == 201)
        let refused = try seller.client.send("POST", "activities", body)
        #expect(refused.faults == ["opportunity_id:reference_not_found"])
        let owned = try seller.client.send(
            "POST", "activities", ["subject": "Call", "owner_id": .string(company.adminID.description)])
        #expect(owned.faults == ["owner_id:reference_not_found"])
    }

    @Test func `a stage of another pipeline is refused, remembered or not`() async throws {
        let company = try await ApiPlatform.company()
        let made = try company.send("POST", "opportunities", ["title": "Here"])
        let stage = try #require(made.json["stage_id"])
        let other = try company.make("pipelines", ["name": "Elsewhere"])
        let body: JSON = ["title": "There", "stage_id": stage, "pipeline_id": .string(other)]
        for _ in 0..<2 {
            let refused = try company.send("POST", "opportunities", body)
            #expect(refused.faults == ["stage_id:stage_of_another_pipeline"])
        }
    }

    @Test func `a create that was refused leaves neither key nor record`() async throws {
        let company = try await ApiPlatform.company()
        let headers = ["Idempotency-Key": "leaves nothing"]
        _ = try company.make("accounts", ["name": "First", "external_code": "C-9"])
        let taken = try company.send(
            "POST", "accounts", ["name": "Second", "external_code": "c-9"], headers: headers)
        #expect(taken.faults == ["external_code:taken"])
        let missing = try company.send(
            "POST", "accounts", ["name": "Second", "parent_id": Self.nobody], headers: headers)
        #expect(missing.faults == ["parent_id:reference_not_found"])
        #expect(try await keys(of: company) == 0)
        #expect(try company.send("GET", "accounts?count=exact").page("total") == 1)
        #expect(try company.send("POST", "accounts", ["name": "Second"], headers: headers).status == 201)
        #expect(try await keys(of: company) == 1)
    }

    @Test func `a replay comes before anything that is wrong by now`() async throws {
        let company = try await ApiPlatform.company()
        let account = try company.make("accounts", ["name": "Soon gone"])
        let body: JSON = ["last_name": "Riva", "account_id": .string(account)]
        let headers = ["Idempotency-Key": "then and now"]
        let first = try company.send("POST", "contacts", body, headers: headers)
        #expect(first.status == 201)
        try company.send("DELETE", "accounts/\(account)")
        let second = try company.send("POST", "contacts", body, headers: headers)
        #expect(second.status == 201)
        #expect(second.header("idempotent-replayed") == "true")
        #expect(second.bytes == first.bytes)
        let reused = try company.send("POST", "contacts", ["last_name": 7], headers: headers)
        #expect(reused.code == "idempotency_key_reused")
    }

    @Test func `a key is free again after a day`() async throws {
        let company = try await ApiPlatform.company()
        let headers = ["Idempotency-Key": "daily"]
        try company.send("POST", "accounts", ["name": "Monday"], headers: headers)
        _ = try await ApiPlatform.shared.value.database.admin(
            """
            update kernel.idempotency_keys
            set created_at = created_at - interval '25 hours'
            where organization_id = \(company.id)::uuid
            """)
        let next = try company.send("POST", "accounts", ["name": "Tuesday"], headers: headers)
        #expect(next.status == 201)
        #expect(next.header("idempotent-replayed") == nil)
        let again = try company.send("POST", "accounts", ["name": "Tuesday"], headers: headers)
        #expect(again.bytes == next.bytes)
        #expect(try await keys(of: company) == 1)
    }

    @Test func `a client's own id is repeated under any key, and its unique fields with it`() async throws {
        let company = try await ApiPlatform.company()
        let id = UUIDv7.make().description
        let body: JSON = ["id": .string(id), "name": "Offline", "external_code": "O-1"]
        let first = try company.send("POST", "accounts", body, headers: ["Idempotency-Key": "1"])
        #expect(first.status == 201)
        #expect(first.header("location") == "/api/v1/accounts/\(id)")
        for headers in [["Idempotency-Key": "2"], [:]] {
            let repeated = try company.send("POST", "accounts", body, headers: headers)
            #expect(repeated.status == 200)
            #expect(repeated.bytes == first.bytes)
        }
        let replayed = try company.send("POST", "accounts", body, headers: ["Idempotency-Key": "2"])
        #expect(replayed.status == 200)
        #expect(replayed.header("idempotent-replayed") == "true")
        let colleague = try await company.join("Bruno Neri", role: "org_admin")
        let taken = try colleague.client.send(
            "POST", "accounts", body, headers: ["Idempotency-Key": "theirs"])
        #expect(taken.status == 409)
        #expect(taken.code == "id_taken")
    }

    private func keys(of company: Company) async throws -> Int64? {
        try await ApiPlatform.shared.value.database.admin(
            "select count(*) from kernel.idempotency_keys where organization_id = \(company.id)::uuid"
        ).integer(0, 0)
    }
}
