internal import Kernel
internal import Postgres
internal import Wire

/// The pipeline that a new organization starts with, in its own language.
enum StartingPipeline {
    private struct Step {
        let code: String
        let kind: Stage.Kind
        let probability: Int64
    }

    private static let steps: [Step] = [
        Step(code: "prospecting", kind: .open, probability: 1000),
        Step(code: "engaging", kind: .open, probability: 4000),
        Step(code: "proposal", kind: .open, probability: 6000),
        Step(code: "negotiation", kind: .open, probability: 8000),
        Step(code: "won", kind: .won, probability: 10_000),
        Step(code: "lost", kind: .lost, probability: 0),
    ]

    /// Written by statements: the plugin is not yet known to be on, and the preferences are as new.
    static func make(in context: Context) async throws(Problem) {
        let organization = try context.organization()
        let settings = try await context.read(
            """
            select s.key, s.value #>> '{}'
            from kernel.settings s
            where s.organization_id = \(organization)::uuid and s.user_id is null
            and s.key in ('locale', 'currency')
            """)
        var values: [String: String] = [:]
        for row in 0..<settings.count { values[settings[row, 0] ?? ""] = settings[row, 1] }
        let language: Language = (values["locale"] ?? "it-IT").hasPrefix("it") ? .italian : .english
        let messages = context.runtime.registry.messages
        let pipeline = UUIDv7.make(at: context.now)
        _ = try await context.write([
            """
            insert into sales.pipelines (organization_id, id, name, is_default, currency)
            values (
            \(organization)::uuid, \(pipeline)::uuid, \(messages.text("sales.start.pipeline", in: language)),
            true, \(values["currency"] ?? "EUR"))
            """,
            """
            insert into sales.stages (
            organization_id, id, pipeline_id, position, name, code, kind, win_probability)
            select
            \(organization)::uuid, s.id, \(pipeline)::uuid, s.place, s.name, s.code, s.kind, s.probability
            from unnest(
                \(steps.map { _ in UUIDv7.make(at: context.now) })::uuid[],
                \(steps.map { messages.text("sales.start.stage.\($0.code)", in: language) })::text[],
                \(steps.map(\.code))::text[], \(steps.map(\.kind.rawValue))::text[],
                \(steps.map(\.probability))::bigint[])
                with ordinality as s (id, name, code, kind, probability, place)
            """,
        ])
    }
}
