internal import Kernel

struct WorkloadPlugin: Plugin {
    static let manifest = Manifest(
        id: "workload", version: 1,
        messages: Language.allCases.map {
            MessageCatalog($0, json: Array(#"{"plugin.workload":"Workload"}"#.utf8))
        })

    var body: [any Contribution] { Jobs(DoNothing.self, CountOnce.self) }
}

/// Takes the way of every job and has no work of its own.
struct DoNothing: Job {
    typealias Payload = NoInput
    static let kind = "workload.nothing"

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        .done
    }
}
