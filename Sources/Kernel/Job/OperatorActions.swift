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
        let fingerprint = Cursor.fingerprint(["kernel.jobs", state ?? "", input.kind ?? ""])
        var before: UUIDv7?
        if let text = input.cursor {
            guard let cursor = Cursor(text, signedWith: context.cursorKey), cursor.fingerprint == fingerprint
            else { throw Problem.badQuery("cursor", "bad_cursor") }
            before = cursor.id
        }
        let limit = Int(input.limit)
        let rows = try await context.read(
            OperatedJob.statement(nil, state: state, kind: input.kind, before: before, wanted: limit + 1),
            .long)
        let jobs = (0..<min(rows.count, limit)).map { OperatedJob.json(rows, $0) }
        var next: JSON = .null
        if rows.count > limit, let last = rows.id(limit - 1, 0) {
            let cursor = Cursor(fingerprint: fingerprint, keys: [], id: last, isBackward: false)
            next = .string(cursor.text(signedWith: context.cursorKey))
        }
        return .json([
            "data": .array(jobs),
            "page": [
                "limit": .number(JSONNumber(Int64(limit))), "next": next, "previous": .null, "total": .null,
                "estimated": false,
            ],
        ])
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
            try await definition.cancelled(contents, input.id, context)
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
