import Postgres
import Testing

struct QueueTests {
    private let database: ThingDatabase
    private static let worker = "00000000-0000-0000-0000-0000000000f1"
    private static let other = "00000000-0000-0000-0000-0000000000f2"

    init() throws { database = try ThingDatabase() }

    @Test func `a busy organization leaves room for a quiet one`() throws {
        try enqueue(100)
        try database.act(in: ThingDatabase.beta)
        try enqueue(5)
        let shares = try claim(10)
        #expect(shares[ThingDatabase.acme] == 5)
        #expect(shares[ThingDatabase.beta] == 5)
    }

    @Test func `claimed one at a time, organizations take turns`() throws {
        try enqueue(3)
        try database.act(in: ThingDatabase.beta)
        try enqueue(3)
        let turns = try (1...4).map { _ in try claim(1).keys.first }
        #expect(Set(turns.prefix(2)) == [ThingDatabase.acme, ThingDatabase.beta])
        #expect(turns.prefix(2).elementsEqual(turns.suffix(2)))
    }

    @Test func `no organization has more under way than its plan allows`() throws {
        try enqueue(100)
        #expect(try claim(60)[ThingDatabase.acme] == 20)
        #expect(try claim(60, as: Self.other).isEmpty)
    }

    private static let caps: [(cap: String, taken: Int64)] = [
        ("1", 1), ("20.5", 20), ("0", 1), ("-3", 1), ("1e30", 60), ("\"20.5\"", 20), ("\"many\"", 20),
        ("true", 20), ("null", 20), ("[]", 20), ("{}", 20),
    ]

    @Test(arguments: caps)
    func `a plan's cap holds where it is a number, and else the organization's own`(
        _ cap: String, _ taken: Int64
    ) throws {
        try database.superuser.query(
            """
            update platform.plans
            set limits = jsonb_build_object('jobs_under_way', \(cap)::jsonb)
            """)
        try enqueue(100)
        try database.act(in: ThingDatabase.beta)
        try enqueue(1)
        let claimed = try claim(61)
        #expect(claimed[ThingDatabase.beta] == 1)
        #expect(claimed[ThingDatabase.acme] == taken)
        if taken < 60 { #expect(try claim(60, as: Self.other).isEmpty) }
    }

    @Test func `one job, and a page of them, are found without looking at those of others`() throws {
        try database.superuser.query(
            """
            insert into platform.jobs (organization_id, kind, state, run_at)
            select \(ThingDatabase.beta)::uuid, 'mail', 'scheduled', now() + interval '1 day'
            from generate_series(1, 20000)
            """)
        let job = try enqueueUnique()
        try database.superuser.query("analyze platform.jobs")
        let asked: [SQL] = [
            "select id from platform.list_jobs(\(job)::uuid, null, null, null, 1)",
            "select id from platform.list_jobs(null, null, null, null, 51)",
            "select id from platform.list_jobs(null, 'available', 'tick', kernel.new_id(), 51)",
            "select id from platform.read_job(\(job)::uuid)",
        ]
        for statement in asked {
            try database.superuser.execute("begin")
            try database.superuser.query(
                "select set_config('app.organization_id', \(ThingDatabase.acme), true)")
            let before = try looks()
            #expect(try database.superuser.query(statement)[0, 0] == job)
            let after = try looks()
            #expect(after.whole == before.whole && after.rows == before.rows + 1, "\(statement.text)")
            try database.superuser.execute("rollback")
        }
    }

    @Test
    func `jobs are claimed, kept and ended without a look at others, where the table seems to be empty`()
        throws
    {
        let fill: SQL = """
            insert into platform.jobs (organization_id, kind)
            select o.id, 'mail'
            from unnest(array[\(ThingDatabase.acme), \(ThingDatabase.beta)]::uuid[]) as o (id),
                generate_series(1, 5000)
            """
        try database.superuser.query(fill)
        // One row is left on the last page, so that the file stays as long as it is.
        try database.superuser.execute("insert into platform.jobs (kind, state) values ('mail', 'completed')")
        try database.superuser.execute("delete from platform.jobs where state = 'available'")
        try database.superuser.execute("vacuum platform.jobs")
        try database.superuser.query(fill)
        // Often enough for plans to be kept.
        for _ in 1...8 {
            try database.superuser.execute("begin")
            let claimed = try glance(
                """
                select id, attempt
                from platform.claim_jobs(\(Self.worker)::uuid, null, 10, '60 seconds')
                """)
            let ids = (0..<claimed.count).compactMap { claimed[$0, 0] }
            let claims = (0..<claimed.count).compactMap { claimed[$0, 1] }
            let held: SQL = "\(Self.worker)::uuid, \(ids)::uuid[], \(claims)::integer[]"
            let kept = try glance("select id from platform.heartbeat_jobs(\(sql: held), '60 seconds')")
            let ended = try glance("select platform.complete_jobs(\(sql: held))")
            try database.superuser.execute("commit")
            #expect([claimed.count, kept.count, ended.count] == [10, 10, 10])
        }
    }

    /// What a statement answers, which must look at few jobs.
    private func glance(_ statement: SQL) throws -> Rows {
        let before = try looks()
        let rows = try database.superuser.query(statement)
        let after = try looks()
        #expect(after.whole == before.whole && after.rows <= before.rows + 100, "\(statement.text)")
        return rows
    }

    /// How often this connection has gone through all jobs, and how many it has fetched by an index.
    private func looks() throws -> (whole: Int64, rows: Int64) {
        let read = try database.superuser.query(
            """
            select seq_scan, idx_tup_fetch
            from pg_stat_xact_user_tables
            where relid = 'platform.jobs'::regclass
            """)
        return (whole: read.integer(0, 0) ?? 0, rows: read.integer(0, 1) ?? 0)
    }

    @Test func `the same unique key twice is one job, until it ends`() throws {
        let first = try enqueueUnique()
        #expect(try enqueueUnique() == first)
        _ = try claim(1)
        #expect(try enqueueUnique() == first)
        #expect(try outcome("complete_job", first, "1"))
        #expect(try enqueueUnique() != first)
    }

    @Test func `only the worker and the claim that have a job may end it, and once`() throws {
        let job = try enqueueUnique()
        _ = try claim(1)
        #expect(try !outcome("complete_job", job, "1", as: Self.other))
        #expect(try !outcome("complete_job", job, "2"))
        #expect(try outcome("complete_job", job, "1"))
        #expect(try !outcome("complete_job", job, "1"))
    }

    @Test func `a job whose worker died comes back, and the dead worker's claim is void`() throws {
        let job = try enqueueUnique()
        _ = try claim(1)
        try database.superuser.query("update platform.jobs set leased_until = now() - interval '1 second'")
        #expect(try database.app.query("select platform.rescue_jobs()").integer(0, 0) == 1)
        _ = try claim(1, as: Self.other)
        #expect(try !outcome("complete_job", job, "1"))
        #expect(try outcome("complete_job", job, "2", as: Self.other))
    }

    @Test func `after its last attempt a job is dead, and may be replayed`() throws {
        let job = try enqueueUnique(attempts: 1)
        _ = try claim(1)
        #expect(try outcome("retry_job", job, "1", "now() + interval '1 minute', 'failed'"))
        #expect(try database.value("select state from platform.jobs") == "discarded")
        #expect(try database.app.query("select platform.replay_job(\(job)::uuid)").bool(0, 0) == true)
        #expect(try claim(1)[ThingDatabase.acme] == 1)
        #expect(try outcome("complete_job", job, "2"))
    }

    @Test func `a snooze does not count as an attempt`() throws {
        let job = try enqueueUnique(attempts: 1)
        _ = try claim(1)
        #expect(try outcome("snooze_job", job, "1", "now() - interval '1 second'"))
        _ = try claim(1)
        #expect(
            try database.value("select (attempt - snoozes) || ' ' || state from platform.jobs") == "1 running"
        )
    }

    @Test func `another organization's job can't be cancelled or read`() throws {
        let job = try enqueueUnique()
        try database.act(in: ThingDatabase.beta)
        #expect(try database.app.query("select platform.cancel_job(\(job)::uuid)").bool(0, 0) == false)
        #expect(try database.app.query("select id from platform.read_job(\(job)::uuid)").isEmpty)
    }

    private func enqueue(_ count: Int) throws {
        try database.app.query(
            "select platform.enqueue_job('mail', 1, '{}') from generate_series(1, \(count)::integer)")
    }

    private func enqueueUnique(attempts: Int = 10) throws -> String {
        let rows = try database.app.query(
            "select platform.enqueue_job('tick', 1, '{}', unique_key => 'x', max_attempts => \(attempts)::integer)"
        )
        return rows[0, 0] ?? ""
    }

    /// How many of each organization's jobs were claimed.
    private func claim(_ wanted: Int, as worker: String = worker) throws -> [String: Int64] {
        let rows = try database.app.query(
            """
            select organization_id, count(*)
            from platform.claim_jobs(\(worker)::uuid, null, \(wanted)::integer, '60 seconds')
            group by 1
            """)
        return Dictionary(
            uniqueKeysWithValues: (0..<rows.count).map { (rows[$0, 0] ?? "", rows.integer($0, 1) ?? 0) })
    }

    private func outcome(
        _ function: String, _ job: String, _ attempt: String, _ more: String? = nil,
        as worker: String = worker
    ) throws -> Bool {
        let arguments = more.map { ", \($0)" } ?? ""
        let rows = try database.app.query(
            """
            select platform.\(unsafeSQL: function)(
                \(job)::uuid, \(worker)::uuid, \(attempt)::integer\(unsafeSQL: arguments))
            """)
        return rows.bool(0, 0) == true
    }
}
