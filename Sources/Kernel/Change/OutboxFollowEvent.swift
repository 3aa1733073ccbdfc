internal import Postgres
internal import Wire

/// Runs a hook after the commit that failed, or that stands behind one of the same record that failed.
struct FollowEvent: Job {
    struct Payload: Shape {
        let consumer = Field.text("consumer")
        let event = Field<UUIDv7>.id("event_id")
        init() {}
    }

    static let kind = "kernel.after"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        let known = job.context.runtime.registry.afterConsumers.first { $0.name == payload.consumer }
        // Another version of this program may know it.
        guard let consumer = known else { return .snooze(seconds: 300) }
        guard job.context.principal.plugins.contains(consumer.plugin) else { return .snooze(seconds: 300) }
        return try await job.context.inTransaction { (context: Context) async throws(Problem) -> JobOutcome in
            guard let entry = try await entry(payload.event, in: context) else {
                return .cancel("event_pruned")
            }
            let hook = OutboxHook(consumer: consumer, entry: entry, context: entry.context(context))
            if try await hook.waits(in: context) { return .snooze(seconds: 2) }
            _ = try await hook.effect(in: hook.context)
            _ = try await context.write([
                """
                delete from kernel.outbox_deferred
                where organization_id = \(entry.event.organization)::uuid
                  and consumer = \(consumer.name)
                  and event_id = \(entry.event.id)::uuid
                """
            ])
            try await job.finish(in: context)
            return .finished
        }
    }

    private static func entry(_ event: UUIDv7, in context: Context) async throws(Problem) -> OutboxEntry? {
        let organization = try context.organization()
        let rows = try await context.read(
            """
            select \(sql: OutboxEntry.columns)
            from kernel.outbox as o
            where o.organization_id = \(organization)::uuid
              and o.id = \(event)::uuid
            """)
        return rows.isEmpty ? nil : OutboxEntry(rows, 0)
    }
}
