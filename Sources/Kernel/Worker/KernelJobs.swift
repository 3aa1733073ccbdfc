internal import Postgres
internal import Wire

/// The kernel's own jobs and schedules, known to every worker.
enum KernelJobs {
    static let plugin = "kernel"

    static let definitions: [JobDefinition] = [
        JobDefinition(FollowEvent.self, plugin: plugin),
        JobDefinition(Prune.self, plugin: plugin),
        JobDefinition(PruneRequestCounts.self, plugin: plugin),
        JobDefinition(MakeAuditPartitions.self, plugin: plugin),
        JobDefinition(ChainAudit.self, plugin: plugin),
        JobDefinition(DropAudit.self, plugin: plugin),
    ]

    static let schedules: [Schedule] = [
        Schedule(Prune.self, seconds: 3600, lane: .installation, plugin: plugin),
        Schedule(PruneRequestCounts.self, seconds: 300, lane: .installation, plugin: plugin),
        Schedule(MakeAuditPartitions.self, seconds: 86_400, lane: .installation, plugin: plugin),
        Schedule(ChainAudit.self, seconds: 60, lane: .installation, plugin: plugin),
        Schedule(DropAudit.self, seconds: 86_400, lane: .installation, plugin: plugin),
    ]
}

/// Removes what nobody will ask for again: read events after 14 days, ended jobs after 7, answers to repeated
/// requests after 24 hours.
struct Prune: Job {
    typealias Payload = NoInput
    static let kind = "kernel.prune"

    private static let day: Int64 = 86_400

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        let now = job.context.now
        let answers = now.adding(seconds: -day)
        let jobs = now.adding(seconds: -7 * day)
        let events = now.adding(seconds: -14 * day)
        let runs = now.adding(seconds: -60 * day)
        try await all("select kernel.prune_idempotency_keys(\(answers)::timestamptz)", in: job.context)
        try await all("select platform.prune_jobs(\(jobs)::timestamptz)", in: job.context)
        try await all("select platform.prune_outbox(\(events)::timestamptz)", in: job.context)
        try await all("select platform.prune_runs(\(runs)::timestamptz)", in: job.context)
        return .done
    }

    /// In portions, each in a transaction of its own.
    private static func all(_ portion: SQL, in context: Context) async throws(Problem) {
        while true {
            let removed = try await context.inTransaction(.bulk) {
                (context: Context) async throws(Problem) -> Int64 in
                try await context.read(portion).integer(0, 0) ?? 0
            }
            guard removed > 0 else { return }
        }
    }
}

/// Makes the partitions of the audit for the months to come.
struct MakeAuditPartitions: Job {
    typealias Payload = NoInput
    static let kind = "kernel.make_audit_partitions"

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await job.givingWay { () async throws(Problem) -> JobOutcome in
            try await job.context.inTransaction(.bulk) {
                (context: Context) async throws(Problem) -> JobOutcome in
                _ = try await context.read("select kernel.ensure_audit_partitions(current_date, 13)")
                try await job.finish(in: context)
                return .finished
            }
        }
    }
}
