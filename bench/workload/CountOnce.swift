internal import Kernel
internal import Postgres

/// Counts an effect under its name, in the transaction that ends the job: both hold or neither.
struct CountOnce: Job {
    struct Payload: Shape {
        let name = Field.text("name")
        init() {}
    }
    static let kind = "workload.count"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await job.context.inTransaction { (context: Context) async throws(Problem) -> JobOutcome in
            _ = try await context.write(["select kernel.next_number(\(payload.name))"])
            try await job.finish(in: context)
            return .finished
        }
    }
}
