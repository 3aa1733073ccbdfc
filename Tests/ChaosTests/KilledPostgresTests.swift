import Postgres
import TestKit
import Testing
import Wire

extension ChaosTests {
    /// PostgreSQL is killed under clients that write.
    @Suite struct KilledPostgresTests {
        private static let clients = 64

        @Test func `no acknowledged write is lost with PostgreSQL, and none is seen by others`() async throws
        {
            let kills = Soak.size(2, soak: 12, "kills of PostgreSQL under \(Self.clients) clients")
            let stage = try Stage()
            let server = try stage.serve()
            let tenants = try (0..<4).map { try stage.tenant("Writers \($0)", at: server) }
            let (ledger, port) = (Ledger(), server.port)
            async let written = Crowd.run(Self.clients) { number in
                try ledger.write(as: number, to: port, for: tenants[number % tenants.count])
            }
            do {
                for _ in 0..<kills { try await killUnder(ledger, stage) }
                #expect(try await Deadline.holds { try isReady(server) })
            } catch {
                ledger.end()
                throw error
            }
            ledger.end()
            let entries = try await written
            #expect(ledger.surprises.isEmpty, "\(ledger.surprises.prefix(5))")
            #expect(ledger.refused > 0)
            for (number, tenant) in tenants.enumerated() {
                let own = entries.indices.filter { $0 % tenants.count == number }.flatMap { entries[$0] }
                try expect(own, of: tenant, in: stage, server)
            }
        }

        private func isReady(_ server: Stage.Server) throws -> Bool {
            try APIClient(port: server.port).send("GET", "/health/ready").status == 200
        }

        /// Kills PostgreSQL while writes go on, and brings it back when some were refused.
        private func killUnder(_ ledger: Ledger, _ stage: Stage) async throws {
            let before = ledger.acknowledged
            try #require(await Deadline.holds(within: 30_000) { ledger.acknowledged > before + 200 })
            let refused = ledger.refused
            try stage.cluster.kill()
            try #require(await Deadline.holds(within: 30_000) { ledger.refused > refused })
            let acknowledged = ledger.acknowledged
            try stage.cluster.restart()
            #expect(
                try await Deadline.holds(within: 5000) { ledger.acknowledged > acknowledged },
                "the server goes on within five seconds")
        }

        /// Every acknowledged record is there, once, and nobody else's.
        private func expect(
            _ entries: [Ledger.Entry], of tenant: Stage.Tenant, in stage: Stage, _ server: Stage.Server
        ) throws {
            let rows = try stage.admin(
                """
                select id, name
                from directory.accounts
                where organization_id = \(tenant.id)::uuid
                """)
            var found: [UUIDv7: String] = [:]
            for row in 0..<rows.count { if let id = rows.id(row, 0) { found[id] = rows[row, 1] } }
            #expect(found.count == rows.count)
            let lost = entries.filter { $0.isAcknowledged && found[$0.id] != $0.name }
            #expect(lost.isEmpty, "\(lost.count) acknowledged writes are lost")
            let known = Set(entries.map(\.id))
            #expect(found.keys.allSatisfy { known.contains($0) }, "rows that nobody of theirs wrote")
            let shown = try APIClient(port: server.port, token: tenant.token)
                .send("GET", "accounts?limit=1&count=exact").json["page"]?["total"]?.integerValue
            #expect(shown == Int64(rows.count))
        }
    }
}
