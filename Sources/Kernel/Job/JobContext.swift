internal import Postgres
public import Wire

/// What a job runs with: the organization that enqueued it and, where it names one, a member's own rights.
public struct JobContext: Sendable {
    /// Everything that a request's context gives.
    public let context: Context
    public let id: UUIDv7
    /// From 1.
    public let attempt: Int
    let worker: UUIDv7

    /// Marks the job as done inside the transaction of its effect: both hold or neither.
    public func finish(in context: Context) async throws(Problem) {
        let rows = try await context.read(
            "select platform.complete_job(\(id)::uuid, \(worker)::uuid, \(attempt)::integer)")
        guard rows.bool(0, 0) == true else { throw Problem(409, "job_lost") }
    }
}
