internal import Postgres
internal import Wire

/// Changes many records; the job's id is the change's.
struct RunBulk: Job {
    typealias Payload = NoInput
    static let kind = "kernel.bulk.run"

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await BulkWork(id: job.id, isUndo: false).run(in: job)
    }

    static func abandoned(
        _ payload: Values<NoInput>, id: UUIDv7, code: String, in context: Context
    ) async throws(Problem) {
        try await BulkStore(context: context).fail(id, code)
    }
}

/// Which change a job takes back.
struct UndoBulkPayload: Shape {
    let bulkID = Field.id("bulk_id")
    init() {}
}

/// Takes a change of many records back.
struct UndoBulk: Job {
    static let kind = "kernel.bulk.undo"

    static func run(_ payload: Values<UndoBulkPayload>, in job: JobContext) async throws(Problem)
        -> JobOutcome
    {
        try await BulkWork(id: payload.bulkID, isUndo: true).run(in: job)
    }

    static func abandoned(
        _ payload: Values<UndoBulkPayload>, id: UUIDv7, code: String, in context: Context
    ) async throws(Problem) {
        try await BulkStore(context: context).fail(payload.bulkID, code)
    }
}

/// What a job does of a change, or to take it back.
private struct BulkWork: MemberWork {
    let id: UUIDv7
    let isUndo: Bool

    func takeUp(in context: Context) async throws(Problem) -> Bool {
        let store = BulkStore(context: context)
        let afresh: SQL = ", failure = null, finished_at = null"
        guard isUndo else {
            return try await store.move(
                id, from: [.queued, .running, .failed], to: .running,
                setting: "\(sql: afresh), started_at = coalesce(b.started_at, now())")
        }
        return try await store.move(id, from: [.undoing, .failed], to: .undoing, setting: afresh)
    }

    func finish(in member: Context) async throws(Problem) {
        // Audit and history name the change as the request.
        let context = Context(
            runtime: member.runtime, principal: member.principal,
            request: RequestInfo(id: id.description, language: member.request.language), now: member.now)
        if isUndo {
            let stored = try await BulkStore(context: context).find(id)
            guard stored.action.isUndoable(stored.entity) else { throw Problem(409, "not_undoable") }
            try await BulkUndo(context: context, id: id).finish()
        } else {
            try await BulkPass(context: context, id: id).finish()
        }
    }

    func fail(_ code: String, in context: Context) async throws(Problem) {
        try await BulkStore(context: context).fail(id, code)
    }
}
