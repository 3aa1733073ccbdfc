import Kernel
import Postgres
import TestKit
import Testing
import Wire

extension ChaosTests {
    /// Requests that break off, fail and time out, beside others that don't.
    @Suite struct PoolChaosTests {
        @Test func `after breaks, errors and timeouts no tenant is left and no connection is missing`()
            async throws
        {
            let rounds = Soak.size(25, soak: 1500, "rounds of 28 clients")
            let platform = try await TestPlatform()
            var tenants: [Stage.Tenant] = []
            for name in ["Red", "Green", "Blue"] {
                let company = try await platform.signUp(name)
                tenants.append(Stage.Tenant(id: company.id, token: company.admin.token ?? ""))
            }
            let (all, port) = (tenants, platform.port)
            let others = try listeners(platform)

            async let honest = Crowd.run(12) { number in
                let client = HonestClient(tenant: all[number % all.count], port: port, number: number)
                return try (0..<rounds).flatMap { try client.faults(in: $0) }
            }
            async let rude: [Void] = Crowd.run(8) { number in
                for round in 0..<rounds { try RudeClient.visit(port, all[number % all.count], round) }
            }
            let endings = try await disturb(platform, tenants[0].id, rounds)
            let faults = try await honest.flatMap { $0 }
            _ = try await rude

            #expect(faults.isEmpty, "\(faults.prefix(5))")
            #expect(Set(endings) == [.queryCanceled, .divisionByZero], "\(Set(endings))")
            let database = platform.runtime.database
            #expect(
                try await Deadline.holds(within: 15_000) {
                    database.statistics().allSatisfy { $0.underWay == 0 && $0.waiting == 0 }
                })
            try await expectNoTenant(platform)
            #expect(try await Deadline.holds { try listeners(platform) == others }, "a connection leaked")
            #expect(try await Deadline.holds { try states(platform, "idle in transaction%") == 0 })
        }

        /// Transactions that are cancelled, fail or run out of time, eight at once; what they ended by.
        private func disturb(
            _ platform: TestPlatform, _ organization: UUIDv7, _ rounds: Int
        ) async throws -> [SQLState?] {
            try await withThrowingTaskGroup(of: [SQLState?].self) { group in
                for place in 0..<8 {
                    group.addTask {
                        var endings: [SQLState?] = []
                        for round in 0..<rounds {
                            let kind = Disturbance.allCases[(place + round) % Disturbance.allCases.count]
                            endings.append(try await kind.happen(in: platform, organization))
                        }
                        return endings
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }

        /// Connections of the application's role that are not the pools'.
        private func listeners(_ platform: TestPlatform) throws -> Int {
            try states(platform, "%") - platform.runtime.database.statistics().reduce(0) { $0 + $1.open }
        }

        private func states(_ platform: TestPlatform, _ pattern: String) throws -> Int {
            Int(
                try platform.database.admin(
                    """
                    select count(*)
                    from pg_stat_activity
                    where datname = current_database() and usename = 'platform_app' and state like \(pattern)
                    """
                ).integer(0, 0) ?? -1)
        }

        /// Looks at every connection of every pool: all that transactions may have are held at a gate at once.
        private func expectNoTenant(_ platform: TestPlatform) async throws {
            let (database, calls) = (platform.runtime.database, 32)
            let gate = try MaintenanceConnection(platform.database.adminConnection)
            for queryClass in QueryClass.allCases {
                func pool() -> PoolStatistics? {
                    database.statistics().first { $0.queryClass == queryClass }
                }
                // Two a loop, of two loops; the short ones share one of these for batches.
                let most = queryClass == .short ? 2 : 4
                try gate.query("select pg_advisory_lock(\(Self.gate)::bigint)")
                let visits = (0..<calls).map { number in
                    platform.task(onLoop: number % 2) { try await Self.visit(database, queryClass) }
                }
                // The server's own work may stand in the line too.
                let areHeld = try await Deadline.holds(within: 15_000) {
                    try atGate(platform) == most && (pool()?.waiting ?? 0) >= calls - most
                }
                var seen: [String: String] = [:]
                for number in 0..<2 where queryClass == .short {
                    let rows = try await platform.task(onLoop: number) {
                        try await database.read(SessionSettings(), [Self.question])[0]
                    }.value
                    seen[rows[0, 0] ?? "", default: ""] += rows[0, 1] ?? ""
                }
                try gate.query("select pg_advisory_unlock(\(Self.gate)::bigint)")
                for visit in visits {
                    let rows = try await visit.value
                    seen[rows[0, 0] ?? "", default: ""] += rows[0, 1] ?? ""
                }
                #expect(areHeld, "\(queryClass)")
                #expect(seen.count == pool()?.open, "\(queryClass): each connection was looked at")
                #expect(seen.values.allSatisfy { $0 == "" }, "\(queryClass)")
            }
        }

        private static let gate = 7402
        /// The server process of a connection, and the tenant that it was left with.
        private static let question: SQL = """
            select pg_backend_pid()::text, coalesce(current_setting('app.organization_id', true), '')
            """

        private static func visit(_ database: Database, _ queryClass: QueryClass) async throws -> Rows {
            try await database.transaction(SessionSettings(), queryClass) { transaction in
                let rows = try await transaction.query(question)
                _ = try await transaction.query("select pg_advisory_xact_lock_shared(\(gate)::bigint)")
                return rows
            }
        }

        private func atGate(_ platform: TestPlatform) throws -> Int {
            Int(
                try platform.database.admin(
                    """
                    select count(*)
                    from pg_stat_activity
                    where datname = current_database() and wait_event = 'advisory'
                    and query like '%pg_advisory_xact_lock_shared%'
                    """
                ).integer(0, 0) ?? -1)
        }
    }
}

/// What may befall a transaction in its middle.
private enum Disturbance: CaseIterable, Sendable {
    case cancel, timeout, error

    /// Makes it happen to one that has set its organization; what the transaction ended by, nil for a commit.
    func happen(in platform: TestPlatform, _ organization: UUIDv7) async throws -> SQLState? {
        var settings = SessionSettings([(name: "app.organization_id", value: organization.description)])
        if self == .timeout { settings.statementTimeout = 20 }
        let (kind, decided) = (self, settings)
        let task = platform.task { try await kind.run(in: platform.runtime.database, decided) }
        if self == .cancel {
            // At any moment: before it has a connection, or while it sleeps.
            for _ in 0..<Int.random(in: 0...500) { await Task.yield() }
            task.cancel()
        }
        do {
            try await task.value
            return nil
        } catch let error as SQLError {
            return error.state
        }
    }

    private func run(in database: Database, _ settings: SessionSettings) async throws {
        try await database.transaction(settings, self == .error ? .bulk : .long) { transaction in
            _ = try await transaction.query("select count(*) from directory.accounts")
            switch self {
            case .cancel, .timeout: _ = try await transaction.query("select pg_sleep(60)")
            case .error:
                _ = try await transaction.query("select 1 / count(*) from directory.accounts where false")
            }
        }
    }
}
