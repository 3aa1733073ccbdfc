internal import Postgres
internal import Wire

/// What one worker says to the queue in the database.
struct JobQueue: Sendable {
    let database: Database
    let worker: UUIDv7
    /// Seconds that a claim holds unless it is heard of again.
    let lease: Int

    /// Up to `wanted` jobs, shared out over the organizations that wait.
    func claim(_ wanted: Int) async throws(SQLError) -> [ClaimedJob] {
        let rows = try await write(
            """
            select c.id, c.organization_id, c.kind, c.version, c.payload, c.attempt, c.snoozes, c.max_attempts
            from platform.claim_jobs(
                \(worker)::uuid, null::text[], \(wanted)::integer,
                make_interval(secs => \(lease)::integer)) as c
            """)
        return (0..<rows.count).compactMap { ClaimedJob(rows, $0) }
    }

    /// Prolongs the leases of these jobs; answers the claims that still hold.
    func heartbeat(_ jobs: [ClaimedJob]) async throws(SQLError) -> Set<ClaimedJob.Key> {
        let rows = try await write(
            """
            select h.id, h.claim
            from platform.heartbeat_jobs(
                \(worker)::uuid, \(sql: claims(jobs)), make_interval(secs => \(lease)::integer)) as h (id, claim)
            """)
        return Set(
            (0..<rows.count).compactMap { row in
                guard let id = rows.id(row, 0), let claim = rows.integer(row, 1) else { return nil }
                return ClaimedJob.Key(id: id, claim: Int(claim))
            })
    }

    /// Ends jobs in one go; answers those that were still this worker's.
    func complete(_ jobs: [ClaimedJob]) async throws(SQLError) -> Set<UUIDv7> {
        let rows = try await write(
            """
            select c.id
            from platform.complete_jobs(
                \(worker)::uuid, \(sql: claims(jobs))) as c (id)
            """)
        return Set((0..<rows.count).compactMap { rows.id($0, 0) })
    }

    /// Again at `moment`, or to the dead letters when this was the last attempt. `code` holds no personal
    /// data.
    func retry(_ job: ClaimedJob, at moment: Instant, code: String) async throws(SQLError) -> Bool {
        try await isDone(
            """
            select platform.retry_job(
                \(job.id)::uuid, \(worker)::uuid, \(job.claim)::integer, \(moment)::timestamptz, \(code))
            """)
    }

    /// To the dead letters at once.
    func discard(_ job: ClaimedJob, reason: String) async throws(SQLError) -> Bool {
        try await isDone(discarding(job, reason: reason))
    }

    /// The statement that does it, for the transaction of whoever has more to tell.
    func discarding(_ job: ClaimedJob, reason: String) -> SQL {
        "select platform.discard_job(\(job.id)::uuid, \(worker)::uuid, \(job.claim)::integer, \(reason))"
    }

    /// Again at `moment`, without this attempt being counted.
    func snooze(_ job: ClaimedJob, until moment: Instant) async throws(SQLError) -> Bool {
        try await isDone(
            """
            select platform.snooze_job(
                \(job.id)::uuid, \(worker)::uuid, \(job.claim)::integer, \(moment)::timestamptz)
            """)
    }

    /// Gives jobs back that this worker won't finish; their attempts are not counted.
    func release(_ jobs: [ClaimedJob]) async throws(SQLError) {
        _ = try await write(
            """
            select platform.snooze_job(j.id, \(worker)::uuid, j.claim, now())
            from unnest(\(sql: claims(jobs))) as j (id, claim)
            """)
    }

    /// Takes back jobs whose lease ran out; answers how many.
    func rescue() async throws(SQLError) -> Int {
        Int(try await write("select platform.rescue_jobs()").integer(0, 0) ?? 0)
    }

    /// Says that this worker lives.
    func announce() async throws(SQLError) {
        _ = try await write("select platform.announce_worker(\(worker)::uuid)")
    }

    /// Says that this worker is gone.
    func dismiss() async throws(SQLError) {
        _ = try await write("select platform.dismiss_worker(\(worker)::uuid)")
    }

    /// Ids and numbers of claims, in one order for every statement that locks several jobs: none waits in a ring.
    private func claims(_ jobs: [ClaimedJob]) -> SQL {
        let ordered = jobs.sorted { $0.id < $1.id }
        return "\(ordered.map(\.id))::uuid[], \(ordered.map(\.claim))::integer[]"
    }

    private func isDone(_ statement: SQL) async throws(SQLError) -> Bool {
        try await write(statement).bool(0, 0) ?? false
    }

    private func write(_ statement: SQL) async throws(SQLError) -> Rows {
        var settings = SessionSettings([(name: "app.organization_id", value: "")])
        // Claims stand in line behind each other, heartbeats behind a job's own end.
        settings.lockTimeout = 2000
        return try await database.write(settings, [statement])[0]
    }
}
