internal import Loop
internal import Postgres
internal import Wire

/// One claimed job from its context to its outcome in the queue.
struct JobRun {
    let runtime: Runtime
    let queue: JobQueue
    let completions: Completions
    let definitions: [String: JobDefinition]
    let job: ClaimedJob
    /// Told when the work is over and its outcome is not settled yet.
    let onWorkEnd: @Sendable () -> Void

    func run() async {
        let began = Monotonic.microseconds()
        do {
            let ending = await outcome()
            onWorkEnd()
            runtime.metrics.job(
                Metrics.JobKey(kind: kindLabel, outcome: ending.label),
                microseconds: Monotonic.microseconds() - began)
            try await settle(ending)
        } catch {
            // The lease will run out, and another worker take it up.
            log(.error, "job.unsettled", code: error.state.code)
        }
    }

    /// What is to be told to the queue.
    private enum Ending {
        case outcome(JobOutcome)
        case failure(String)
        case unreadable
        /// Its lease ran out in the last attempt.
        case exhausted

        /// What metrics call it.
        var label: String {
            switch self {
            case .outcome(.done), .outcome(.finished): "done"
            case .outcome(.snooze): "snoozed"
            case .outcome(.cancel): "cancelled"
            case .failure: "failed"
            case .unreadable: "unreadable"
            case .exhausted: "exhausted"
            }
        }
    }

    /// Kinds that this process does not know share a label.
    private var kindLabel: String { definitions[job.kind] == nil ? "-" : job.kind }

    private func outcome() async -> Ending {
        guard !job.isExhausted else { return .exhausted }
        guard let definition = definitions[job.kind], job.version <= definition.version else {
            // A newer process may know it.
            return .outcome(.snooze(seconds: min(3600, 30 << min(job.snoozes, 7))))
        }
        guard let contents = definition.contents(of: job.payload) else { return .unreadable }
        do {
            let context = try await context()
            guard isOn(definition, for: context.principal) else { return .outcome(.snooze(seconds: 300)) }
            return .outcome(try await definition.run(contents, jobContext(context)))
        } catch {
            return .failure(error.code)
        }
    }

    private func settle(_ ending: Ending) async throws(SQLError) {
        let now = runtime.clock.now()
        switch ending {
        case .outcome(.done):
            switch await completions.complete(job) {
            case .completed: break
            case .lost: log(.warning, "job.lost")
            case .unreachable: log(.error, "job.unsettled")
            }
        case .outcome(.finished): break
        case .outcome(.snooze(let seconds)):
            _ = try await queue.snooze(job, until: now.adding(seconds: Int64(max(1, seconds))))
        case .outcome(.cancel(let reason)):
            _ = try await queue.discard(job, reason: reason)
        case .unreadable:
            log(.error, "job.dead", code: "unreadable_payload")
            _ = try await queue.discard(job, reason: "unreadable_payload")
        case .exhausted: try await giveUp("lease_ran_out")
        case .failure(let code):
            // Broken off by its worker: it was not the job that failed.
            if Task.isCancelled { return try await queue.release([job]) }
            guard !job.isLastAttempt else { return try await giveUp(code) }
            let moment = JobBackoff(id: job.id).moment(afterAttempt: job.attempt, now: now)
            let isSettled = try await queue.retry(job, at: moment, code: code)
            log(.warning, isSettled ? "job.failed" : "job.lost", code: code)
        }
    }

    /// Sets the job aside for good, and lets its work tell so in the same transaction.
    private func giveUp(_ code: String) async throws(SQLError) {
        let isSettled: Bool
        do { isSettled = try await abandon(code) } catch {
            // Its work can't tell; the job must not come again for that.
            log(.error, "job.not_told", code: error.code)
            isSettled = try await queue.discard(job, reason: code)
        }
        log(isSettled ? .error : .warning, isSettled ? "job.dead" : "job.lost", code: code)
    }

    private func abandon(_ code: String) async throws(Problem) -> Bool {
        try await context().inTransaction { (context: Context) async throws(Problem) -> Bool in
            let discarded = try await context.write([queue.discarding(job, reason: code)])[0]
            guard discarded.bool(0, 0) == true else { return false }
            if let definition = definitions[job.kind], let contents = definition.contents(of: job.payload) {
                try await definition.abandoned(contents, job.id, code, context)
            }
            return true
        }
    }

    private func context() async throws(Problem) -> Context {
        let system = Context.installation(
            runtime, request: "job:\(job.id)", trace: job.payload.trace?.child)
        guard let organization = job.organization else { return system }
        return try await system.working(in: organization)
    }

    private func isOn(_ definition: JobDefinition, for principal: Principal) -> Bool {
        principal.organization == nil || definition.plugin == KernelJobs.plugin
            || principal.plugins.contains(definition.plugin)
    }

    private func jobContext(_ context: Context) -> JobContext {
        JobContext(
            context: context, id: job.id, attempt: job.attempt, member: job.payload.member, claim: job,
            worker: queue.worker)
    }

    private func log(_ level: Log.Level, _ event: String, code: String? = nil) {
        runtime.log.line(
            level, event,
            [
                ("job", .string(job.id.description)), ("kind", .string(job.kind)),
                ("attempt", .number(JSONNumber(Int64(job.attempt)))),
                ("code", code.map { .string($0) } ?? .null),
                ("organization", job.organization.map { .string($0.description) } ?? .null),
                ("trace_id", job.payload.trace.map { .string($0.traceID) } ?? .null),
            ])
    }
}

extension Context {
    /// The platform itself, in no organization: for work that no request has asked for.
    static func installation(_ runtime: Runtime, request: String, trace: Trace? = nil) -> Context {
        let principal = Principal(
            kind: .system, user: nil, session: nil, organization: nil, name: "", email: "", isVerified: true,
            grant: .nothing, preferences: Preferences(), plugins: [])
        return Context(
            runtime: runtime, principal: principal, request: RequestInfo(id: request, trace: trace),
            now: runtime.clock.now())
    }
}
