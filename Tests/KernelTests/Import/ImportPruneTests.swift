import Glibc
import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

extension ImportTests {
    struct ImportPruneTests {
        /// The files of an import, by its path.
        private func hasFile(_ id: String, _ platform: TestPlatform) throws -> Bool {
            let path = try platform.database.admin(
                "select i.file_path from kernel.imports i where i.id = \(id)::uuid")[0, 0]
            return access(try #require(path), F_OK) == 0
        }

        /// Runs the daily job on another server over the same database, so many days from now.
        private func prune(_ company: Company, _ platform: TestPlatform, after days: Int64) async throws {
            let clock = HandClock(Instant.now().adding(seconds: days * 86_400))
            let later = try await TestPlatform(beside: platform, clock: clock)
            let id = company.id
            try await later.onLoop {
                let context = try await Context.installation(later.runtime, request: "test").working(in: id)
                try await context.enqueue(PruneImports.self, values: [:])
            }
            try await later.drain()
        }

        @Test func `an import's file goes 30 days after its end, and it can still be taken back`()
            async throws
        {
            let platform = try await ImportTests.platform.value
            let desk = try await ImportDesk("Prune")
            let done = try await desk.load(
                "name,staff\nAcme,1\nBeta,ten\n", [("name", "name"), ("staff", "employees")])
            #expect(done.tally == [1, 0, 0, 1])
            let open = try desk.upload("name\nOpen\n").id
            try await prune(desk.company, platform, after: 29)
            #expect(try hasFile(done.id, platform))
            #expect(try desk.show(done.id)["file_removed_at"] == .null)

            try await prune(desk.company, platform, after: 31)
            #expect(try !hasFile(done.id, platform))
            #expect(try !hasFile(open, platform))
            let shown = try desk.show(done.id)
            #expect(shown["file_removed_at"]?.stringValue != nil)
            #expect(shown.tally == [1, 0, 0, 1])
            #expect(shown["errors"]?.arrayValue?.isEmpty == true)
            #expect(
                try desk.client.send("GET", "imports/\(done.id)/errors.csv").code == "import_file_removed")
            #expect(try desk.map(open, [("name", "name")]).status == 200)
            #expect(try desk.client.send("POST", "imports/\(open)/run").code == "import_file_removed")
            #expect(try await desk.step("undo", done.id).status == "undone")
            #expect(try desk.total() == 0)
        }

        @Test func `what a run that was broken off has left is removed by the next`() async throws {
            let platform = try await ImportTests.platform.value
            let desk = try await ImportDesk("Left Over")
            let done = try await desk.load("name\nAcme\n", [("name", "name")])
            let path = try platform.database.admin(
                """
                update kernel.imports as i
                set file_removed_at = now()
                where i.id = \(done.id)::uuid
                returning i.file_path
                """)[0, 0]
            #expect(try hasFile(done.id, platform))
            // An upload that was cut off: no import is named like it.
            let folder = try #require(path?.split(separator: "/").dropLast().joined(separator: "/"))
            let stray = "/\(folder)/\(UUIDv7.make())"
            try TestFolder.write("name", to: stray)
            let (organization, clock) = (desk.company.id, HandClock(.now()))
            for (days, isKept) in [(0, true), (2, false)] as [(Int64, Bool)] {
                clock.advance(seconds: days * 86_400)
                let now = clock.now()
                try await platform.onLoop {
                    let system = try await Context.installation(platform.runtime, request: "test").working(
                        in: organization)
                    let context = Context(
                        runtime: system.runtime, principal: system.principal, request: system.request,
                        now: now)
                    try await PruneImports.prune(in: context)
                }
                #expect(try !hasFile(done.id, platform))
                #expect((access(stray, F_OK) == 0) == isKept)
            }
        }

        @Test func `imports are listed by entity and status`() async throws {
            let desk = try await ImportDesk("Filter")
            let done = try await desk.load("name\nAcme\n", [("name", "name")])
            let open = try desk.upload("last_name\nVerdi\n", entity: "directory.contact").id
            func ids(_ query: String) throws -> [String] {
                try desk.client.send("GET", "imports?\(query)").ids
            }
            #expect(try ids("") == [open, done.id])
            #expect(try ids("entity=directory.account") == [done.id])
            #expect(try ids("status=analysed") == [open])
            #expect(try ids("status=done&entity=directory.contact") == [])
            #expect(try desk.client.send("GET", "imports?status=lost").status == 400)
            #expect(try desk.client.send("GET", "imports?entity=no.such").status == 400)
            let page = try desk.client.send("GET", "imports?limit=1")
            let cursor = page.page("next").stringValue ?? ""
            #expect(try desk.client.send("GET", "imports?limit=1&cursor=\(cursor)").ids == [done.id])
            #expect(try desk.client.send("GET", "imports?status=done&limit=1&cursor=\(cursor)").status == 400)
        }
    }
}
