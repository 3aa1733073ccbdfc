internal import Postgres
internal import Wire

/// Reads what a client has missed.
struct StreamReplay: Sendable {
    /// Seconds for which a position can be resumed from.
    static let lifetime: Int64 = 3600
    /// Events that are told to resume, those that the client may not hear included.
    private static let most = 10_000
    /// Seconds by which an event may have been written before a place that it stands behind.
    ///
    /// A place between transactions stands before those that were open then: what a transaction lasts. An
    /// event's own place bears the start of its transaction, and a later one's events were written after
    /// that: what a clock may be set back.
    private static let transactionSlack: Int64 = 600
    private static let clockSlack: Int64 = 5

    let runtime: Runtime
    let entities: StreamEntities

    enum Missed: Sendable {
        /// In their order.
        case events([StreamEvent])
        case tooMany
    }

    /// How many of an organization's events are looked through, and in which class.
    private struct Reach {
        let events: Int
        let queryClass: QueryClass

        /// Most clients come again at once.
        static let near = Reach(events: 2000, queryClass: .short)
        static let far = Reach(events: 100_000, queryClass: .long)
    }

    private struct Gap {
        let start: StreamPosition
        let end: StreamPosition
        let organization: UUIDv7
    }

    /// Whether a client may resume from there.
    static func isFresh(_ place: StreamPosition, at now: Instant) -> Bool {
        place.at >= now.adding(seconds: -lifetime)
    }

    /// The organization's events behind `place`, up to `end`; too many, too, where they can't be found in
    /// time, as they would not be the next time.
    ///
    /// They are found by their ids, which begin with their time: the order of transactions has no index by
    /// organization.
    func missed(
        from place: StreamPosition, to end: StreamPosition, in organization: UUIDv7
    ) async throws(Problem) -> Missed {
        let gap = Gap(start: place, end: end, organization: organization)
        if let events = try await events(of: gap, within: .near) { return .events(events) }
        guard let events = try await events(of: gap, within: .far) else { return .tooMany }
        return .events(events)
    }

    /// Nil where the reach or the time does not suffice.
    private func events(of gap: Gap, within reach: Reach) async throws(Problem) -> [StreamEvent]? {
        let rows: Rows
        do {
            rows = try await context(gap.organization).read(Self.search(gap, reach.events), reach.queryClass)
        } catch {
            guard error.code == "query_timeout" else { throw error }
            return nil
        }
        guard (rows.integer(0, 0) ?? 0) <= reach.events, rows.count <= Self.most else { return nil }
        return (0..<rows.count).compactMap { StreamEvent(rows, $0, from: 1, of: entities) }
    }

    private static func search(_ gap: Gap, _ wanted: Int) -> SQL {
        let slack = gap.start.position == 0 ? transactionSlack : clockSlack
        let since = UInt64(max(0, gap.start.at.adding(seconds: -slack).milliseconds))
        let first = UUIDv7(high: since << 16, low: 0)
        return """
            with recent as materialized (
                select
                    o.organization_id, o.event, o.record_id, o.record_version, o.owner_before, o.owner_after,
                    o.actor_id, o.at, o.xid, o.position
                from kernel.outbox as o
                where o.organization_id = \(gap.organization)::uuid
                  and o.id >= \(first)::uuid
                order by o.id
                limit \(wanted + 1)::bigint
            ),
            missed as (
                select
                    r.organization_id, r.event, r.record_id, r.record_version, r.owner_before, r.owner_after,
                    r.actor_id, r.at, r.xid, r.position
                from recent as r
                where (r.xid, r.position) > (\(String(gap.start.xid))::xid8, \(gap.start.position)::bigint)
                  and (r.xid, r.position) <= (\(String(gap.end.xid))::xid8, \(gap.end.position)::bigint)
                  and right(r.event, 8) <> '.entered'
                order by r.xid, r.position
                limit \(most + 1)::bigint
            )
            select t.total, \(sql: StreamEvent.columns)
            from (select count(*) as total from recent) as t
            left join missed as o on true
            order by o.xid, o.position
            """
    }

    private func context(_ organization: UUIDv7) -> Context {
        let platform = PrincipalLoader(runtime: runtime).platform(
            in: organization, user: nil, preferences: Preferences())
        return Context(
            runtime: runtime, principal: platform, request: RequestInfo(id: ""), now: runtime.clock.now())
    }
}
