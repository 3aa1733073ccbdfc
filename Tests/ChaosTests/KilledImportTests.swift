import Postgres
import TestKit
import Testing
import Wire

extension ChaosTests {
    /// The server is killed while it imports, and while it takes the import back.
    @Suite struct KilledImportTests {
        @Test func `an import goes on where its server was killed, and so does its undoing`() async throws {
            let rows = Soak.size(20_000, soak: 100_000, "rows imported")
            let stage = try Stage()
            let first = try stage.serve()
            let tenant = try stage.tenant("Import", at: first)
            let id = try begin(rows, APIClient(port: first.port, token: tenant.token))
            let cut = try await progress(id, APIClient(port: first.port, token: tenant.token))
            first.program.kill()
            #expect(cut > 0 && cut < rows)

            let second = try stage.serve()
            let client = APIClient(port: second.port, token: tenant.token)
            let found = try client.send("GET", "imports/\(id)").json
            #expect(found["status"] == "running", "nothing half-done is shown as done")
            if !Soak.isOn { try stage.endLeases() }
            try await expect("done", id, client)
            try expectWhole(rows, id, client, stage)

            #expect(try client.send("POST", "imports/\(id)/undo").status == 202)
            _ = try await progress(id, client)
            second.program.kill()
            let third = try stage.serve()
            let last = APIClient(port: third.port, token: tenant.token)
            #expect(try last.send("GET", "imports/\(id)").json["status"] == "undoing")
            if !Soak.isOn { try stage.endLeases() }
            try await expect("undone", id, last)
            let undone = try last.send("GET", "imports/\(id)").json
            #expect(undone["kept"]?.arrayValue?.isEmpty ?? true)
            #expect(try total(last) == 0)
            #expect(try stage.count("select count(*) from directory.accounts where deleted_at is null") == 0)
            third.program.stop()
            #expect(third.program.end().status == 0)
        }

        /// Uploads and maps a file of so many rows, and starts its run.
        private func begin(_ rows: Int, _ client: APIClient) throws -> String {
            var text = "name,code\n"
            for row in 0..<rows { text += "Account \(row),N\(row)\n" }
            let file = try client.upload(
                "imports", fields: ["entity": "directory.account"], file: Array(text.utf8), named: "rows.csv")
            let id = try #require(file.json["id"]?.stringValue, "\(file.text)")
            let mapped = try client.send(
                "PUT", "imports/\(id)/mapping",
                [
                    "key": "external_code", "on_match": "create",
                    "columns": [
                        ["column": "name", "field": "name"], ["column": "code", "field": "external_code"],
                    ],
                ])
            #expect(mapped.status == 200, "\(mapped.text)")
            #expect(try client.send("POST", "imports/\(id)/run").status == 202)
            return id
        }

        /// Waits until some of the work is done, and says how much.
        private func progress(_ id: String, _ client: APIClient) async throws -> Int {
            var done = 0
            let isUnderWay = try await Deadline.holds(within: 60_000) {
                let shown = try client.send("GET", "imports/\(id)").json["progress"]
                done = Int(shown?["done"]?.integerValue ?? 0)
                return done > 0
            }
            try #require(isUnderWay)
            return done
        }

        private func expect(_ status: String, _ id: String, _ client: APIClient) async throws {
            var shown = JSON.null
            let isReached = try await Deadline.holds(within: Soak.isOn ? 600_000 : 60_000) {
                shown = try client.send("GET", "imports/\(id)").json
                return shown["status"]?.stringValue == status
            }
            #expect(isReached, "\(shown.text)")
        }

        private func expectWhole(_ rows: Int, _ id: String, _ client: APIClient, _ stage: Stage) throws {
            let counts = try client.send("GET", "imports/\(id)").json["counts"]
            #expect(counts?["create"]?.integerValue == Int64(rows))
            #expect(counts?["error"]?.integerValue == 0)
            #expect(try total(client) == rows)
            #expect(try stage.count("select count(*) from directory.accounts") == rows)
            #expect(
                try stage.count("select count(distinct external_code) from directory.accounts") == rows)
        }

        private func total(_ client: APIClient) throws -> Int {
            let page = try client.send("GET", "accounts?limit=1&count=exact").json["page"]
            return Int(page?["total"]?.integerValue ?? -1)
        }
    }
}

extension JSON {
    var text: String { String(decoding: encoded(), as: UTF8.self) }
}
