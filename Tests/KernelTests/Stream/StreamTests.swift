import Kernel
import TestKit
import Testing
import Wire

/// What comes over `GET /stream`, and how it goes on after an interruption.
@Suite struct StreamTests {
    private static let accounts = "?types=directory.account"

    private func stream(
        _ company: Company, _ query: String = "", after lastEventID: String? = nil,
        on platform: TestPlatform? = nil
    ) async throws -> EventReader {
        let shared = try await ApiPlatform.shared.value
        let stream = try EventReader(
            platform ?? shared, token: company.admin.token, query: query, after: lastEventID)
        try #require(stream.status == 200)
        if lastEventID == nil { try #require(stream.awaitPlace()) }
        return stream
    }

    private func rename(_ account: String, _ name: String, _ company: Company) throws {
        let answer = try company.send("PATCH", "accounts/\(account)", ["name": .string(name)])
        try #require(answer.status == 200)
    }

    @Test func `every change of a record comes, in order`() async throws {
        let company = try await ApiPlatform.company()
        let stream = try await stream(company, Self.accounts)
        #expect(stream.headers["content-type"] == "text/event-stream")
        #expect(stream.headers["cache-control"] == "no-store")
        let account = try company.make("accounts", ["name": "Bianchi"])
        try rename(account, "Bianchi & figli", company)
        try #require(try company.send("DELETE", "accounts/\(account)").status == 204)
        try #require(try company.send("POST", "accounts/\(account)/restore").status == 200)
        for (version, name) in ["created", "updated", "deleted", "restored"].enumerated() {
            let event = try #require(stream.next())
            #expect(event.name == "record.\(name)")
            let data: JSON = [
                "type": "directory.account", "id": .string(account),
                "version": .number(JSONNumber(Int64(version + 1))), "by": .string("\(company.adminID)"),
            ]
            #expect(event.data == data)
        }
    }

    @Test func `only the types that were asked for come`() async throws {
        let company = try await ApiPlatform.company()
        let stream = try await stream(company, "?types=directory.contact,sales.lead")
        _ = try company.make("accounts", ["name": "Bianchi"])
        let contact = try company.make("contacts", ["last_name": "Verdi"])
        let event = try #require(stream.next())
        #expect(event.record == contact)
        #expect(event.data["type"] == "directory.contact")
    }

    @Test func `an unknown type or parameter is refused`() async throws {
        let company = try await ApiPlatform.company()
        for query in ["types=directory.nothing", "types=,", "type=directory.account", "types=a&types=b"] {
            let answer = try company.send("GET", "stream?\(query)")
            #expect(answer.status == 400, "\(query)")
        }
        #expect(try company.send("GET", "stream", headers: ["Authorization": "Bearer nothing"]).status == 401)
    }

    @Test func `a client that comes again gets what it missed, once and in order`() async throws {
        let company = try await ApiPlatform.company()
        let account = try company.make("accounts", ["name": "0"])
        var stream = try await stream(company, Self.accounts)
        try rename(account, "1", company)
        #expect(stream.next()?.data["version"] == 2)
        let place = try #require(stream.lastEventID)
        for number in 2...6 { try rename(account, "\(number)", company) }
        stream = try await self.stream(company, Self.accounts, after: place)
        // Some of these were there before, some come while the others are read.
        for number in 7...9 { try rename(account, "\(number)", company) }
        for version in 3...10 {
            let event = try #require(stream.next())
            #expect(event.name == "record.updated")
            #expect(event.data["version"] == .number(JSONNumber(Int64(version))))
        }
        // From the middle, too.
        let second = try await self.stream(company, Self.accounts, after: stream.lastEventID)
        try rename(account, "10", company)
        #expect(second.next()?.data["version"] == 11)
        #expect(stream.next()?.data["version"] == 11)
    }

    @Test func `a place that nobody gave out is answered by a reset`() async throws {
        let company = try await ApiPlatform.company()
        for place in ["1", "nonsense", String(repeating: "A", count: 70)] {
            let stream = try await stream(company, after: place)
            #expect(stream.next()?.name == "reset")
            // From there it goes on.
            let account = try company.make("accounts", ["name": "Bianchi"])
            #expect(stream.events(until: account)?.contains { $0.name == "reset" } == false)
        }
    }

    @Test func `an hour later a client is told to read anew`() async throws {
        let clock = HandClock.going()
        let platform = try await TestPlatform(clock: clock)
        let company = try await platform.signUp("Hours")
        let place = try await stream(company, Self.accounts, on: platform).lastEventID
        clock.advance(seconds: 3500)
        try logIn(company)
        let account = try company.make("accounts", ["name": "Bianchi"])
        #expect(
            try await stream(company, Self.accounts, after: place, on: platform).next()?.record == account)
        clock.advance(seconds: 200)
        #expect(try await stream(company, after: place, on: platform).next()?.name == "reset")
    }

    @Test func `a stream ends with its token`() async throws {
        let clock = HandClock.going()
        let platform = try await TestPlatform(clock: clock)
        let company = try await platform.signUp("Expires")
        let stream = try await stream(company, on: platform)
        clock.advance(seconds: 901)
        #expect(stream.ends(within: 8000))
    }

    @Test func `every process tells of every change, and goes on where another left off`() async throws {
        let first = try await TestPlatform()
        let second = try await TestPlatform(beside: first)
        let company = try await first.signUp("Beside")
        let streams = [
            try await stream(company, on: first), try await stream(company, on: second),
        ]
        for _ in 1...3 {
            let account = try company.make("accounts", ["name": "Bianchi"])
            for stream in streams { #expect(stream.events(until: account) != nil) }
        }
        let again = try await stream(company, after: streams[0].lastEventID, on: second)
        let account = try company.make("accounts", ["name": "Verdi"])
        let events = try #require(again.events(until: account))
        #expect(events.filter { $0.data["type"] == "directory.account" }.count == 1)
    }

    @Test func `one person has so many streams and no more, and so has the server`() async throws {
        let platform = try await TestPlatform(configure: { configuration in
            configuration.streams = 3
            configuration.streamsOfUser = 2
        })
        let company = try await platform.signUp("Limits")
        let other = try await platform.signUp("Others")
        var streams = [try await stream(company, on: platform), try await stream(company, on: platform)]
        let refused = try company.send("GET", "stream")
        #expect(refused.status == 429)
        #expect(refused.code == "too_many_streams")
        #expect(refused.header("retry-after") != nil)
        streams.append(try await stream(other, on: platform))
        let full = try other.send("GET", "stream")
        #expect(full.status == 503)
        #expect(full.code == "streams_full")
        // A place is given back when a client goes.
        streams.removeFirst()
        #expect(try await Deadline.holds { try company.send("GET", "stream").status == 200 })
        #expect(streams.count == 2)
    }

    private func logIn(_ company: Company) throws {
        let answer = try company.send(
            "POST", "auth/login", ["email": .string(company.email), "password": .string(Company.password)])
        company.admin.token = answer.json["access_token"]?.stringValue
    }
}
