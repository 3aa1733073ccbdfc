import Kernel
import Wire

/// Writes how many inspections are done into the organization's log.
struct CountInspections: Job {
    static let kind = "inspections.count"

    static func run(_ input: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        let done = try await job.context.count(Inspection.self, where: "status", equals: .text("done"))
        job.context.runtime.log.line(.info, "inspections.counted", [("done", .integer(done))])
        return .done
    }
}
