internal import Wire

/// What the worker knows of a kind of job, without its Swift type.
public struct JobDefinition: Sendable {
    public let kind: String
    public let plugin: String
    public let version: Int
    public let maximumAttempts: Int
    let run: @Sendable (JSON, JobContext) async throws(Problem) -> JobOutcome

    init<Declared: Job>(_ type: Declared.Type, plugin: String) {
        kind = type.kind
        self.plugin = plugin
        version = type.version
        maximumAttempts = type.maximumAttempts
        run = { (payload: JSON, context: JobContext) async throws(Problem) -> JobOutcome in
            let input = try InputDecoder(fields: Declared.Payload.fields).decode(payload)
            return try await Declared.run(Values(input), in: context)
        }
    }
}

/// A job that is enqueued again and again, once per cluster.
public struct Schedule: Sendable {
    /// Stable for ever.
    public let name: String
    public let seconds: Int
    let kind: String
    let version: Int
    let payload: JSON
}

/// Enqueues a job at a fixed distance, once per cluster whatever the number of processes.
public struct Every: Contribution {
    private let schedule: Schedule

    /// Declares a schedule of a job whose payload has no required fields.
    public init<Declared: Job>(seconds: Int, _ job: Declared.Type) {
        schedule = Schedule(
            name: "every.\(Declared.kind)", seconds: seconds, kind: Declared.kind, version: Declared.version,
            payload: .object(JSONObject()))
    }

    public func add(to draft: inout RegistryDraft) { draft.add(schedule: schedule) }
}
