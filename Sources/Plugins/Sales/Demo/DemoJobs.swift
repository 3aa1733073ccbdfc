internal import Kernel
internal import Wire

/// Jobs on the demo's data are told nothing: the state says what there is to do.
struct DemoPayload: Shape {
    init() {}
}

/// A job of the member who asked for it, which shows its failure in the state.
protocol DemoJob: Job where Payload == DemoPayload {
    static func work(in context: Context) async throws(Problem)
}

extension DemoJob {
    static func run(_ payload: Values<DemoPayload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        guard let member = try await job.asMember() else {
            try await fail(job.absence, in: job.context)
            return .done
        }
        do { try await work(in: member) } catch {
            if error.code == "organization_suspended" { return .snooze(seconds: 60) }
            // Faults of the moment are tried again.
            if error.status >= 500 || error.status == 409 { throw error }
            try await fail(error.code, in: job.context)
        }
        return .done
    }

    static func abandoned(
        _ payload: Values<DemoPayload>, id: UUIDv7, code: String, in context: Context
    ) async throws(Problem) {
        try await fail(code, in: context)
    }

    private static func fail(_ code: String, in context: Context) async throws(Problem) {
        var state = try await DemoState.read(in: context)
        guard state.status == .loading || state.status == .removing else { return }
        state.status = .failed
        state.failure = code
        try await state.write(in: context)
    }
}

/// Brings the demo's data in.
struct LoadDemoJob: DemoJob {
    static let kind = "sales.demo.load"

    static func work(in context: Context) async throws(Problem) {
        guard try await DemoState.read(in: context).status == .loading else { return }
        guard let folder = context.runtime.configuration.demoFolder else {
            throw Problem(404, "demo_data_missing")
        }
        try await DemoLoad(folder: folder, context: context).run { _ in }
    }
}

/// Takes the demo's data out.
struct RemoveDemoJob: DemoJob {
    static let kind = "sales.demo.remove"

    static func work(in context: Context) async throws(Problem) { try await DemoLoad.remove(in: context) }
}
