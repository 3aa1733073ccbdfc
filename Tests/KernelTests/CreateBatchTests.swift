import Kernel
import Postgres
import Synchronization
import TestKit
import Testing
import Wire

/// A create is one batch: one flush to PostgreSQL and one answer, with `Idempotency-Key` and without.
@Suite(.serialized) struct CreateBatchTests {
    private static let shared = Task { try await BatchCount() }

    @Test func `a create is one batch`() async throws {
        let count = try await Self.shared.value
        let company = try await count.company()
        let batches = try count.batches(of: company, "accounts", ["name": "Plain"])
        #expect(batches == 1)
    }

    @Test func `a create with a key is one batch`() async throws {
        let count = try await Self.shared.value
        let company = try await count.company()
        let body: JSON = ["name": "Keyed"]
        #expect(try count.batches(of: company, "accounts", body, key: "one") == 1)
        let again = try company.send("POST", "accounts", body, headers: ["Idempotency-Key": "one 0"])
        #expect(again.status == 201)
        #expect(again.header("idempotent-replayed") == "true")
    }

    @Test func `references and duplicates are looked for in the same batch`() async throws {
        let count = try await Self.shared.value
        let company = try await count.company()
        let account = try company.make("accounts", ["name": "Parent"])
        let body: JSON = [
            "last_name": "Conti", "email": "conti@example.com", "account_id": .string(account),
            "owner_id": .string(company.adminID.description),
        ]
        let first = try company.send("POST", "contacts", body)
        #expect(first.header("duplicates") == nil)
        #expect(try count.batches(of: company, "contacts", body, key: "alike") == 1)
        let replayed = try company.send(
            "POST", "contacts", body, headers: ["Idempotency-Key": "alike 0"])
        let id = try #require(first.json["id"]?.stringValue)
        #expect(replayed.header("duplicates") == "\(id);reason=email")
        #expect(replayed.header("idempotent-replayed") == "true")
    }

    @Test func `a deal in a known stage is one batch, and a third one in none named is too`() async throws {
        let count = try await Self.shared.value
        let company = try await count.company()
        let first = try company.send("POST", "opportunities", ["title": "First"])
        #expect(first.status == 201)
        let stage = try #require(first.json["stage_id"])
        let pipeline = try #require(first.json["pipeline_id"])
        let named: JSON = ["title": "Named", "pipeline_id": pipeline, "stage_id": stage, "amount": 100]
        #expect(try count.batches(of: company, "opportunities", named) == 1)
        // Where deals start is remembered once it was the same twice.
        #expect(try company.send("POST", "opportunities", ["title": "Second"]).status == 201)
        let body: JSON = ["title": "Third"]
        #expect(try count.batches(of: company, "opportunities", body, key: "third") == 1)
        let third = try company.send("POST", "opportunities", body, headers: ["Idempotency-Key": "third 0"])
        #expect(third.json["stage_id"] == stage)
        #expect(third.json["pipeline_id"] == pipeline)
    }

    @Test func `an activity takes its account from the deal that it is about`() async throws {
        let count = try await Self.shared.value
        let company = try await count.company()
        let account = try company.make("accounts", ["name": "Customer"])
        let deal = try company.make("opportunities", ["title": "Deal", "account_id": .string(account)])
        let body: JSON = ["subject": "Call", "opportunity_id": .string(deal)]
        #expect(try company.send("POST", "activities", body).json["account_id"]?.stringValue == account)
        #expect(try count.batches(of: company, "activities", body) == 1)
        let other = try company.make("accounts", ["name": "Another"])
        try company.send("PATCH", "opportunities/\(deal)", ["account_id": .string(other)])
        #expect(
            try company.send("POST", "activities", body).json["account_id"]?.stringValue == other,
            "what is remembered is only used as long as it is so")
    }

    @Test func `deals start where the pipeline starts now, whatever is remembered`() async throws {
        let company = try await Self.shared.value.company()
        for title in ["One", "Two", "Three"] {
            _ = try company.make("opportunities", ["title": .string(title)])
        }
        let pipeline = try company.make("pipelines", ["name": "New way", "is_default": true])
        let stage = try company.make(
            "stages", ["pipeline_id": .string(pipeline), "name": "Door", "win_probability": 500])
        let placed = try company.send("POST", "opportunities", ["title": "Four"])
        #expect(placed.status == 201)
        #expect(placed.json["pipeline_id"]?.stringValue == pipeline)
        #expect(placed.json["stage_id"]?.stringValue == stage)
        try company.send("PATCH", "stages/\(stage)", ["kind": "lost"])
        let closed: JSON = ["title": "Five", "pipeline_id": .string(pipeline), "stage_id": .string(stage)]
        let open = try company.send("PATCH", "stages/\(stage)", ["name": "Gate"])
        #expect(open.json["kind"] == "open", "a deal stands in it")
        #expect(try company.send("POST", "opportunities", closed).json["closed_at"] == .null)
    }
}

/// Counts the batches that a server sends while it answers one request.
private final class BatchCount: Sendable {
    private let platform: TestPlatform
    private let notices: Notices

    private final class Notices: Sendable {
        let count = Atomic<Int>(0)
    }

    init() async throws {
        let platform = try await TestPlatform()
        let notices = Notices()
        platform.runtime.database.listen(
            channels: ["platform_jobs"],
            onNotification: { _, _ in notices.count.add(1, ordering: .relaxed) }, onTrust: { _ in })
        self.platform = platform
        self.notices = notices
    }

    /// A company whose rights and settings the server knows.
    func company() async throws -> Company {
        let company = try await platform.signUp("Batches")
        #expect(try company.send("GET", "accounts").status == 200)
        return company
    }

    /// Batches of a `POST`: the rounded mean of eight, each with a key of its own where `key` is given.
    ///
    /// Notices to workers follow commits and are not counted; one may be on its way at each end, and rights
    /// may be read anew in between, which the rounding takes away.
    func batches(of company: Company, _ path: String, _ body: JSON, key: String? = nil) throws -> Int {
        let before = counted
        for attempt in 0..<8 {
            let headers = key.map { ["Idempotency-Key": "\($0) \(attempt)"] } ?? [:]
            let answer = try company.send("POST", path, body, headers: headers)
            #expect(answer.status == 201)
            #expect(answer.header("idempotent-replayed") == nil)
        }
        return (counted - before + 4) / 8
    }

    /// Batches sent that were no notices.
    private var counted: Int { sent - notices.count.load(ordering: .relaxed) }

    private var sent: Int { platform.runtime.database.statistics().reduce(0) { $0 + $1.sent } }
}
