import Kernel
import TestKit
import Testing
import Wire

/// Rights that end, end on every server at once.
@Suite struct RevocationTests {
    private static let servers = Task { () async throws -> (first: TestPlatform, second: TestPlatform) in
        let first = try await TestPlatform()
        return (first: first, second: try await TestPlatform(beside: first))
    }

    /// A company with a member who is known to both servers.
    private func setting() async throws -> (company: Company, member: UUIDv7, clients: [APIClient]) {
        let (first, second) = try await Self.servers.value
        let company = try await first.signUp("Ends")
        let joined = try await company.join("Leaving Soon", role: "org_admin")
        let clients = [first, second].map { $0.client(token: joined.client.token) }
        for client in clients { #expect(try client.send("GET", "accounts").status == 200) }
        return (company: company, member: joined.id, clients: clients)
    }

    @Test func `a member who is removed is out on both servers`() async throws {
        let (company, member, clients) = try await setting()
        #expect(try company.send("DELETE", "members/\(member)").status < 300)
        for client in clients { #expect(try await client.comes(to: 401, "accounts")) }
    }

    @Test func `a session that is ended is ended on both servers`() async throws {
        let (_, _, clients) = try await setting()
        let sessions = try clients[0].send("GET", "auth/sessions").json["data"]?.arrayValue ?? []
        let session = try #require(sessions.first { $0["is_current"] == true }?["id"]?.stringValue)
        #expect(try clients[0].send("DELETE", "auth/sessions/\(session)").status == 204)
        for client in clients { #expect(try await client.comes(to: 401, "accounts")) }
    }

    @Test func `a logout on one server is one on the other`() async throws {
        let (_, _, clients) = try await setting()
        #expect(try clients[1].send("POST", "auth/logout", [:]).status == 204)
        for client in clients { #expect(try await client.comes(to: 401, "accounts")) }
    }

    @Test func `a suspension holds on both servers, and its lifting does not bring sessions back`()
        async throws
    {
        let (company, member, clients) = try await setting()
        #expect(try company.send("POST", "members/\(member)/suspension", ["reason": "Holiday"]).status == 200)
        for client in clients { #expect(try await client.comes(to: 401, "accounts")) }
        #expect(try company.send("DELETE", "members/\(member)/suspension").status == 204)
        for client in clients { #expect(try client.send("GET", "accounts").status == 401) }
    }

    @Test func `a right that a role loses is lost on both servers`() async throws {
        let (first, second) = try await Self.servers.value
        let company = try await first.signUp("Loses")
        let role = try company.makeRole("Reader", ["directory.account.read": "all"])
        let token = try await company.join("Reading Person", roleID: role).client.token
        let clients = [first, second].map { $0.client(token: token) }
        for client in clients { #expect(try client.send("GET", "accounts").status == 200) }
        #expect(try company.send("PATCH", "roles/\(role)", ["grants": []]).status == 200)
        for client in clients { #expect(try await client.comes(to: 403, "accounts")) }
        let back: JSON = ["grants": [["permission": "directory.account.read", "scope": "own"]]]
        #expect(try company.send("PATCH", "roles/\(role)", back).status == 200)
        for client in clients { #expect(try await client.comes(to: 200, "accounts")) }
    }
}
