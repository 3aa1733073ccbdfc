internal import Postgres
internal import Wire

/// Changes many records; the job's id is the change's.
struct RunBulk: Job {
    typealias Payload = NoInput
    static let kind = "kernel.bulk.run"

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await BulkWork(id: job.id, job: job).run { (context: Context) async throws(Problem) in
            let store = BulkStore(context: context)
            guard
                try await store.move(
                    job.id, from: [.queued, .running, .failed], to: .running,
                    setting:
                        ", started_at = coalesce(b.started_at, now()), failure = null, finished_at = null")
            else { return }
            try await BulkPass(context: context, id: job.id).finish()
        }
    }

    static func cancelled(
        _ payload: Values<NoInput>, id: UUIDv7, in context: Context
    ) async throws(Problem) {
        try await BulkStore(context: context).fail(id, "cancelled")
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
        let id = payload.bulkID
        return try await BulkWork(id: id, job: job).run { (context: Context) async throws(Problem) in
            guard try await BulkStore(context: context).find(id).status == .undoing else { return }
            try await BulkUndo(context: context, id: id).finish()
        }
    }

    static func cancelled(
        _ payload: Values<UndoBulkPayload>, id: UUIDv7, in context: Context
    ) async throws(Problem) {
        try await BulkStore(context: context).fail(payload.bulkID, "cancelled")
    }
}

/// What both have in common: the member's own rights, and an end that the change shows.
private struct BulkWork {
    let id: UUIDv7
    let job: JobContext

    func run(_ body: (Context) async throws(Problem) -> Void) async throws(Problem) -> JobOutcome {
        guard let member = try await job.asMember() else {
            try await BulkStore(context: job.context).fail(id, "member_inactive")
            return .done
        }
        // Audit and history name the change as the request.
        let context = Context(
            runtime: member.runtime, principal: member.principal,
            request: RequestInfo(id: id.description, language: member.request.language), now: member.now)
        do { try await body(context) } catch {
            if error.isTransient, job.attempt < 10 { throw error }
            try await BulkStore(context: job.context).fail(id, error.code)
        }
        return .done
    }
}
