internal import HTTP
internal import Postgres
internal import Wire

/// `GET /jobs`: the organization's jobs, the newest first.
struct ListJobs: Action {
    struct Input: Shape {
        let state = Field<JobState>.choice("state").optional
        let kind = Field.text("kind", max: 100).optional
        let limit = Field.integer("limit", in: 1...200).default(50)
        let cursor = Field.text("cursor", max: 8000).optional
        init() {}
    }

    static let route = Route.get("/jobs")
    static let access = RouteAccess.permission("kernel.job.read")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let state = input.state?.rawValue
        let page = try NewestFirst(
            ["kernel.jobs", state ?? "", input.kind ?? ""], limit: input.limit, cursor: input.cursor,
            in: context)
        let rows = try await context.read(
            OperatedJob.statement(
                nil, state: state, kind: input.kind, before: page.before, wanted: page.wanted),
            .long)
        let shown = (0..<min(rows.count, page.limit)).map { OperatedJob.json(rows, $0) }
        return page.answer(shown, ids: (0..<rows.count).compactMap { rows.id($0, 0) })
    }
}

/// The id of a job in a path.
struct JobPath: Shape {
    let id = Field.id("id")
    init() {}
}

/// `GET /jobs/{id}`.
struct ShowJob: Action {
    static let route = Route.get("/jobs/{id}")
    static let access = RouteAccess.permission("kernel.job.read")
    static func run(_ input: Values<JobPath>, in context: Context) async throws(Problem) -> Answer {
        .json(try await OperatedJob.find(input.id, in: context))
    }
}

/// `POST /jobs/{id}/cancel`: one that waits never runs; one that runs loses its worker.
struct CancelJob: Action {
    static let route = Route.post("/jobs/{id}/cancel")
    static let access = RouteAccess.permission("kernel.job.manage")
    static let problems = [409]
    static func run(_ input: Values<JobPath>, in context: Context) async throws(Problem) -> Answer {
        let found = try await OperatedJob.find(input.id, in: context)
        let stopped = try await context.write([
            "select s.kind, s.payload from platform.stop_job(\(input.id)::uuid) s"
        ])[0]
        guard stopped.count == 1, let kind = stopped[0, 0] else { throw OperatedJob.wrongState(found) }
        let payload = JobPayload(stopped.json(0, 1) ?? .null)
        if let definition = context.runtime.registry.jobs[kind],
            let contents = definition.contents(of: payload)
        {
            try await definition.abandoned(contents, input.id, "cancelled", context)
        }
        return .json(try await OperatedJob.find(input.id, in: context))
    }
}

/// `POST /jobs/{id}/replay`: one that died or was cancelled starts afresh.
struct ReplayJob: Action {
    static let route = Route.post("/jobs/{id}/replay")
    static let access = RouteAccess.permission("kernel.job.manage")
    static let problems = [409]
    static func run(_ input: Values<JobPath>, in context: Context) async throws(Problem) -> Answer {
        let found = try await OperatedJob.find(input.id, in: context)
        let isReplayed = try await context.write(["select platform.replay_job(\(input.id)::uuid)"])[0].bool(
            0, 0)
        guard isReplayed == true else { throw OperatedJob.wrongState(found) }
        if let transaction = context.transaction { context.runtime.signal.note(jobsIn: transaction) }
        return .json(try await OperatedJob.find(input.id, in: context))
    }
}
