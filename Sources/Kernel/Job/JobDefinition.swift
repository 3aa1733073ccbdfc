internal import Wire

/// What the worker knows of a kind of job, without its Swift type.
public struct JobDefinition: Sendable {
    public let kind: String
    public let plugin: String
    public let version: Int
    public let maximumAttempts: Int
    let run: @Sendable ([String: Value], JobContext) async throws(Problem) -> JobOutcome
    let abandoned: @Sendable ([String: Value], UUIDv7, String, Context) async throws(Problem) -> Void
    private let decoder: InputDecoder

    init<Declared: Job>(_ type: Declared.Type, plugin: String) {
        kind = type.kind
        self.plugin = plugin
        version = type.version
        maximumAttempts = type.maximumAttempts
        decoder = InputDecoder(fields: Declared.Payload.fields)
        run = { (contents: [String: Value], context: JobContext) async throws(Problem) -> JobOutcome in
            try await Declared.run(Values(contents), in: context)
        }
        abandoned = {
            (contents: [String: Value], id: UUIDv7, code: String, context: Context) async throws(Problem) in
            try await Declared.abandoned(Values(contents), id: id, code: code, in: context)
        }
    }

    /// Reads what the job was told; nil when it can't be its payload.
    func contents(of payload: JobPayload) -> [String: Value]? { try? decoder.decode(payload.input) }
}
