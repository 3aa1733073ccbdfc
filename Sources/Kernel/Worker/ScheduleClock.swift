internal import Postgres
internal import Synchronization
internal import Wire

/// Enqueues what is due, once per cluster: the process that writes the row of a run first enqueues its job
/// with it.
///
/// A class, as it remembers what this process has asked for.
final class ScheduleClock: Sendable {
    private let schedules: [Schedule]
    private let runtime: Runtime
    private let asked = Mutex<[String: Instant]>([:])

    init(runtime: Runtime) {
        self.runtime = runtime
        schedules = runtime.registry.schedules + KernelJobs.schedules
    }

    /// Enqueues what has become due; answers how many schedules this process took.
    @discardableResult
    func tick() async throws(SQLError) -> Int {
        let now = runtime.clock.now()
        let due = asked.withLock { asked in schedules.filter { asked[$0.name] != $0.due(at: now) } }
        guard !due.isEmpty else { return 0 }
        var settings = SessionSettings([(name: "app.organization_id", value: "")])
        settings.lockTimeout = 2000
        var statements = due.filter { $0.cron == nil }.map { statement($0, $0.due(at: now)) }
        let byClock = await clocks(due.filter { $0.cron != nil }, at: now)
        for item in byClock ?? [] {
            statements.append(statement(item.schedule, item.moment, zone: item.zone))
        }
        let answers = statements.isEmpty ? [] : try await runtime.database.write(settings, statements)
        let looked = due.filter { $0.cron == nil || byClock != nil }
        asked.withLock { asked in for schedule in looked { asked[schedule.name] = schedule.due(at: now) } }
        let taken = answers.filter { !$0.isNull(0, 0) }.count
        if taken > 0 { runtime.signal.raise(.jobs) }
        return taken
    }

    /// What is due by clocks; nil when that can't be told now: the others don't wait for it, and it is asked
    /// again.
    private func clocks(_ schedules: [Schedule], at now: Instant) async -> [CronClock.Due]? {
        do { return try await CronClock(runtime: runtime).due(schedules, at: now) } catch {
            runtime.log.line(.warning, "worker.clocks_failed", [("code", .string(error.state.code))])
            return nil
        }
    }

    /// A run of a clock's time is known by its zone too.
    private func statement(_ schedule: Schedule, _ due: Instant, zone: String? = nil) -> SQL {
        let payload = JobPayload().json
        let run = zone.map { "\(schedule.name) \($0)" } ?? schedule.name
        switch schedule.lane {
        case .installation:
            return """
                select case when platform.take_scheduled_run(\(run), \(due)::timestamptz) then
                    platform.enqueue_job(
                        \(schedule.kind), \(schedule.version)::integer, \(payload)::jsonb, 0::smallint, null,
                        \(schedule.name), \(schedule.maximumAttempts)::integer)::text
                end
                """
        case .organizations:
            let local: SQL =
                zone.map { zone -> SQL in schedule.zone == .organization ? "\(zone), " : "" } ?? ""
            let function = schedule.zone == .organization ? "enqueue_in_zone" : "enqueue_everywhere"
            let isOptional = runtime.registry.manifests.contains { $0.id == schedule.plugin && $0.isOptional }
            return """
                select case when platform.take_scheduled_run(\(run), \(due)::timestamptz) then
                    platform.\(unsafeSQL: function)(
                        \(sql: local)\(isOptional ? schedule.plugin : nil)::text, \(schedule.kind),
                        \(schedule.version)::integer, \(payload)::jsonb, \(schedule.name),
                        \(schedule.maximumAttempts)::integer)::text
                end
                """
        }
    }
}
