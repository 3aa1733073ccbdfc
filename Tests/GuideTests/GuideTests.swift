import Installation
import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// The plugin of docs/plugin-guide.md, compiled from its blocks and used as a client would.
@Suite struct GuideTests {
    @Test func `the guide's blocks are the files that these tests compile`() throws {
        let guide = try #require(TestFolder.text("\(TestDatabase.repository)/docs/plugin-guide.md"))
        var blocks = 0
        for block in guide.components(between: "```", and: "```\n") {
            let lines = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let head = lines[0].split(separator: " ")
            guard head.count == 2, lines.count == 2 else { continue }
            let path = "\(TestDatabase.repository)/Tests/GuideTests/Inspections/\(head[1])"
            #expect(TestFolder.text(path) == String(lines[1]), "\(head[1])")
            blocks += 1
        }
        #expect(blocks == 8)
    }

    @Test func `a company plans an inspection and completes it`() async throws {
        let platform = try await TestPlatform(
            plugins: InstalledPlugins.all + [InspectionsPlugin()], migrations: [Self.migration()])
        let company = try await platform.signUp("Guide")
        let made = try company.send("POST", "inspections", ["site": "Via Roma 1"])
        #expect(made.status == 201)
        let id = try #require(made.json["id"]?.stringValue)

        let refused = try company.send("PATCH", "inspections/\(id)", ["status": "done"])
        #expect(refused.faults == ["finding:finding_needed"])

        let done = try company.send("POST", "inspections/\(id)/completion", ["finding": "All well"])
        #expect(done.status == 200)
        #expect(done.json["status"] == "done")
        #expect(done.json["completed_at"] != .null)

        let again = try company.send("PATCH", "inspections/\(id)", ["status": "cancelled"])
        #expect(again.status == 409)
        #expect(again.json["allowed"] == [])
        try await platform.drain()
        let jobs = try platform.database.admin(
            "select state from platform.jobs where kind = 'inspections.count'")
        #expect(jobs.count == 1)
        #expect(jobs[0, 0] == "completed")
    }

    private static func migration() throws -> TestMigration {
        let name = "inspections/0001_inspections.sql"
        let path = "\(TestDatabase.repository)/Tests/GuideTests/Inspections/migrations/\(name)"
        return TestMigration(name: name, text: try #require(TestFolder.text(path)))
    }
}

extension String {
    /// The texts between two marks, in order.
    fileprivate func components(between start: String, and end: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let open = rest.firstRange(of: start) {
            rest = rest[open.upperBound...]
            guard let close = rest.firstRange(of: end) else { break }
            found.append(String(rest[..<close.lowerBound]))
            rest = rest[close.upperBound...]
        }
        return found
    }
}
