internal import Postgres
internal import Wire

/// Reads what a client has missed.
struct StreamReplay: Sendable {
    /// Seconds for which a position can be resumed from.
    static let lifetime: Int64 = 3600
    /// Events of an organization, those that the client may not hear included, that are read to resume.
    private static let most: Int64 = 10_000
    /// Seconds by which an event may have been written before one that stands in front of it: what a transaction lasts.
    private static let slack: Int64 = 600

    let runtime: Runtime
    let entities: StreamEntities

    enum Missed: Sendable {
        /// In their order.
        case events([StreamEvent])
        case tooMany
    }

    /// Whether a client may resume from there.
    static func isFresh(_ place: StreamPosition, at now: Instant) -> Bool {
        place.at >= now.adding(seconds: -lifetime)
    }

    /// The organization's events behind `place`, up to `end`.
    ///
    /// They are found by their ids, which begin with their time: the order of transactions has no index by organization.
    func missed(
        from place: StreamPosition, to end: StreamPosition, in organization: UUIDv7
    ) async throws(Problem) -> Missed {
        let since = UInt64(max(0, place.at.adding(seconds: -Self.slack).milliseconds))
        let first = UUIDv7(high: since << 16, low: 0)
        let rows = try await context(organization).read(
            """
            with recent as materialized (
                select
                    o.organization_id, o.event, o.record_id, o.record_version, o.owner_before, o.owner_after,
                    o.actor_id, o.at, o.xid, o.position
                from kernel.outbox as o
                where o.organization_id = \(organization)::uuid
                  and o.id >= \(first)::uuid
                order by o.id
                limit \(Self.most + 1)::bigint
            )
            select t.total, \(sql: StreamEvent.columns)
            from (select count(*) as total from recent) as t
            left join recent as o
                on (o.xid, o.position) > (\(String(place.xid))::xid8, \(place.position)::bigint)
                and (o.xid, o.position) <= (\(String(end.xid))::xid8, \(end.position)::bigint)
                and right(o.event, 8) <> '.entered'
            order by o.xid, o.position
            """)
        guard (rows.integer(0, 0) ?? 0) <= Self.most else { return .tooMany }
        return .events((0..<rows.count).compactMap { StreamEvent(rows, $0, from: 1, of: entities) })
    }

    private func context(_ organization: UUIDv7) -> Context {
        let platform = PrincipalLoader(runtime: runtime).platform(
            in: organization, user: nil, preferences: Preferences())
        return Context(
            runtime: runtime, principal: platform, request: RequestInfo(id: ""), now: runtime.clock.now())
    }
}
