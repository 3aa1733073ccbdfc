internal import Loop
internal import Postgres
internal import Synchronization
internal import Wire

/// Follows committed events and runs the hooks after them: one reader at a time in the cluster, in the order
/// of transactions, never past one that is still open.
final class OutboxReader: Sendable {
    /// What a pass found.
    enum Pass: Sendable {
        /// No event, or none that may be read yet.
        case idle
        /// Another process reads.
        case busy
        /// Events, so that there may be more.
        case read
    }

    /// The one cursor: a hook that is declared later begins with what happens later.
    static let cursor = "kernel.after"
    private static let portion = 200
    /// Milliseconds after which a pass ends between two events: nothing may be idle in a transaction for
    /// long.
    private static let longest: Int64 = 5000

    private let runtime: Runtime
    private let consumers: [String: [AfterConsumer]]

    init(runtime: Runtime) {
        self.runtime = runtime
        consumers = Dictionary(grouping: runtime.registry.afterConsumers, by: \.event)
    }

    /// Reads one portion and runs its hooks. The transaction around it only keeps other readers out; each
    /// hook has its own. Broken off, events are read again, and the marks of those done tell.
    func pass(isStopping: () -> Bool) async throws(Problem) -> Pass {
        let system = Context.installation(runtime, request: "")
        return try await system.inTransaction(.bulk) { (context: Context) async throws(Problem) -> Pass in
            guard try await isAlone(context) else { return .busy }
            let entries = try await entries(context)
            guard !entries.isEmpty else { return .idle }
            var contexts: [UUIDv7: Context] = [:]
            var last: OutboxEntry?
            let end = Monotonic.milliseconds() + Self.longest
            for entry in entries {
                guard !isStopping(), Monotonic.milliseconds() < end else { break }
                try await follow(entry, system, &contexts)
                last = entry
            }
            guard let last else { return .idle }
            _ = try await context.read(
                """
                select platform.advance_outbox(
                    \(Self.cursor), \(last.xid)::xid8, \(last.position)::bigint)
                """)
            return .read
        }
    }

    /// Since when the first committed event waits to be read; nil when none does.
    func waitsSince() async throws(Problem) -> Instant? {
        try await Context.installation(runtime, request: "").read(
            "select platform.outbox_waits_since(\(Self.cursor))"
        ).instant(0, 0)
    }

    private func follow(
        _ entry: OutboxEntry, _ system: Context, _ contexts: inout [UUIDv7: Context]
    ) async throws(Problem) {
        guard let following = consumers[entry.event.name] else { return }
        let organization = entry.event.organization
        let known = contexts[organization]
        let context = if let known { known } else { try await system.working(in: organization) }
        contexts[organization] = context
        for consumer in following where context.principal.plugins.contains(consumer.plugin) {
            try await OutboxHook(consumer: consumer, entry: entry, context: entry.context(context)).run()
        }
    }

    private func isAlone(_ context: Context) async throws(Problem) -> Bool {
        try await context.read(
            "select pg_try_advisory_xact_lock(hashtextextended(\("outbox \(Self.cursor)"), 0))"
        ).bool(0, 0) ?? false
    }

    private func entries(_ context: Context) async throws(Problem) -> [OutboxEntry] {
        let rows = try await context.read(
            """
            select \(sql: OutboxEntry.columns)
            from platform.read_outbox(\(Self.cursor), \(Self.portion)::integer) as o
            order by o.xid, o.position
            """)
        return (0..<rows.count).compactMap { OutboxEntry(rows, $0) }
    }
}
