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
                    job.id, from: [.queued, .running], to: .running,
                    setting: ", started_at = coalesce(b.started_at, now())")
            else { return }
            try await BulkPass(context: context, id: job.id).finish()
        }
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
}

/// What both have in common: the member's own rights, and an end that the change shows.
private struct BulkWork {
    let id: UUIDv7
    let job: JobContext

    func run(_ body: (Context) async throws(Problem) -> Void) async throws(Problem) -> JobOutcome {
        guard let member = try await job.asMember() else {
            try await fail("member_inactive")
            return .done
        }
        // Audit and history name the change as the request.
        let context = Context(
            runtime: member.runtime, principal: member.principal,
            request: RequestInfo(id: id.description, language: member.request.language), now: member.now)
        do { try await body(context) } catch {
            if error.isTransient, job.attempt < 10 { throw error }
            try await fail(error.code)
        }
        return .done
    }

    private func fail(_ code: String) async throws(Problem) {
        _ = try await BulkStore(context: job.context).move(
            id, from: [.queued, .running, .undoing], to: .failed,
            setting: ", failure = \(code), finished_at = now()")
    }
}
