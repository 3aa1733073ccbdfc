import Glibc
import Postgres
import TestKit
import Testing
import Wire

/// Rights end on open streams although nobody tells of it.
@Suite struct StreamTrustTests {
    @Test func `where notices stay away no stream outlasts its right`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Silence")
        let vendor = try await VendorPerson.make(on: platform).client
        // They come one after the other, so that their callers are looked at at different moments.
        var streams: [EventReader] = []
        for number in 1...6 {
            let (client, _) = try await company.join("Member \(number)", role: "viewer")
            let stream = try EventReader(platform, token: client.token)
            try #require(stream.awaitPlace())
            streams.append(stream)
        }
        let listeners = try platform.database.admin(
            """
            select a.pid
            from pg_stat_activity as a
            where a.datname = current_database()
              and a.usename = 'platform_app'
              and (a.query = 'select 1' or a.query like 'listen %')
            """)
        let processes = (0..<listeners.count).compactMap { listeners.integer($0, 0).map { pid_t($0) } }
        try #require(processes.count == 1)
        for process in processes { kill(process, SIGSTOP) }
        defer { for process in processes { kill(process, SIGCONT) } }
        let deadline = Deadline(milliseconds: 5000)
        let path = "vendor/organizations/\(company.id)/suspend"
        try #require(try vendor.send("POST", path, ["reason": "Unpaid"]).status == 200)
        for stream in streams { #expect(stream.ends(within: 5000)) }
        #expect(!deadline.isPast)
    }
}
