internal import Postgres
internal import Wire

/// Links what was audited since the last run into each organization's chain (kernel.md 6).
struct ChainAudit: Job {
    typealias Payload = NoInput
    static let kind = "kernel.chain_audit"

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        while true {
            let added = try await job.context.inTransaction(.bulk) {
                (context: Context) async throws(Problem) -> Int64 in
                // What is settled is seen by the role of requests, as it may see its own transactions alone.
                let rows = try await context.read(
                    "select platform.chain_audit(kernel.audit_settled_until())")
                return rows.integer(0, 0) ?? 0
            }
            guard added > 0 else { return .done }
        }
    }
}

/// Drops months of audit that are older than a year, once they are chained (kernel.md 6): each in a
/// transaction of its own.
struct DropAudit: Job {
    typealias Payload = NoInput
    static let kind = "kernel.drop_audit"

    private static let kept: Int64 = 366 * 86_400

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        let before = job.context.now.adding(seconds: -kept)
        return try await job.givingWay { () async throws(Problem) -> JobOutcome in
            while try await drop(before, in: job.context) {}
            return .done
        }
    }

    /// Drops one; false when there was none to drop.
    private static func drop(_ before: Instant, in context: Context) async throws(Problem) -> Bool {
        try await context.inTransaction(.bulk) { (context: Context) async throws(Problem) -> Bool in
            let dropped = try await context.read(
                """
                select d.partition
                from platform.drop_audit_months((\(before)::timestamptz at time zone 'UTC')::date)
                as d (partition)
                """)
            return !dropped.isEmpty
        }
    }
}

extension JobContext {
    /// Does what wants a table for itself, for which the database waits two seconds, as everybody else stands
    /// in line behind: where somebody holds the table longer, it is for later.
    func givingWay(_ body: () async throws(Problem) -> JobOutcome) async throws(Problem) -> JobOutcome {
        do { return try await body() } catch {
            guard error.code == "lock_not_available" else { throw error }
            return .snooze(seconds: 900)
        }
    }
}
