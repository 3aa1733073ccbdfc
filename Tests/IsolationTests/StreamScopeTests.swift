import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// Nobody hears of what they may not read.
@Suite struct StreamScopeTests {
    private struct Field: Sendable {
        let platform: TestPlatform

        static let shared = Task { Field(platform: try await TestPlatform()) }
    }

    private func open(_ token: String?, _ platform: TestPlatform) throws -> EventReader {
        let stream = try EventReader(platform, token: token)
        try #require(stream.status == 200)
        try #require(stream.awaitPlace())
        return stream
    }

    /// The accounts that a stream tells of, up to one that everybody may read.
    private func accounts(_ stream: EventReader, until mark: String) throws -> [String] {
        let events = try #require(stream.events(until: mark))
        return events.filter { $0.data["type"] == "directory.account" }.compactMap { event in
            event.record.map { "\(event.name.dropFirst(7)) \($0)" }
        }
    }

    private func own(_ account: String, by member: UUIDv7?, _ company: Company) throws {
        let owner: JSON = member.map { .string("\($0)") } ?? .null
        try #require(try company.send("PATCH", "accounts/\(account)", ["owner_id": owner]).status == 200)
    }

    @Test func `another company's changes are never told`() async throws {
        let platform = try await Field.shared.value.platform
        let (a, b) = (try await platform.signUp("Stream A"), try await platform.signUp("Stream B"))
        let stream = try open(a.admin.token, platform)
        let foreign = try b.make("accounts", ["name": "Canary"])
        try #require(try b.send("PATCH", "accounts/\(foreign)", ["name": "Canary again"]).status == 200)
        let own = try a.make("accounts", ["name": "Own"])
        let events = try #require(stream.events(until: own))
        #expect(!events.contains { $0.record == foreign })
        // Nor when it comes again from B's place.
        let place = try #require(try open(b.admin.token, platform).lastEventID)
        _ = try b.make("accounts", ["name": "Canary"])
        let again = try EventReader(platform, token: a.admin.token, after: place)
        let last = try a.make("accounts", ["name": "Own"])
        #expect(again.events(until: last)?.filter { $0.data["type"] == "directory.account" }.count == 1)
    }

    @Test func `an agent hears of own records, a manager of the team's, one without the right of none`()
        async throws
    {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Stream scopes")
        let north = try company.make("teams", ["name": "North"])
        let milan = try company.make("teams", ["name": "Milan", "parent_id": .string(north)])
        let read = "directory.account.read"
        let contacts = "directory.contact.read"
        let agentRole = try company.makeRole("Agent", [read: "own", contacts: "all"])
        let leadRole = try company.makeRole("Lead", [read: "team", contacts: "all"])
        let blindRole = try company.makeRole("Blind", [contacts: "all"])
        let agent = try await company.join("Agent", roleID: agentRole, teams: [milan])
        let lead = try await company.join("Lead", roleID: leadRole, teams: [north])
        let blind = try await company.join("Blind", roleID: blindRole, teams: [north])
        let streams = try [agent, lead, blind].map { try open($0.client.token, platform) }
        let account = try company.make("accounts", ["name": "Moves"])
        try own(account, by: agent.id, company)
        try #require(try company.send("PATCH", "accounts/\(account)", ["name": "Moved"]).status == 200)
        try own(account, by: lead.id, company)
        try own(account, by: company.adminID, company)
        let mark = try company.make("contacts", ["last_name": "Mark"])
        #expect(
            try accounts(streams[0], until: mark)
                == ["updated", "updated", "deleted"].map { "\($0) \(account)" })
        #expect(
            try accounts(streams[1], until: mark)
                == ["updated", "updated", "updated", "deleted"].map { "\($0) \(account)" })
        #expect(try accounts(streams[2], until: mark) == [])
        // What is missed is decided alike.
        let again = try EventReader(platform, token: agent.client.token, after: streams[0].lastEventID)
        try own(account, by: agent.id, company)
        let second = try company.make("contacts", ["last_name": "Mark"])
        #expect(try accounts(again, until: second) == ["updated \(account)"])
    }

    @Test func `a plugin that is off is not heard`() async throws {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Stream off")
        let product = try company.make("products", ["name": "Pump", "price": 100])
        let stream = try open(company.admin.token, platform)
        try #require(try company.send("PUT", "plugins/sales", ["on": false]).status == 200)
        #expect(stream.next()?.name == "reset")
        _ = try platform.database.admin(
            "update sales.products set name = 'Hidden' where id = \(product)::uuid")
        let mark = try company.make("accounts", ["name": "Mark"])
        let events = try #require(stream.events(until: mark))
        #expect(!events.contains { $0.record == product })
    }

    @Test func `a right that ends, ends on the open stream`() async throws {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Stream rights")
        let role = try company.makeRole(
            "Reader", ["directory.account.read": "all", "directory.contact.read": "all"])
        let reader = try await company.join("Reader", roleID: role)
        let stream = try open(reader.client.token, platform)
        let grants: JSON = [["permission": "directory.contact.read", "scope": "all"]]
        try #require(try company.send("PATCH", "roles/\(role)", ["grants": grants]).status == 200)
        #expect(stream.next(within: 5000)?.name == "reset")
        _ = try company.make("accounts", ["name": "Unheard"])
        let mark = try company.make("contacts", ["last_name": "Mark"])
        #expect(try accounts(stream, until: mark) == [])
    }

    @Test func `streams end with the key that opened them`() async throws {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Stream keys")
        let made = try company.send("POST", "api-keys", ["name": "Listens"]).json
        let stream = try open(made["key"]?.stringValue, platform)
        let id = try #require(made["id"]?.stringValue)
        #expect(try company.send("DELETE", "api-keys/\(id)").status == 204)
        #expect(stream.ends(within: 5000))
    }

    @Test func `streams end for those without the second factor that is demanded`() async throws {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Stream factors")
        let (plain, _) = try await company.join("Plain", role: "viewer")
        let begun = try company.send("POST", "auth/totp", ["password": .string(Company.password)])
        let secret = try #require(begun.json["secret"]?.stringValue)
        let code = try #require(VendorPerson.code(of: secret, at: platform.runtime.clock.now()))
        try #require(
            try company.send("POST", "auth/totp/confirm", ["code": .string(code)]).status == 204)
        let streams = try [plain, company.admin].map { try open($0.token, platform) }
        #expect(try company.send("PATCH", "settings", ["require_two_factor": true]).status == 200)
        #expect(streams[0].ends(within: 5000))
        let mark = try company.make("accounts", ["name": "Mark"])
        #expect(streams[1].events(until: mark) != nil)
    }

    @Test func `streams end when the vendor suspends the organization`() async throws {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Stream vendor")
        let stream = try open(company.admin.token, platform)
        let vendor = try await VendorPerson.make(on: platform).client
        let path = "vendor/organizations/\(company.id)/suspend"
        #expect(try vendor.send("POST", path, ["reason": "Unpaid"]).status == 200)
        #expect(stream.ends(within: 5000))
    }

    @Test func `streams end with the session, the membership and the suspension`() async throws {
        let platform = try await Field.shared.value.platform
        let company = try await platform.signUp("Stream ends")
        let removed = try await company.join("Removed", role: "viewer")
        let suspended = try await company.join("Suspended", role: "viewer")
        let left = try await company.join("Logged Out", role: "viewer")
        let streams = try [removed, suspended, left].map { try open($0.client.token, platform) }
        let stays = try open(company.admin.token, platform)
        #expect(try company.send("DELETE", "members/\(removed.id)").status < 300)
        #expect(streams[0].ends(within: 5000))
        #expect(
            try company.send("POST", "members/\(suspended.id)/suspension", ["reason": "Holiday"]).status
                == 200)
        #expect(streams[1].ends(within: 5000))
        #expect(try left.client.send("POST", "auth/logout", [:]).status == 204)
        #expect(streams[2].ends(within: 5000))
        let mark = try company.make("accounts", ["name": "Mark"])
        #expect(stays.events(until: mark) != nil)
    }
}
