import Kernel
import TestKit
import Testing
import Wire

/// Many streams at once.
@Suite struct StreamCrowdTests {
    @Test func `of two hundred streams those that may hear of a change do, and no other`() async throws {
        let count = Soak.size(200, soak: 2000, "streams")
        OpenFiles.raiseLimit()
        let platform = try await TestPlatform(configure: { configuration in
            configuration.streams = count
            configuration.streamsOfUser = count
        })
        let company = try await platform.signUp("Crowd")
        let other = try await platform.signUp("Elsewhere")
        let (read, contacts) = ("directory.account.read", "directory.contact.read")
        var tokens: [String?] = []
        for (name, grants) in [
            ("All", [read: "all", contacts: "all"]), ("Own", [read: "own", contacts: "all"]),
            ("Blind", [contacts: "all"]),
        ] {
            let role = try company.makeRole(name, grants)
            tokens.append(try await company.join("Reads \(name)", roleID: role).client.token)
        }
        tokens.append(other.admin.token)
        let streams = try (0..<count).map { number in
            let stream = try EventReader(platform, token: tokens[number % tokens.count])
            try #require(stream.status == 200 && stream.awaitPlace())
            return stream
        }
        let start = ContinuousClock.now
        let account = try company.make("accounts", ["name": "Heard by many"])
        let hearers = streams.indices.filter { $0.isMultiple(of: tokens.count) }
        for index in hearers { #expect(streams[index].events(until: account) != nil) }
        print("A change reached \(hearers.count) of \(count) streams within \(ContinuousClock.now - start)")
        // Nobody hears of it later, nor twice.
        let mark = try company.make("contacts", ["last_name": "Mark"])
        let foreign = try other.make("contacts", ["last_name": "Mark"])
        for (index, stream) in streams.enumerated() {
            let last = index % tokens.count == tokens.count - 1 ? foreign : mark
            let events = try #require(stream.events(until: last))
            #expect(!events.contains { $0.record == account })
        }
    }
}
