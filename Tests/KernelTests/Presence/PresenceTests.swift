import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// Who else looks at a record.
@Suite struct PresenceTests {
    private struct Setting {
        let clock = HandClock()
        let platform: TestPlatform
        let company: Company
        let anna: (client: APIClient, id: UUIDv7)
        let bruno: (client: APIClient, id: UUIDv7)
        let record: String

        init() async throws {
            let platform = try await TestPlatform(clock: clock)
            self.platform = platform
            try #require(try await Deadline.holds { platform.runtime.principals.isTrusted })
            company = try await platform.signUp("Presence")
            anna = try await company.join("Anna Alba", role: "sales_manager")
            bruno = try await company.join("Bruno Blu", role: "sales_rep")
            record = try company.make(
                "accounts", ["name": "Watched", "owner_id": .string("\(bruno.id)")])
        }

        func look(_ client: APIClient, at id: String? = nil) throws -> APIResponse {
            try client.send(
                "PUT", "presence", ["type": "directory.account", "id": .string(id ?? record)])
        }

        func names(_ client: APIClient) throws -> [String] {
            let answer = try look(client)
            #expect(answer.status == 200, "\(answer.text)")
            return (answer.json["data"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        }

        func open(_ client: APIClient, on other: TestPlatform? = nil) throws -> EventReader {
            let stream = try EventReader(other ?? platform, token: client.token)
            try #require(stream.status == 200 && stream.awaitPlace())
            return stream
        }

        func writes() throws -> Int64 {
            let rows = try platform.database.admin(
                "select extract(epoch from max(p.seen_at))::bigint from kernel.presences as p")
            return rows.integer(0, 0) ?? 0
        }
    }

    /// Who else is there, by the next event of a stream.
    private func people(_ stream: EventReader) throws -> [String] {
        let event = try #require(stream.next(named: "presence"))
        return (event.data["people"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }

    @Test func `who looks is told who else does, until they leave or say it no more`() async throws {
        let setting = try await Setting()
        #expect(try setting.names(setting.anna.client) == [])
        #expect(try setting.names(setting.bruno.client) == ["Anna Alba"])
        let others = try setting.look(setting.anna.client).json["data"]?.arrayValue ?? []
        #expect(others.first?["id"]?.stringValue == setting.bruno.id.description)
        #expect(others.first?["since"]?.stringValue == setting.clock.now().description)
        let left = try setting.bruno.client.send(
            "DELETE", "presence?type=directory.account&id=\(setting.record)")
        #expect(left.status == 204, "\(left.text)")
        #expect(try setting.names(setting.anna.client) == [])
        #expect(try setting.names(setting.bruno.client) == ["Anna Alba"])
        setting.clock.advance(seconds: 46)
        #expect(try setting.names(setting.anna.client) == [])
        #expect(try setting.bruno.client.send("DELETE", "presence").status == 204)
    }

    @Test func `a repeat within fifteen seconds writes nothing, a later one prolongs it`() async throws {
        let setting = try await Setting()
        _ = try setting.names(setting.anna.client)
        let first = try setting.writes()
        setting.clock.advance(seconds: 14)
        _ = try setting.names(setting.anna.client)
        #expect(try setting.writes() == first)
        setting.clock.advance(seconds: 6)
        _ = try setting.names(setting.anna.client)
        #expect(try setting.writes() == first + 20)
        setting.clock.advance(seconds: 44)
        #expect(try setting.names(setting.bruno.client) == ["Anna Alba"])
    }

    @Test func `streams of every process tell those who look, and nobody else`() async throws {
        let setting = try await Setting()
        let second = try await TestPlatform(beside: setting.platform, clock: setting.clock)
        try #require(try await Deadline.holds { second.runtime.principals.isTrusted })
        let anna = try setting.open(setting.anna.client)
        let bruno = try setting.open(setting.bruno.client, on: second)
        let admin = try setting.open(setting.company.admin)
        _ = try setting.look(setting.anna.client)
        _ = try setting.look(setting.bruno.client)
        #expect(try people(bruno) == ["Anna Alba"])
        #expect(try people(anna) == ["Bruno Blu"])
        _ = try setting.bruno.client.send("DELETE", "presence")
        #expect(try people(anna) == [])
        setting.clock.advance(seconds: 1)
        _ = try setting.look(setting.bruno.client)
        #expect(try people(anna) == ["Bruno Blu"])
        #expect(try people(bruno) == ["Anna Alba"])
        let mark = try setting.company.make("accounts", ["name": "Mark"])
        #expect(admin.events(until: mark)?.contains { $0.name == "presence" } == false)
    }

    @Test func `who says it no more is told as gone after forty-five seconds`() async throws {
        let setting = try await Setting()
        let anna = try setting.open(setting.anna.client)
        _ = try setting.look(setting.anna.client)
        setting.clock.advance(seconds: 10)
        _ = try setting.look(setting.bruno.client)
        #expect(try people(anna) == ["Bruno Blu"])
        setting.clock.advance(seconds: 20)
        _ = try setting.look(setting.anna.client)
        setting.clock.advance(seconds: 26)
        #expect(try people(anna) == [])
    }

    @Test func `who may not read the record is neither let in nor told any more`() async throws {
        let setting = try await Setting()
        let own = try setting.company.make("accounts", ["name": "Out of reach"])
        let role = try setting.company.makeRole("Own", ["directory.account.read": "own"])
        let carla = try await setting.company.join("Carla Corvo", roleID: role)
        #expect(try setting.look(carla.client, at: own).status == 404)
        let viewer = try await setting.company.makeBlind()
        #expect(try setting.look(viewer, at: own).status == 403)
        let given = try setting.company.send(
            "PATCH", "accounts/\(own)", ["owner_id": .string("\(carla.id)")])
        try #require(given.status == 200)
        let (stream, other) = (try setting.open(carla.client), try setting.open(setting.company.admin))
        try #require(try setting.look(carla.client, at: own).status == 200)
        try #require(try setting.look(setting.company.admin, at: own).status == 200)
        #expect(try people(stream) == ["Ada Rossi"])
        #expect(try people(other) == ["Carla Corvo"])
        let taken = try setting.company.send(
            "PATCH", "accounts/\(own)", ["owner_id": .string("\(setting.company.adminID)")])
        try #require(taken.status == 200)
        try #require(try setting.look(setting.anna.client, at: own).status == 200)
        // Told at once with every other who is to hear it, so before what comes now.
        #expect(try people(other).contains("Anna Alba"))
        let mine = try setting.company.make(
            "accounts", ["name": "Hers", "owner_id": .string("\(carla.id)")])
        #expect(stream.events(until: mine)?.contains { $0.name == "presence" } == false)
    }

    @Test func `what is no record of one's own company is refused`() async throws {
        let setting = try await Setting()
        let other = try await setting.platform.signUp("Elsewhere")
        let foreign = try other.make("accounts", ["name": "Theirs"])
        #expect(try setting.look(setting.company.admin, at: foreign).status == 404)
        #expect(try setting.look(setting.company.admin, at: UUIDv7.make().description).status == 404)
        let wrong: [JSON] = [
            [:], ["type": "directory.account"], ["type": "nothing", "id": .string(setting.record)],
            ["type": "directory.account", "id": "x"],
        ]
        for body in wrong {
            #expect(try setting.company.send("PUT", "presence", body).status == 422, "\(body.text)")
        }
        #expect(try setting.company.send("DELETE", "presence?type=directory.account").status == 400)
        #expect(try setting.platform.client().send("PUT", "presence", [:]).status == 401)
        // Leaving where one is not is no fault, and ends nobody else's.
        _ = try setting.names(setting.anna.client)
        #expect(try other.send("DELETE", "presence?id=\(setting.record)").status == 204)
        #expect(try setting.names(setting.bruno.client) == ["Anna Alba"])
    }
}

extension Company {
    /// A member without any right.
    fileprivate func makeBlind() async throws -> APIClient {
        try await join("Nemo", roleID: try makeRole("Nothing", [:])).client
    }
}
