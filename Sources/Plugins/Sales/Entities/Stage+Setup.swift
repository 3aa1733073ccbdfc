internal import Kernel
internal import Postgres
internal import Wire

extension Stage {
    /// Gives a new stage the last place and the probability that its kind has.
    static func complete(_ change: inout Change<Stage>, in context: Context) async throws(Problem) {
        setProbability(&change)
        guard !change.assigns(\.position), let pipeline = change.untyped.value("pipeline_id").idValue else {
            return
        }
        let rows = try await context.read(
            """
            select coalesce(max(s.position), 0) + 1
            from sales.stages s
            where s.organization_id = \(try context.organization())::uuid
            and s.pipeline_id = \(pipeline)::uuid
            and s.deleted_at is null
            """)
        change.set(\.position, rows.integer(0, 0) ?? 1)
    }

    private static func setProbability(_ change: inout Change<Stage>) {
        guard !change.assigns(\.winProbability) else { return }
        let kind = change.untyped.value("kind").textValue.flatMap { Kind(rawValue: $0) }
        change.set(\.winProbability, kind == .won ? 10_000 : 0)
    }

    /// A stage in which opportunities stand keeps its kind: they would be closed or reopened unseen.
    static func keepKind(_ change: inout Change<Stage>, in context: Context) async throws(Problem) {
        guard change.changes(\.kind), let stage = change.before else { return }
        let rows = try await context.read(
            """
            select count(*)
            from sales.opportunities o
            where o.organization_id = \(try context.organization())::uuid
            and o.stage_id = \(stage.id.uuid)::uuid
            and o.deleted_at is null
            """)
        guard let count = rows.integer(0, 0), count > 0 else { return }
        change.refuse(\.kind, "stage_in_use", ["count": "\(count)"])
    }

    /// A stage comes out of the bin with its pipeline or after it.
    static func checkReturn(_ change: inout Change<Stage>) throws(Problem) {
        guard change.related(\.pipeline) == nil else { return }
        throw Problem(409, "pipeline_gone")
    }

    /// What is won is certain, and what is lost is worth nothing.
    static func checkProbability(_ change: inout Change<Stage>) throws(Problem) {
        guard change.untyped.errors.isEmpty, let kind = change.untyped.value("kind").textValue else { return }
        let probability = change.untyped.value("win_probability").integerValue
        if kind == Kind.won.rawValue, probability != 10_000 {
            if change.changes(\.kind), !change.changes(\.winProbability) {
                change.set(\.winProbability, 10_000)
            } else {
                change.refuse(\.winProbability, "won_is_certain")
            }
        }
        if kind == Kind.lost.rawValue, probability != 0 {
            if change.changes(\.kind), !change.changes(\.winProbability) {
                change.set(\.winProbability, 0)
            } else {
                change.refuse(\.winProbability, "lost_is_worthless")
            }
        }
    }
}
