import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// What members are told, and that nobody else is.
@Suite struct NotificationTests {
    private struct Setting {
        let platform: TestPlatform
        let company: Company
        let rep: (client: APIClient, id: UUIDv7)
        let viewer: (client: APIClient, id: UUIDv7)

        static func make() async throws -> Setting {
            let company = try await ApiPlatform.company("Notices")
            return Setting(
                platform: try await ApiPlatform.shared.value, company: company,
                rep: try await company.join("Rita Rep", role: "sales_rep"),
                viewer: try await company.join("Vito Viewer", role: "viewer"))
        }

        /// Makes an account and gives it to the rep.
        func give(_ name: String) throws -> String {
            try company.make("accounts", ["name": .string(name), "owner_id": .string("\(rep.id)")])
        }
    }

    private func told(_ client: APIClient, _ query: String = "") throws -> [JSON] {
        let answer = try client.send("GET", "notifications\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json["data"]?.arrayValue ?? []
    }

    private func unread(_ client: APIClient) throws -> Int64? {
        try client.send("GET", "notifications/count").json["unread"]?.integerValue
    }

    @Test func `who is made the owner of a record by somebody else is told, in their language`() async throws
    {
        let setting = try await Setting.make()
        let made = try setting.give("Acciaierie Rossi")
        let mine = try setting.company.make("accounts", ["name": "Mine"])
        let moved = try setting.company.send(
            "PATCH", "accounts/\(mine)", ["owner_id": .string("\(setting.rep.id)")])
        #expect(moved.status == 200, "\(moved.text)")
        // Not the owner, nor a change at all.
        _ = try setting.company.send("PATCH", "accounts/\(mine)", ["name": "Mine no more"])
        let notices = try told(setting.rep.client)
        #expect(notices.map { $0["record"]?["id"]?.stringValue } == [mine, made])
        let first = try #require(notices.last)
        #expect(first["kind"]?.stringValue == "owner_assigned")
        #expect(first["record"]?["type"]?.stringValue == "directory.account")
        #expect(first["record"]?["label"]?.stringValue == "Acciaierie Rossi")
        #expect(first["actor"] == ["id": .string("\(setting.company.adminID)"), "name": "Ada Rossi"])
        #expect(first["title"]?.stringValue == "Ada Rossi made you the owner of Acciaierie Rossi")
        #expect(first["read_at"] == .null)
        let italian = try setting.rep.client.send(
            "GET", "notifications", headers: ["Accept-Language": "it"])
        #expect(italian.text.contains("Ada Rossi ti ha assegnato Acciaierie Rossi"))
        #expect(italian.page("unread").integerValue == 2)
        #expect(try told(setting.viewer.client) == [])
        #expect(try told(setting.company.admin).allSatisfy { $0["kind"]?.stringValue != "owner_assigned" })
    }

    @Test func `a create with a key tells once, and what one does oneself is no news`() async throws {
        let setting = try await Setting.make()
        let body: JSON = ["name": "Once", "owner_id": .string("\(setting.rep.id)")]
        for _ in 0..<2 {
            let made = try setting.company.send(
                "POST", "accounts", body, headers: ["Idempotency-Key": "once"])
            #expect(made.status == 201)
        }
        _ = try setting.rep.client.send("POST", "accounts", ["name": "By myself"])
        #expect(try told(setting.rep.client).count == 1)
    }

    @Test func `a record that is out of reach by now is not named`() async throws {
        let setting = try await Setting.make()
        let id = try setting.give("Secret deal")
        let back = try setting.company.send(
            "PATCH", "accounts/\(id)", ["owner_id": .string("\(setting.company.adminID)")])
        #expect(back.status == 200)
        let gone = try setting.give("Binned")
        #expect(try setting.company.send("DELETE", "accounts/\(gone)").status == 204)
        let answer = try setting.rep.client.send("GET", "notifications")
        let isHidden = try setting.rep.client.send("GET", "accounts/\(id)").status == 404
        #expect(answer.text.contains("Secret deal") == !isHidden)
        #expect(!answer.text.contains("Binned"))
        #expect(answer.json["data"]?.arrayValue?.first?["record"] == .null)
        #expect(
            answer.json["data"]?.arrayValue?.first?["title"]?.stringValue
                == "Ada Rossi made you the owner of a record")
    }

    @Test func `what is read stays read, by ids or all at once, and only one's own`() async throws {
        let setting = try await Setting.make()
        for name in ["One", "Two", "Three"] { _ = try setting.give(name) }
        let ids = try told(setting.rep.client).compactMap { $0["id"]?.stringValue }
        try #require(ids.count == 3)
        // Another's ids change nothing.
        let foreign = try setting.viewer.client.send(
            "POST", "notifications/read", ["ids": .array(ids.map { .string($0) })])
        #expect(foreign.status == 200)
        #expect(try unread(setting.rep.client) == 3)
        let one = try setting.rep.client.send(
            "POST", "notifications/read", ["ids": [.string(ids[1])]])
        #expect(one.json["unread"]?.integerValue == 2)
        #expect(try told(setting.rep.client, "?read=true").compactMap { $0["id"]?.stringValue } == [ids[1]])
        #expect(try told(setting.rep.client, "?read=false").count == 2)
        let all = try setting.rep.client.send("POST", "notifications/read", ["all": true])
        #expect(all.json["unread"]?.integerValue == 0)
        #expect(try told(setting.rep.client).allSatisfy { $0["read_at"]?.stringValue != nil })
        for body in [[:], ["all": false], ["all": true, "ids": []]] as [JSON] {
            let answer = try setting.rep.client.send("POST", "notifications/read", body)
            #expect(answer.status == 422, "\(body.text)")
        }
        #expect(try setting.rep.client.send("GET", "notifications?read=maybe").status == 400)
        #expect(try setting.rep.client.send("GET", "notifications?cursor=abc").status == 400)
        let anonymous = setting.platform.client()
        #expect(try anonymous.send("GET", "notifications").status == 401)
    }

    @Test func `pages follow each other from the newest`() async throws {
        let setting = try await Setting.make()
        for number in 0..<5 { _ = try setting.give("Account \(number)") }
        var seen: [String] = []
        var next: String? = ""
        while let cursor = next {
            let query = cursor.isEmpty ? "?limit=2" : "?limit=2&cursor=\(cursor)"
            let answer = try setting.rep.client.send("GET", "notifications\(query)")
            seen += (answer.json["data"]?.arrayValue ?? []).compactMap {
                $0["record"]?["label"]?.stringValue
            }
            next = answer.page("next").stringValue
        }
        #expect(seen == (0..<5).reversed().map { "Account \($0)" })
    }

    @Test func `a change of many tells who asked for it, and whom it made the owner, once`() async throws {
        let setting = try await Setting.make()
        let accounts = try ["A", "B", "C"].map {
            try setting.company.make("accounts", ["name": .string($0)])
        }
        let sent = try setting.company.send(
            "POST", "accounts/bulk",
            [
                "ids": .array(accounts.map { .string($0) }),
                "set": ["owner_id": .string("\(setting.rep.id)")],
            ])
        try #require(sent.status == 202, "\(sent.text)")
        try await setting.platform.drain()
        let notices = try told(setting.rep.client)
        #expect(notices.map { $0["kind"]?.stringValue } == ["owners_assigned"])
        #expect(notices.first?["title"]?.stringValue == "Ada Rossi made you the owner of 3 Accounts")
        let own = try told(setting.company.admin).first
        #expect(own?["kind"]?.stringValue == "bulk_done")
        #expect(own?["title"]?.stringValue == "Your change of 3 Accounts is done")
        #expect(own?["record"]?["id"] == sent.json["job"])
        let undone = try setting.company.send("POST", "bulk/\(sent.json["job"]?.stringValue ?? "")/undo")
        try #require(undone.status == 202)
        try await setting.platform.drain()
        #expect(try told(setting.company.admin).first?["kind"]?.stringValue == "bulk_undone")
        #expect(try told(setting.rep.client).count == 1)
    }

    @Test func `an import tells who started it, and whom it gave records, once`() async throws {
        let setting = try await Setting.make()
        let desk = ImportDesk(setting.company, as: setting.company.admin)
        let rep = "rita.rep@\(setting.company.id).example"
        let id = try desk.upload("name,agent\nUno,\(rep)\nDue,\(rep)\nTre,\n", name: "leads.csv").id
        let mapped = try desk.map(
            id, [("name", "name"), ("agent", "owner_id")], more: ["agent": ["match_by": "email"]])
        try #require(mapped.status == 200, "\(mapped.text)")
        let started = try setting.company.send("POST", "imports/\(id)/run")
        try #require(started.status == 202)
        try await setting.platform.drain()
        let notices = try told(setting.rep.client)
        #expect(
            notices.map { $0["title"]?.stringValue } == ["Ada Rossi made you the owner of 2 Accounts"])
        let own = try told(setting.company.admin).first
        #expect(own?["kind"]?.stringValue == "import_done")
        #expect(own?["record"] == ["type": "kernel.import", "id": .string(id), "label": "leads.csv"])
        #expect(
            own?["title"]?.stringValue
                == "The import of leads.csv is done: 3 records created")
        let undo = try setting.company.send("POST", "imports/\(id)/undo")
        try #require(undo.status == 202)
        try await setting.platform.drain()
        #expect(try told(setting.company.admin).first?["kind"]?.stringValue == "import_undone")
    }

    @Test func `an import that fails tells who started it`() async throws {
        let setting = try await Setting.make()
        let manager = try await setting.company.join("Mara", role: "sales_manager")
        let desk = ImportDesk(setting.company, as: manager.client)
        let id = try desk.upload("name\nUno\n", name: "lost.csv").id
        try #require(try desk.map(id, [("name", "name")]).status == 200)
        try #require(try manager.client.send("POST", "imports/\(id)/run").status == 202)
        // The right goes before the work begins.
        let viewer = try setting.company.role("viewer")
        let demoted = try setting.company.send(
            "PATCH", "members/\(manager.id)", ["role_id": .string(viewer)])
        try #require(demoted.status == 200, "\(demoted.text)")
        try await setting.platform.drain()
        let notice = try told(manager.client).first
        #expect(notice?["kind"]?.stringValue == "import_failed")
        #expect(notice?["title"]?.stringValue == "The import of lost.csv failed")
    }

    @Test func `who invited is told that somebody came, who takes over from a member is told how much`()
        async throws
    {
        let setting = try await Setting.make()
        let joined = try told(setting.company.admin).filter {
            $0["kind"]?.stringValue == "invitation_accepted"
        }
        #expect(
            joined.map { $0["title"]?.stringValue }
                == ["Vito Viewer accepted your invitation", "Rita Rep accepted your invitation"])
        #expect(joined.first?["record"]?["label"]?.stringValue == "Vito Viewer")
        for name in ["A", "B"] { _ = try setting.give(name) }
        let heir = try await setting.company.join("Enzo Erede", role: "sales_rep")
        let removed = try setting.company.send(
            "DELETE", "members/\(setting.rep.id)?reassign_to=\(heir.id)")
        #expect(removed.status == 204, "\(removed.text)")
        #expect(
            try told(heir.client).map { $0["title"]?.stringValue } == [
                "Ada Rossi made you the owner of 2 records"
            ])
    }

    @Test func `streams of every process tell the member, and nobody else, with what is unread`() async throws
    {
        let setting = try await Setting.make()
        let second = try await TestPlatform(beside: setting.platform)
        func open(_ platform: TestPlatform, _ client: APIClient) throws -> EventReader {
            let stream = try EventReader(platform, token: client.token)
            try #require(stream.status == 200 && stream.awaitPlace())
            return stream
        }
        let streams = [
            try open(setting.platform, setting.rep.client), try open(second, setting.rep.client),
        ]
        let other = try open(setting.platform, setting.viewer.client)
        _ = try setting.give("Told at once")
        let id = try #require(try told(setting.rep.client).first?["id"]?.stringValue)
        try #require(
            try setting.rep.client.send("POST", "notifications/read", ["all": true]).status == 200)
        for stream in streams {
            let first = try #require(stream.next(named: "notification"))
            // Counted when it is told: by then it may have been read.
            #expect(first.data["id"]?.stringValue == id)
            let last = try #require(stream.next(named: "notification"))
            #expect(last.data == ["id": .null, "unread": 0])
        }
        let view = try setting.viewer.client.send(
            "POST", "saved-views", ["name": "Mark", "entity": "kernel.member"])
        let mark = try #require(view.json["id"]?.stringValue)
        #expect(other.events(until: mark)?.contains { $0.name == "notification" } == false)
    }

    @Test func `what is ninety days old goes`() async throws {
        let setting = try await Setting.make()
        _ = try setting.give("Old")
        for (days, left) in [(89, 1), (91, 0)] as [(Int64, Int)] {
            let clock = HandClock(Instant.now().adding(seconds: days * 86_400))
            let later = try await TestPlatform(beside: setting.platform, clock: clock)
            let id = setting.company.id
            try await later.onLoop {
                let context = try await Context.installation(later.runtime, request: "test").working(in: id)
                try await context.enqueue(PruneNotifications.self, values: [:])
            }
            try await later.drain()
            #expect(try told(setting.rep.client).count == left)
        }
    }
}

extension EventReader {
    /// The next event of that name; nil when the stream falls silent before.
    func next(named name: String) -> Event? {
        while let event = next() {
            if event.name == name { return event }
        }
        return nil
    }
}
