import Glibc
import Postgres
import TestKit
import Testing
import Wire

extension ChaosTests {
    /// A server behind PgBouncer in transaction mode; it listens past it.
    @Suite struct PooledTests {
        @Test func `what the API does it does behind PgBouncer`() async throws {
            let rows = Soak.size(300, soak: 20_000, "rows imported through PgBouncer")
            var stage = try Stage()
            let pooler = try await Pooler(to: stage)
            stage.environment = pooler.environment
            let server = try stage.serve()
            try #require(await Deadline.holds(within: 10_000) { try isReady(server) })
            let tenants = [
                try stage.tenant("Pooled One", at: server), try stage.tenant("Pooled Two", at: server),
            ]
            let port = server.port
            let made = try await Crowd.run(8) { number in
                try (0..<10).map { try record($0, tenants[number % 2], port) }
            }
            for (number, tenant) in tenants.enumerated() {
                let client = APIClient(port: server.port, token: tenant.token)
                let data = try client.send("GET", "accounts?limit=200&sort=name").json["data"]?.arrayValue
                let ids = Set((data ?? []).compactMap { $0["id"]?.stringValue })
                let own = made.indices.filter { $0 % 2 == number }.flatMap { made[$0] }
                #expect(ids == Set(own), "each organization sees its own rows, and only these")
            }
            try await expectImport(rows, APIClient(port: server.port, token: tenants[0].token))
            server.program.stop()
            #expect(server.program.end().status == 0)
            pooler.stop()
        }

        @Test func `what is listened for is heard past PgBouncer`() async throws {
            var stage = try Stage()
            let pooler = try await Pooler(to: stage)
            stage.environment = pooler.environment
            // Another role tells who has come past the pooler.
            stage.environment["DIRECT_DATABASE_URL"] = stage.environment["MIGRATION_DATABASE_URL"]
            let server = try stage.serve()
            #expect(
                try await Deadline.holds {
                    try stage.count(
                        """
                        select count(*)
                        from pg_stat_activity
                        where datname = current_database() and usename = 'postgres' and query = 'select 1'
                        """) > 0
                })
            server.program.stop()
            #expect(server.program.end().status == 0)
            pooler.stop()
        }

        private func isReady(_ server: Stage.Server) throws -> Bool {
            try APIClient(port: server.port).send("GET", "/health/ready").status == 200
        }

        /// Makes a record, reads and changes it, deletes and restores it; gives its id.
        private func record(_ number: Int, _ tenant: Stage.Tenant, _ port: Int) throws -> String {
            let client = APIClient(port: port, token: tenant.token)
            let made = try client.send(
                "POST", "accounts", ["name": .string("Pooled \(number)")],
                headers: ["Idempotency-Key": UUIDv7.make().description])
            let id = try #require(made.json["id"]?.stringValue, "\(made.text)")
            #expect(try client.send("GET", "accounts/\(id)").json["name"] == made.json["name"])
            let changed = try client.send("PATCH", "accounts/\(id)", ["industry": "Tools"])
            #expect(changed.json["industry"] == "Tools", "\(changed.text)")
            #expect(try client.send("DELETE", "accounts/\(id)").status == 204)
            let restored = try client.send("POST", "accounts/\(id)/restore")
            #expect(restored.status == 200, "\(restored.text)")
            return id
        }

        private func expectImport(_ rows: Int, _ client: APIClient) async throws {
            let text = (0..<rows).reduce("name,code\n") { $0 + "Imported \($1),C\($1)\n" }
            let file = try client.upload(
                "imports", fields: ["entity": "directory.account"], file: Array(text.utf8), named: "rows.csv")
            let id = try #require(file.json["id"]?.stringValue, "\(file.text)")
            let columns: JSON = [
                ["column": "name", "field": "name"], ["column": "code", "field": "external_code"],
            ]
            let mapped = try client.send(
                "PUT", "imports/\(id)/mapping",
                ["key": "external_code", "on_match": "create", "columns": columns])
            #expect(mapped.status == 200, "\(mapped.text)")
            #expect(try client.send("POST", "imports/\(id)/run").status == 202)
            var shown = JSON.null
            let isDone = try await Deadline.holds(within: Soak.isOn ? 300_000 : 30_000) {
                shown = try client.send("GET", "imports/\(id)").json
                return shown["status"] == "done"
            }
            #expect(isDone, "\(shown.text)")
            #expect(shown["counts"]?["create"]?.integerValue == Int64(rows))
        }
    }
}

/// PgBouncer on a socket of its own, in front of the cluster.
private struct Pooler {
    let environment: [String: String]
    private let program: Program

    init(to stage: Stage) async throws {
        let neighbour = try Neighbour()
        let direct = stage.environment["DATABASE_URL"] ?? ""
        let folder = neighbour.folder
        let users = try neighbour.file("users.txt", "\"platform_app\" \"\"\n\"postgres\" \"\"\n")
        let configuration = try neighbour.file(
            "pgbouncer.ini",
            """
            [databases]
            * = host=\(stage.cluster.socketDirectory)
            [pgbouncer]
            listen_addr =
            unix_socket_dir = \(folder)
            auth_type = trust
            auth_file = \(users)
            pool_mode = transaction
            default_pool_size = 8
            max_client_conn = 200
            """)
        program = try neighbour.start(["/usr/sbin/pgbouncer", configuration])
        var changed = stage.environment
        changed["DATABASE_URL"] = direct.replacing(stage.cluster.socketDirectory, with: "\(folder) port=6432")
        changed["DIRECT_DATABASE_URL"] = direct
        changed["PGBOUNCER"] = "true"
        environment = changed
        let listens = try await Deadline.holds(within: 10_000) {
            access("\(folder)/.s.PGSQL.6432", F_OK) == 0
        }
        try #require(listens, "see \(folder)/log")
    }

    func stop() {
        program.stop()
        program.end()
    }
}
