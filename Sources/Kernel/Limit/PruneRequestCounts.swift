internal import Postgres
internal import Wire

/// Removes the counts of minutes that have passed, every five minutes.
struct PruneRequestCounts: Job {
    typealias Payload = NoInput
    static let kind = "kernel.prune_request_counts"

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        let before = job.context.now.adding(seconds: -300)
        _ = try await job.context.write(["select platform.prune_request_counts(\(before)::timestamptz)"])
        return .done
    }
}
