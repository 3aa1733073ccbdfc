import Kernel
import TestKit
import Testing
import Wire

/// Whose saved views are whose, on every way to them.
@Suite struct SavedViewTests {
    /// A company with a sales representative, a sales manager and a viewer.
    private struct Setting {
        let platform: TestPlatform
        let company: Company
        let rep: (client: APIClient, id: UUIDv7)
        let manager: (client: APIClient, id: UUIDv7)
        let viewer: (client: APIClient, id: UUIDv7)

        static func make() async throws -> Setting {
            let company = try await ApiPlatform.company("Views")
            return Setting(
                platform: try await ApiPlatform.shared.value, company: company,
                rep: try await company.join("Rita Rep", role: "sales_rep"),
                manager: try await company.join("Mara Manager", role: "sales_manager"),
                viewer: try await company.join("Vito Viewer", role: "viewer"))
        }
    }

    private func view(_ name: String, sharing: String = "private") -> JSON {
        [
            "name": .string(name), "entity": "sales.opportunity", "form": "board",
            "query": "stage_id=won&sort=-amount", "columns": [["field": "name", "width": 240]],
            "sharing": .string(sharing),
        ]
    }

    private func keep(_ body: JSON, by client: APIClient) throws -> String {
        let made = try client.send("POST", "saved-views", body)
        try #require(made.status == 201, "\(made.text)")
        return try #require(made.json["id"]?.stringValue)
    }

    @Test func `a view is kept with its query and columns, by a viewer too`() async throws {
        let setting = try await Setting.make()
        let made = try setting.viewer.client.send("POST", "saved-views", view("Mine"))
        #expect(made.status == 201, "\(made.text)")
        #expect(made.json["owner_id"]?.stringValue == setting.viewer.id.description)
        #expect(made.json["columns"] == [["field": "name", "width": 240]])
        #expect(made.json["query"]?.stringValue == "stage_id=won&sort=-amount")
        #expect(made.json["position"]?.integerValue == 0)
        let id = made.json["id"]?.stringValue ?? ""
        let changed = try setting.viewer.client.send(
            "PATCH", "saved-views/\(id)", ["name": "Still mine", "columns": nil, "position": 3])
        #expect(changed.status == 200, "\(changed.text)")
        #expect(changed.json["columns"] == .null)
        let listed = try setting.viewer.client.send(
            "GET", "saved-views?entity=sales.opportunity&sort=position,name")
        #expect(listed.ids == [id])
        #expect(try setting.viewer.client.send("GET", "saved-views?entity=sales.lead").ids == [])
        #expect(try setting.viewer.client.send("DELETE", "saved-views/\(id)").status == 204)
    }

    @Test func `a private view is its owner's alone, whoever asks and whichever way`() async throws {
        let setting = try await Setting.make()
        let id = try keep(view("Segretissima"), by: setting.rep.client)
        let mine = try setting.rep.client.send("GET", "saved-views")
        #expect(mine.ids == [id])
        for other in [setting.company.admin, setting.manager.client, setting.viewer.client] {
            let ways = [
                "saved-views", "saved-views?name=Segretissima", "saved-views?count=exact",
                "saved-views/marks?every=1", "saved-views/export?format=csv",
                "saved-views/export?format=json", "search?q=segretissima",
                "saved-views/aggregate?group_by=name&measures=count", "saved-views?deleted=true",
                "saved-views?filter=%7B%22any%22%3A%5B%5B%22sharing%22%2C%22eq%22%2C%22private%22%5D%5D%7D",
            ]
            for way in ways {
                let answer = try other.send("GET", way)
                #expect(answer.status == 200, "\(way) \(answer.text)")
                #expect(!answer.text.contains(id), "\(way)")
                // The filter's own words come back in no list.
                #expect(!answer.text.contains("Segretissima"), "\(way)")
            }
            for way in ["saved-views/\(id)", "saved-views/\(id)/history", "saved-views/\(id)/access"] {
                #expect(try other.send("GET", way).status == 404, "\(way)")
            }
            #expect(try other.send("PATCH", "saved-views/\(id)", ["name": "x"]).status == 404)
            #expect(try other.send("DELETE", "saved-views/\(id)").status == 404)
            #expect(try other.send("POST", "saved-views/\(id)/restore").status == 404)
            let bulk = try other.send(
                "POST", "saved-views/bulk",
                ["ids": [.string(id)], "set": ["position": 9], "preview": true])
            #expect(!bulk.text.contains("Segretissima"))
        }
        let audit = try setting.company.send("GET", "audit?record_id=\(id)")
        #expect(!audit.text.contains("Segretissima"))
        let own = try setting.rep.client.send("GET", "saved-views/\(id)/history")
        #expect(own.text.contains("Segretissima"))
    }

    @Test func `a shared view is read by all and changed by its owner alone`() async throws {
        let setting = try await Setting.make()
        let id = try keep(view("Pipeline of all", sharing: "shared"), by: setting.manager.client)
        for other in [setting.company.admin, setting.rep.client, setting.viewer.client] {
            #expect(try other.send("GET", "saved-views/\(id)").status == 200)
            #expect(try other.send("GET", "saved-views").ids == [id])
            #expect(try other.send("GET", "search?q=pipeline&entities=kernel.saved_view").text.contains(id))
            #expect(try other.send("GET", "saved-views/export?format=csv").text.contains("Pipeline of all"))
            let patched = try other.send("PATCH", "saved-views/\(id)", ["name": "Taken over"])
            #expect(patched.status == 403, "\(patched.text)")
            #expect(try other.send("DELETE", "saved-views/\(id)").status == 403)
            let why = try other.send("GET", "saved-views/\(id)/access").json
            #expect(why["read"]?["because"]?.stringValue == "shared")
            #expect(why["write"]?["allowed"]?.boolValue == false)
            // What it was before it was shared is its owner's.
            #expect(try other.send("GET", "saved-views/\(id)/history").status == 404)
        }
        let renamed = try setting.manager.client.send("PATCH", "saved-views/\(id)", ["name": "Renamed"])
        #expect(renamed.status == 200)
        let hidden = try setting.manager.client.send("PATCH", "saved-views/\(id)", ["sharing": "private"])
        #expect(hidden.status == 200)
        #expect(try setting.rep.client.send("GET", "saved-views/\(id)").status == 404)
    }

    @Test func `sharing is for those who may, and a change of many does not get round it`() async throws {
        let setting = try await Setting.make()
        let refused = try setting.rep.client.send("POST", "saved-views", view("Loud", sharing: "shared"))
        #expect(refused.status == 403)
        #expect(refused.json["permission"]?.stringValue == "kernel.view.share")
        let own = try keep(view("Quiet"), by: setting.rep.client)
        let patched = try setting.rep.client.send("PATCH", "saved-views/\(own)", ["sharing": "shared"])
        #expect(patched.status == 403)
        let shared = try keep(view("For all", sharing: "shared"), by: setting.manager.client)
        let bulk = try setting.rep.client.send(
            "POST", "saved-views/bulk",
            ["ids": [.string(own), .string(shared)], "set": ["sharing": "shared", "position": 7]])
        #expect(bulk.status == 202, "\(bulk.text)")
        try await setting.platform.drain()
        let kept = try setting.rep.client.send("GET", "saved-views/\(own)").json
        #expect(kept["sharing"]?.stringValue == "private")
        #expect(kept["position"]?.integerValue == 0)
        let other = try setting.rep.client.send("GET", "saved-views/\(shared)").json
        #expect(other["position"]?.integerValue == 0)
        let deleted = try setting.rep.client.send(
            "POST", "saved-views/bulk", ["ids": [.string(own), .string(shared)], "delete": true])
        #expect(deleted.status == 202)
        try await setting.platform.drain()
        #expect(try setting.rep.client.send("GET", "saved-views/\(own)").status == 404)
        #expect(try setting.rep.client.send("GET", "saved-views/\(shared)").status == 200)
    }

    @Test func `streams tell a private view to its owner, and of a shared one everybody`() async throws {
        let setting = try await Setting.make()
        func open(_ client: APIClient) throws -> EventReader {
            let stream = try EventReader(
                setting.platform, token: client.token, query: "?types=kernel.saved_view")
            try #require(stream.status == 200 && stream.awaitPlace())
            return stream
        }
        let owner = try open(setting.manager.client)
        let others = try [setting.company.admin, setting.rep.client].map(open)
        let id = try keep(view("Moves"), by: setting.manager.client)
        for change in ["shared", "private"] {
            let sent = try setting.manager.client.send(
                "PATCH", "saved-views/\(id)", ["sharing": .string(change)])
            try #require(sent.status == 200)
        }
        #expect(try setting.manager.client.send("DELETE", "saved-views/\(id)").status == 204)
        let mark = try keep(view("Mark", sharing: "shared"), by: setting.manager.client)
        let heard = try #require(owner.events(until: mark)).map(\.name)
        #expect(
            heard == ["created", "updated", "updated", "deleted", "created"].map { "record.\($0)" })
        for other in others {
            let heard = try #require(other.events(until: mark)).map(\.name)
            #expect(heard == ["updated", "deleted", "created"].map { "record.\($0)" })
        }
    }

    @Test func `who takes over from a member is given the shared views, not the private ones`() async throws {
        let setting = try await Setting.make()
        let shared = try keep(view("Legacy", sharing: "shared"), by: setting.manager.client)
        let hidden = try keep(view("Diary"), by: setting.manager.client)
        let removed = try setting.company.send(
            "DELETE", "members/\(setting.manager.id)?reassign_to=\(setting.company.adminID)")
        #expect(removed.status == 204, "\(removed.text)")
        let after = try setting.company.send("GET", "saved-views/\(shared)").json
        #expect(after["owner_id"]?.stringValue == setting.company.adminID.description)
        #expect(try setting.company.send("PATCH", "saved-views/\(shared)", ["name": "New"]).status == 200)
        #expect(try setting.company.send("GET", "saved-views/\(hidden)").status == 404)
    }

    @Test func `whoever may do nothing else keeps views, and a key only where it names them`() async throws {
        let setting = try await Setting.make()
        let role = try setting.company.makeRole("Nothing", [:])
        let nemo = try await setting.company.join("Nemo", roleID: role)
        let id = try keep(view("Mine"), by: nemo.client)
        #expect(try nemo.client.send("GET", "saved-views").ids == [id])
        let rights = try nemo.client.send("GET", "me").json["permissions"]?.arrayValue ?? []
        #expect(rights.contains(["permission": "kernel.view.write", "scope": "own"]))
        for (permissions, status) in [(["roles.read"], 403), (["kernel.view.read"], 200)] {
            let key = try setting.company.send(
                "POST", "api-keys",
                ["name": "Program", "permissions": .array(permissions.map { .string($0) })])
            let client = setting.platform.client(token: key.json["key"]?.stringValue)
            #expect(try client.send("GET", "saved-views").status == status)
        }
    }

    @Test func `what is no entity, too long, or too large is refused at its field`() async throws {
        let setting = try await Setting.make()
        func faults(_ body: JSON) throws -> [String] {
            let answer = try setting.rep.client.send("POST", "saved-views", body)
            #expect(answer.status == 422, "\(answer.text)")
            return (answer.json["errors"]?.arrayValue ?? []).map {
                "\($0["field"]?.stringValue ?? ""):\($0["code"]?.stringValue ?? "")"
            }
        }
        #expect(try faults(["name": "x", "entity": "sales.nothing"]) == ["entity:no_such_entity"])
        let long = String(repeating: "n", count: 101)
        #expect(
            try Set(faults(["name": .string(long), "entity": "kernel.member", "form": "pie"]))
                == ["name:too_long", "form:not_a_choice"])
        let query = String(repeating: "q", count: 8001)
        #expect(
            try faults(["name": "x", "entity": "kernel.member", "query": .string(query)])
                == ["query:too_long"])
        let column: JSON = .string(String(repeating: "c", count: 16_384))
        #expect(
            try faults(["name": "x", "entity": "kernel.member", "columns": [column]])
                == ["columns:columns_too_large"])
        for text in ["1e999", "1e-999", "0.1234567890123456789"] {
            let endless = try #require(JSONNumber(text: text))
            #expect(
                try faults(["name": "x", "entity": "kernel.member", "columns": [.number(endless)]])
                    == ["columns:invalid_value"])
        }
        #expect(
            try faults([
                "name": "x", "entity": "kernel.member",
                "owner_id": .string(setting.manager.id.description),
            ]) == ["owner_id:read_only"])
    }

    @Test func `another company's views are not there`() async throws {
        let setting = try await Setting.make()
        let id = try keep(view("Ours", sharing: "shared"), by: setting.company.admin)
        let other = try await ApiPlatform.company("Elsewhere")
        #expect(try other.send("GET", "saved-views").ids == [])
        #expect(try other.send("GET", "saved-views/\(id)").status == 404)
    }
}
