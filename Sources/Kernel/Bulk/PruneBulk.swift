internal import Postgres
internal import Wire

/// Removes, daily, what changes of many records keep for their undo, 30 days after their end. The change and
/// its counts stay.
struct PruneBulk: Job {
    typealias Payload = NoInput
    static let kind = "kernel.prune_bulk"
    /// For so long after its end a change can be taken back.
    static let days = 30
    private static let marked = 100
    private static let removed: Int64 = 10_000
    private static let log = ["kernel.bulk_portions", "kernel.bulk_rows", "kernel.bulk_faults"]

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        // Marked first, so that no undo begins on a log that goes.
        while try await mark(in: job.context) == marked {}
        for table in log {
            while try await remove(from: table, in: job.context) == removed {}
        }
        return .done
    }

    private static func mark(in context: Context) async throws(Problem) -> Int {
        let until = context.now.adding(seconds: -Int64(days) * 86_400)
        return try await context.write([
            """
            update kernel.bulk_changes as b
            set log_removed_at = \(context.now)::timestamptz
            where b.organization_id = \(try context.organization())::uuid and b.id = any(array(
                select o.id
                from kernel.bulk_changes o
                where o.organization_id = \(try context.organization())::uuid
                and o.log_removed_at is null
                and coalesce(o.finished_at, o.updated_at) < \(until)::timestamptz
                and o.status in ('done', 'failed', 'undone')
                order by o.id
                limit \(unsafeSQL: "\(marked)")
                for update skip locked))
            returning b.id
            """
        ])[0].count
    }

    /// One portion in a transaction of its own; of what was cut off before too.
    private static func remove(from table: String, in context: Context) async throws(Problem) -> Int64 {
        try await context.inTransaction(.bulk) { (context: Context) async throws(Problem) -> Int64 in
            let rows = try await context.write([
                """
                with gone as (
                    delete from \(unsafeSQL: table) as r
                    where r.organization_id = \(try context.organization())::uuid and r.ctid = any(array(
                        select x.ctid
                        from kernel.bulk_changes b
                        join \(unsafeSQL: table) x on x.organization_id = b.organization_id
                        and x.bulk_change_id = b.id
                        where b.organization_id = \(try context.organization())::uuid
                        and b.log_removed_at is not null
                        limit \(removed)::bigint))
                    returning 1)
                select count(*)
                from gone
                """
            ])
            return rows[0].integer(0, 0) ?? 0
        }
    }
}
