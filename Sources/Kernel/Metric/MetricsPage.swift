internal import CLinux
internal import Glibc
internal import Loop
internal import Postgres
internal import Wire

/// The figures of a process and of its database, for a scraper.
struct MetricsPage {
    let runtime: Runtime
    /// Connections of the public server.
    let connections: @Sendable () -> Int

    /// The page; what the database does not tell in time is left out, and `platform_database_up` says so.
    func text() async -> String {
        var text = MetricsText()
        let tally = runtime.metrics.sum()
        writeRequests(tally, &text)
        writeJobs(tally, &text)
        writePools(tally, &text)
        await writeLoops(&text)
        writeProcess(&text)
        await writeDatabase(&text)
        text.end()
        return text.text
    }

    private func writeRequests(_ tally: Metrics.Tally, _ text: inout MetricsText) {
        text.begin(
            "platform_http_request_seconds", .histogram, "Time from a request's head to its answer.",
            unit: "seconds")
        for (key, histogram) in tally.requests.sorted(by: { $0.key < $1.key }) {
            text.samples(
                [("method", key.method), ("route", key.route), ("status", String(key.status))], histogram)
        }
        text.begin("platform_http_connections", .gauge, "Connections that clients hold open.")
        text.sample([], Int64(connections()))
        text.begin("platform_event_streams", .gauge, "Event streams that are open.")
        text.sample([], Int64(runtime.streams.census.total))
    }

    private func writeJobs(_ tally: Metrics.Tally, _ text: inout MetricsText) {
        text.begin("platform_job_seconds", .histogram, "Time that jobs ran in this process.", unit: "seconds")
        for (key, histogram) in tally.jobs.sorted(by: { $0.key < $1.key }) {
            text.samples([("kind", key.kind), ("outcome", key.outcome)], histogram)
        }
    }

    private func writePools(_ tally: Metrics.Tally, _ text: inout MetricsText) {
        let pools = runtime.database.statistics()
        func gauge(_ name: String, _ help: String, _ value: (PoolStatistics) -> Int) {
            text.begin(name, .gauge, help)
            for pool in pools { text.sample([("class", "\(pool.queryClass)")], Int64(value(pool))) }
        }
        func counter(_ name: String, _ help: String, _ value: (PoolStatistics) -> Int) {
            text.begin(name, .counter, help)
            for pool in pools {
                text.sample([("class", "\(pool.queryClass)")], Int64(value(pool)), suffix: "_total")
            }
        }
        gauge("platform_pool_connections", "Open connections to PostgreSQL.", \.open)
        gauge("platform_pool_batches_under_way", "Batches that PostgreSQL works on.", \.underWay)
        gauge("platform_pool_waiting", "Calls that wait for a connection.", \.waiting)
        counter("platform_pool_opened", "Connections opened.", \.opened)
        counter("platform_pool_lost", "Connections lost and attempts failed.", \.lost)
        counter("platform_pool_refused", "Calls refused because the line was full or slow.", \.refused)
        text.begin("platform_slow_batches", .counter, "Batches that took longer than SLOW_QUERY_MS.")
        for queryClass in QueryClass.allCases {
            let name = "\(queryClass)"
            text.sample([("class", name)], tally.slowBatches[name] ?? 0, suffix: "_total")
        }
    }

    /// How long work posted to each loop waits for its turn: what a loop that is held up delays everybody by.
    private func writeLoops(_ text: inout MetricsText) async {
        text.begin(
            "platform_loop_delay_seconds", .gauge, "Time that work waits for its turn on a loop.",
            unit: "seconds")
        for loop in runtime.loops.loops {
            let began = Monotonic.microseconds()
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                loop.execute { continuation.resume() }
            }
            text.sample(
                [("loop", String(loop.index))], MetricsText.seconds(Monotonic.microseconds() - began))
        }
    }

    private func writeProcess(_ text: inout MetricsText) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let user = Int64(usage.ru_utime.tv_sec) * 1_000_000 + Int64(usage.ru_utime.tv_usec)
        let system = Int64(usage.ru_stime.tv_sec) * 1_000_000 + Int64(usage.ru_stime.tv_usec)
        text.begin("process_cpu_seconds", .counter, "Processor time, user and system.", unit: "seconds")
        text.sample([], MetricsText.seconds(user + system), suffix: "_total")
        text.begin("process_resident_memory_bytes", .gauge, "Resident memory.", unit: "bytes")
        text.sample([], Self.residentBytes())
        text.begin(
            "process_start_time_seconds", .gauge, "When the process started, in Unix time.", unit: "seconds")
        text.sample([], MetricsText.seconds(runtime.started.milliseconds * 1000))
    }

    private func writeDatabase(_ text: inout MetricsText) async {
        let figures = try? await runtime.database.read(
            SessionSettings(isReadOnly: true), .short,
            [
                "select s.state, s.kind, s.jobs from platform.job_states() as s order by s.state, s.kind",
                """
                select extract(epoch from now() - platform.outbox_waits_since('kernel.after')) * 1000000
                """,
            ])
        text.begin("platform_database_up", .gauge, "Whether the database answered this scrape.")
        text.sample([], figures == nil ? 0 : Int64(1))
        guard let figures else { return }
        text.begin("platform_jobs", .gauge, "Jobs of the installation that wait, run or died.")
        for row in 0..<figures[0].count {
            let labels = [("state", figures[0][row, 0] ?? ""), ("kind", figures[0][row, 1] ?? "")]
            text.sample(labels, figures[0].integer(row, 2) ?? 0)
        }
        text.begin(
            "platform_outbox_lag_seconds", .gauge, "Age of the oldest committed event that was not followed.",
            unit: "seconds")
        let lag = figures[1].count == 1 ? figures[1][0, 0].flatMap { Double($0) } ?? 0 : 0
        text.sample([], MetricsText.seconds(Int64(max(0, lag))))
    }

    private static func residentBytes() -> Int64 {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var bytes = [CChar](repeating: 0, count: 128)
        guard fgets(&bytes, 128, file) != nil else { return 0 }
        let fields = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.split(separator: 32)
        guard fields.count > 1, let pages = Int64(String(decoding: fields[1], as: UTF8.self)) else {
            return 0
        }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
