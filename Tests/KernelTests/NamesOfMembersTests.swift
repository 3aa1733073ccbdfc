import TestKit
import Testing
import Wire

/// Everybody names their colleagues; what else is known of them is for those who may read users.
@Suite struct NamesOfMembersTests {
    private let details = ["email", "role_id", "locale", "time_zone", "joined_at", "ended_at"]

    @Test func `whoever may do nothing else reads names and teams, and no addresses or roles`() async throws {
        let company = try await ApiPlatform.company("Names")
        let team = try company.make("teams", ["name": "North"])
        let role = try company.makeRole("Nothing", [:])
        let nemo = try await company.join("Nemo Nessuno", roleID: role, teams: [team])
        let listed = try nemo.client.send("GET", "members?fields=id,name,status&sort=name")
        #expect(listed.status == 200, "\(listed.text)")
        let names = (listed.json["data"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        #expect(names == ["Ada Rossi", "Nemo Nessuno"])
        let ways = [
            "members", "members/\(company.adminID)", "members/\(company.adminID)/history",
            "members/export?format=csv", "search?q=rossi&entities=kernel.member",
        ]
        for way in ways {
            let answer = try nemo.client.send("GET", way)
            #expect(answer.status == 200, "\(way) \(answer.text)")
            #expect(!answer.text.contains(company.email), "\(way)")
            for detail in details { #expect(!answer.text.contains("\"\(detail)\":"), "\(way) \(detail)") }
        }
        for query in [
            "email=\(company.email)", "sort=email", "role_id[null]=false", "fields=email",
            "include=role",
        ] {
            let answer = try nemo.client.send("GET", "members?\(query)")
            #expect([400, 403].contains(answer.status), "\(query) \(answer.text)")
        }
        // No word of an address finds anybody.
        let word = String(company.email.split(separator: "@")[1])
        let found = try nemo.client.send("GET", "search?q=\(word)&entities=kernel.member")
        #expect(!found.text.contains(company.adminID.description))
        #expect(try nemo.client.send("GET", "members?q=\(word)").ids == [])
        let teams = try nemo.client.send("GET", "teams?fields=id,name")
        #expect(teams.ids == [team])
        #expect(try nemo.client.send("POST", "teams", ["name": "South"]).status == 403)
    }

    @Test func `an agent sees who owns a record, and chooses an owner by name`() async throws {
        let company = try await ApiPlatform.company("Owners")
        for (name, role) in [("Rita", "sales_rep"), ("Vito", "viewer")] {
            let person = try await company.join(name, role: role)
            let id = try company.make(
                "contacts", ["last_name": .string(name), "owner_id": .string("\(person.id)")])
            let answer = try person.client.send("GET", "contacts/\(id)?include=owner")
            if answer.status == 200 {
                #expect(answer.json["owner"]?["name"]?.stringValue == name, "\(answer.text)")
            }
            let picked = try person.client.send(
                "GET", "members?fields=id,name&status=active&name[starts_with]=ad")
            #expect(picked.ids == [company.adminID.description], "\(picked.text)")
        }
        // Who reads users reads all of it.
        let admin = try company.send("GET", "members/\(company.adminID)").json
        #expect(admin["email"]?.stringValue == company.email)
        #expect(admin["role_id"]?.stringValue != nil)
    }

    @Test func `a key names members only where it may`() async throws {
        let company = try await ApiPlatform.company("Keys")
        for (permission, status) in [("roles.read", 403), ("kernel.member.read", 200)] {
            let key = try company.send(
                "POST", "api-keys", ["name": "Program", "permissions": [.string(permission)]])
            let client = try await ApiPlatform.shared.value.client(token: key.json["key"]?.stringValue)
            let answer = try client.send("GET", "members")
            #expect(answer.status == status)
            #expect(!answer.text.contains(company.email))
        }
    }
}
