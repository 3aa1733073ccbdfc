internal import Kernel
internal import Postgres
internal import Wire

/// Removes tokens that are past their time and sessions that ended a month ago, daily.
struct PruneSignIn: Job {
    typealias Payload = NoInput
    static let kind = "tenancy.prune_sign_in"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        _ = try await job.context.write(["select platform.prune_sign_in(\(job.context.now))"])
        return .done
    }
}
