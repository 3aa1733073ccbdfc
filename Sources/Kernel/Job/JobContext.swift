internal import Postgres
public import Wire

/// What a job runs with: the organization that enqueued it, and the member on whose behalf it was enqueued.
public struct JobContext: Sendable {
    /// The platform itself in the job's organization, with every permission; without one where the job has
    /// none.
    public let context: Context
    public let id: UUIDv7
    /// From 1; being put off does not count.
    public let attempt: Int
    /// Who enqueued it; nil where that was no member.
    public let member: UUIDv7?
    let claim: ClaimedJob
    let worker: UUIDv7

    /// The same work with exactly the rights of the member who enqueued it, and of the API key where it was
    /// one; nil where there is none, or none that is still good.
    public func asMember() async throws(Problem) -> Context? {
        guard let member, context.principal.organization != nil else { return nil }
        guard let key = claim.payload.key else { return try await context.acting(asMember: member) }
        let holder = try await PrincipalLoader(runtime: context.runtime).principal(byKey: key, in: context)
        return holder.map { context.with($0) }
    }

    /// The code of why `asMember` gives nothing: `key_ended`, as a key does with its member too, or
    /// `member_inactive`.
    public var absence: String { claim.payload.key == nil ? "member_inactive" : "key_ended" }

    /// Marks the job as done inside the transaction of its effect: both hold or neither. Then return
    /// `.finished`.
    public func finish(in context: Context) async throws(Problem) {
        let answers = try await context.write([
            "select platform.complete_job(\(id)::uuid, \(worker)::uuid, \(claim.claim)::integer)"
        ])
        guard answers[0].bool(0, 0) == true else { throw Problem(409, "job_lost") }
    }

    /// Keeps the job this worker's until the transaction ends. Throws when it is so no longer.
    func hold(in context: Context) async throws(Problem) {
        let answers = try await context.write([
            "select platform.hold_job(\(id)::uuid, \(worker)::uuid, \(claim.claim)::integer)"
        ])
        guard answers[0].bool(0, 0) == true else { throw Problem(409, "job_lost") }
    }

    /// Shows how far the work is to whoever was answered 202 with its id. Throws when the job is no longer
    /// this worker's: it was cancelled, or taken over after its lease ran out.
    public func report(_ progress: JSON) async throws(Problem) {
        let answers = try await context.write([
            """
            select platform.record_job_progress(
                \(id)::uuid, \(worker)::uuid, \(claim.claim)::integer, \(progress)::jsonb)
            """
        ])
        guard answers[0].bool(0, 0) == true else { throw Problem(409, "job_lost") }
    }
}
