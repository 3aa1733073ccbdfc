import Kernel
import TestKit
import Testing
import Wire

/// own, team and all, on every way to a record: a tree of two teams, people within and without.
@Suite struct ScopeTests {
    /// North with Milan below; who owns what is in the account's name.
    struct Field: Sendable {
        let platform: TestPlatform
        let tokens: [String: String]
        /// An account of each owner.
        let accounts: [String: String]
        let people: [String: String]

        static let shared = Task { try await Field() }

        private init() async throws {
            platform = try await TestPlatform()
            let company = try await platform.signUp("Scopes")
            let north = try company.make("teams", ["name": "North"])
            let milan = try company.make("teams", ["name": "Milan", "parent_id": .string(north)])
            let south = try company.make("teams", ["name": "South"])
            let read = "directory.account.read"
            let write = "directory.account.write"
            let manager = try company.makeRole("Lead of a team", [read: "team", write: "team"])
            let agent = try company.makeRole("Agent", [read: "own", write: "own"])
            let wide = try company.makeRole("Wide reader", [read: "all", write: "own"])
            let viewer = try company.makeRole("Looker", [read: "all"])
            let staff = [
                (name: "manager", role: manager, team: north), (name: "agent", role: agent, team: milan),
                (name: "peer", role: agent, team: north), (name: "stranger", role: agent, team: south),
                (name: "wide", role: wide, team: milan), (name: "viewer", role: viewer, team: south),
            ]
            var tokens: [String: String] = ["admin": company.admin.token ?? ""]
            var people: [String: String] = [:]
            var accounts: [String: String] = [:]
            for person in staff {
                let joined = try await company.join(person.name, roleID: person.role, teams: [person.team])
                tokens[person.name] = joined.client.token
                people[person.name] = joined.id.description
                let body: JSON = [
                    "name": .string("Of \(person.name)"), "owner_id": .string(joined.id.description),
                    "employees": 1,
                ]
                accounts[person.name] = try company.make("accounts", body)
            }
            accounts["admin"] = try company.make("accounts", ["name": "Of admin", "employees": 1])
            accounts["nobody"] = try company.make(
                "accounts", ["name": "Of nobody", "owner_id": nil, "employees": 1])
            self.tokens = tokens
            self.people = people
            self.accounts = accounts
        }

        func client(_ name: String) -> APIClient { platform.client(token: tokens[name]) }
    }

    /// Whose accounts each may read, and whose write.
    static let everybody: Set<String> = [
        "manager", "agent", "peer", "stranger", "wide", "viewer", "admin", "nobody",
    ]
    static let reach: [(who: String, reads: Set<String>, writes: Set<String>)] = [
        (
            who: "manager", reads: ["manager", "agent", "peer", "wide"],
            writes: ["manager", "agent", "peer", "wide"]
        ),
        (who: "agent", reads: ["agent"], writes: ["agent"]), (who: "peer", reads: ["peer"], writes: ["peer"]),
        (who: "stranger", reads: ["stranger"], writes: ["stranger"]),
        (who: "wide", reads: everybody, writes: ["wide"]), (who: "viewer", reads: everybody, writes: []),
        (who: "admin", reads: everybody, writes: everybody),
    ]

    @Test(arguments: reach)
    func `lists, sums and exports hold what is in scope`(
        _ reach: (who: String, reads: Set<String>, writes: Set<String>)
    )
        async throws
    {
        let field = try await Field.shared.value
        let client = field.client(reach.who)
        let expected = Set(reach.reads.compactMap { field.accounts[$0] })
        let list = try client.send("GET", "accounts?limit=200&count=exact")
        #expect(Set((list.json["data"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }) == expected)
        #expect(list.json["page"]?["total"]?.integerValue == Int64(expected.count))
        let sum = try client.send("GET", "accounts/aggregate?measures=count,sum:employees")
        #expect(sum.json["data"]?.arrayValue?.first?["sum_employees"]?.integerValue == Int64(expected.count))
        let found = try client.send("GET", "accounts?q=of&limit=200")
        #expect(Set((found.json["data"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }) == expected)
        let searched = try client.send("GET", "search?q=of&limit=50")
        #expect(
            Set((searched.json["data"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }) == expected)
        let export = try client.send("GET", "accounts/export?format=json")
        #expect(export.status == 200)
        for (owner, id) in field.accounts {
            await Task.yield()
            #expect(export.text.contains(id) == reach.reads.contains(owner), "\(owner)")
        }
    }

    @Test(arguments: reach)
    func `single records are there when in scope`(
        _ reach: (who: String, reads: Set<String>, writes: Set<String>)
    )
        async throws
    {
        let field = try await Field.shared.value
        let client = field.client(reach.who)
        for (owner, id) in field.accounts {
            await Task.yield()
            let isRead = reach.reads.contains(owner)
            for part in ["", "/history", "/access", "/timeline"] {
                let answer = try client.send("GET", "accounts/\(id)\(part)")
                #expect(answer.status == (isRead ? 200 : 404), "\(reach.who) reads \(owner)'s\(part)")
            }
            let change = try client.send("PATCH", "accounts/\(id)", ["industry": .string("By \(reach.who)")])
            let expected = reach.writes.contains(owner) ? 200 : isRead || reach.writes.isEmpty ? 403 : 404
            #expect(change.status == expected, "\(reach.who) writes \(owner)'s: \(change.text)")
            if expected == 403 { #expect(change.json["permission"] == "directory.account.write") }
            guard expected != 200 else { continue }
            #expect(
                try client.send("DELETE", "accounts/\(id)").status == expected,
                "\(reach.who) deletes \(owner)'s")
            #expect(try client.send("POST", "accounts/\(id)/restore").status != 200)
        }
    }

    @Test func `nobody gives a record to somebody out of reach, or makes one there`() async throws {
        let field = try await Field.shared.value
        let agent = field.client("agent")
        let stranger = try #require(field.people["stranger"])
        let own = try #require(field.accounts["agent"])
        let body: JSON = ["name": "For another", "owner_id": .string(stranger)]
        #expect(try agent.send("POST", "accounts", body).faults == ["owner_id:reference_not_found"])
        let given = try agent.send("PATCH", "accounts/\(own)", ["owner_id": .string(stranger)])
        #expect(given.faults == ["owner_id:reference_not_found"])
        let parent = try #require(field.accounts["stranger"])
        let child = try agent.send("PATCH", "accounts/\(own)", ["parent_id": .string(parent)])
        #expect(child.faults == ["parent_id:reference_not_found"])
    }

    @Test func `what a role hides is hidden everywhere`() async throws {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Hidden")
        let body: JSON = [
            "name": "Blind",
            "grants": [
                ["permission": "directory.account.read", "scope": "all"],
                ["permission": "directory.account.write", "scope": "all"],
            ],
            "field_access": [
                ["entity": "directory.account", "field": "employees", "access": "hidden"],
                ["entity": "directory.account", "field": "rating", "access": "readonly"],
            ],
        ]
        let role = try company.make("roles", body)
        let person = try await company.join("Blind One", roleID: role).client
        let id = try company.make("accounts", ["name": "Acme", "employees": 77_777, "rating": "A"])
        try company.send("PATCH", "accounts/\(id)", ["employees": 77_778])
        for path in [
            "accounts/\(id)", "accounts", "accounts/\(id)/history", "accounts/export?format=csv",
            "accounts/\(id)/timeline",
            "accounts/export?format=json",
        ] {
            let answer = try person.send("GET", path)
            #expect(answer.status == 200, "\(path): \(answer.text)")
            #expect(!answer.text.contains("7777") && !answer.text.contains("\"employees\""), "\(path)")
        }
        for query in [
            "employees=1", "sort=employees", "fields=employees",
            "filter=%5B%22employees%22%2C%22eq%22%2C1%5D",
        ] { #expect(try person.send("GET", "accounts?\(query)").status == 403, "\(query)") }
        for query in ["group_by=employees", "measures=sum:employees"] {
            #expect(try person.send("GET", "accounts/aggregate?\(query)").status == 403, "\(query)")
        }
        let stale = try person.send("PATCH", "accounts/\(id)", ["name": "B"], headers: ["If-Match": "\"1\""])
        #expect(stale.status == 412)
        #expect(!stale.text.contains("7777") && stale.json["changed"] == [])
        #expect(
            try person.send("PATCH", "accounts/\(id)", ["employees": 1]).faults == ["employees:read_only"])
        #expect(try person.send("PATCH", "accounts/\(id)", ["rating": "B"]).faults == ["rating:read_only"])
        #expect(try person.send("PATCH", "accounts/\(id)", ["name": "C"]).json["rating"] == "A")
    }
}
