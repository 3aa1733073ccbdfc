internal import Postgres
internal import Wire

/// Removes, daily, what members were told 90 days ago.
struct PruneNotifications: Job {
    typealias Payload = NoInput
    static let kind = "kernel.prune_notifications"
    static let days: Int64 = 90
    private static let removed: Int64 = 10_000

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        while try await remove(in: job.context) == removed {}
        return .done
    }

    /// One portion.
    private static func remove(in context: Context) async throws(Problem) -> Int64 {
        let until = context.now.adding(seconds: -days * 86_400)
        let organization = try context.organization()
        let rows = try await context.write([
            """
            with gone as (
                delete from kernel.notifications as n
                where n.organization_id = \(organization)::uuid and n.id = any(array(
                    select o.id
                    from kernel.notifications o
                    where o.organization_id = \(organization)::uuid and o.created_at < \(until)::timestamptz
                    limit \(removed)::bigint))
                returning 1)
            select count(*)
            from gone
            """
        ])
        return rows[0].integer(0, 0) ?? 0
    }
}

/// Everything that notifications give to the kernel's own plugin.
struct NotificationContributions: Contribution {
    func add(to draft: inout RegistryDraft) {
        Actions(ListNotifications.self, CountNotifications.self, ReadNotifications.self).add(to: &draft)
        Jobs(PruneNotifications.self).add(to: &draft)
        Every(seconds: 86_400, PruneNotifications.self, for: .organizations).add(to: &draft)
    }
}
