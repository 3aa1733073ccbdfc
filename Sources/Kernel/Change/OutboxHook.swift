internal import Postgres
internal import Wire

/// One hook after one event: its effect and the mark that it was done are one transaction.
///
/// A hook that fails waits in the queue as the job `kernel.after`, and behind it whatever follows of the same
/// record, so that each record's events stay in order and nobody else's wait.
struct OutboxHook {
    let consumer: AfterConsumer
    let entry: OutboxEntry
    /// The platform in the event's organization.
    let context: Context

    /// Runs the hook, or leaves it to the queue; throws where not even that could be written.
    func run() async throws(Problem) {
        do {
            try await context.inTransaction { (context: Context) async throws(Problem) in
                switch try await standing(in: context) {
                case .handled: return
                case .waits: try await postpone(in: context)
                case .free: _ = try await effect(in: context)
                }
            }
        } catch {
            // Nothing is known of the hook while the database is away.
            guard error.code != Problem.unavailable.code, error.code != Problem.outcomeUnknown.code else {
                throw error
            }
            context.runtime.log.line(
                .warning, "after.failed",
                [
                    ("consumer", .string(consumer.name)), ("event", .string(entry.event.id.description)),
                    ("code", .string(error.code)),
                ])
            try await context.inTransaction { (context: Context) async throws(Problem) in
                try await postpone(in: context)
            }
        }
    }

    /// Whether earlier events of the record still wait in the queue.
    func waits(in context: Context) async throws(Problem) -> Bool {
        try await context.read(
            """
            select kernel.is_outbox_record_deferred(
                \(consumer.name), \(entry.event.record)::uuid, \(entry.xid)::xid8, \(entry.position)::bigint)
            """
        ).bool(0, 0) ?? false
    }

    /// The mark and the hook; false where the mark was there.
    func effect(in context: Context) async throws(Problem) -> Bool {
        let event = entry.event
        let marked = try await context.write([
            """
            insert into kernel.outbox_consumed (organization_id, consumer, event_id)
            values (\(event.organization)::uuid, \(consumer.name), \(event.id)::uuid)
            on conflict on constraint outbox_consumed_pkey do nothing
            """
        ])
        guard marked[0].affected == 1 else { return false }
        try await consumer.run(event, context)
        return true
    }

    private enum Standing { case handled, waits, free }

    private func standing(in context: Context) async throws(Problem) -> Standing {
        let event = entry.event
        let rows = try await context.read(
            """
            select
                exists (
                    select
                    from kernel.outbox_consumed as c
                    where c.organization_id = \(event.organization)::uuid
                      and c.consumer = \(consumer.name)
                      and c.event_id = \(event.id)::uuid)
                or exists (
                    select
                    from kernel.outbox_deferred as d
                    where d.organization_id = \(event.organization)::uuid
                      and d.consumer = \(consumer.name)
                      and d.event_id = \(event.id)::uuid)
            """)
        if rows.bool(0, 0) == true { return .handled }
        return try await waits(in: context) ? .waits : .free
    }

    private func postpone(in context: Context) async throws(Problem) {
        let event = entry.event
        let job = try await context.enqueue(
            FollowEvent.self, values: ["consumer": .text(consumer.name), "event_id": .id(event.id)],
            runAt: JobBackoff(id: event.id).moment(afterAttempt: 1, now: context.now))
        _ = try await context.write([
            """
            insert into kernel.outbox_deferred (
                organization_id, consumer, event_id, record_id, xid, position, job_id)
            values (
                \(event.organization)::uuid, \(consumer.name), \(event.id)::uuid, \(event.record)::uuid,
                \(entry.xid)::xid8, \(entry.position)::bigint, \(job)::uuid)
            on conflict on constraint outbox_deferred_pkey do nothing
            """
        ])
    }
}
