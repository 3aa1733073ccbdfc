internal import Postgres
internal import Wire

/// What is due by the clocks of zones, asked once a minute.
struct CronClock: Sendable {
    let runtime: Runtime

    /// A schedule that is due, with the zone by whose clock.
    struct Due: Sendable {
        let schedule: Schedule
        let zone: String
        let moment: Instant
    }

    /// Those of the schedules that are due; a zone that PostgreSQL does not know is logged and left.
    func due(_ schedules: [Schedule], at now: Instant) async throws(SQLError) -> [Due] {
        guard !schedules.isEmpty else { return [] }
        let needsOrganizations = schedules.contains { $0.zone == .organization }
        let organizations = needsOrganizations ? try await organizationZones() : []
        var offsets: [String: ZoneOffsets] = [:]
        var due: [Due] = []
        for schedule in schedules {
            for zone in schedule.zone?.names(organizations) ?? [] {
                if offsets[zone] == nil { offsets[zone] = await known(zone, at: now) }
                guard let known = offsets[zone], let moment = schedule.cron?.due(at: now, in: known) else {
                    continue
                }
                due.append(Due(schedule: schedule, zone: zone, moment: moment))
            }
        }
        return due
    }

    private func organizationZones() async throws(SQLError) -> [String] {
        let rows = try await read(
            "select z.zone from platform.organization_zones() as z (zone) order by z.zone")
        return (0..<rows.count).compactMap { rows[$0, 0] }
    }

    private func known(_ zone: String, at now: Instant) async -> ZoneOffsets? {
        do { return try await offsets(zone, at: now) } catch {
            runtime.log.line(
                .error, "worker.zone_unknown", [("zone", .string(zone)), ("code", .string(error.state.code))])
            return nil
        }
    }

    private func offsets(_ zone: String, at now: Instant) async throws(SQLError) -> ZoneOffsets {
        let from = now.adding(seconds: Int64(-ZoneOffsets.lookBack - 1) * 60)
        let rows = try await read(
            """
            select s.minute, s.shift
            from (
                select x.minute, x.shift, lag(x.shift) over (order by x.minute) as before
                from (
                    select (extract(epoch from date_trunc('minute', m.at)) / 60)::bigint as minute,
                        (extract(epoch from (m.at at time zone \(zone)) - (m.at at time zone 'UTC')) / 60)::bigint
                        as shift
                    from generate_series(
                        \(from)::timestamptz, \(now)::timestamptz, interval '1 minute') as m (at)) x) s
            where s.before is distinct from s.shift
            order by s.minute
            """)
        return ZoneOffsets(
            changes: (0..<rows.count).compactMap { row in
                guard let minute = rows.integer(row, 0), let shift = rows.integer(row, 1) else { return nil }
                return (from: Int(minute), minutes: Int(shift))
            })
    }

    private func read(_ statement: SQL) async throws(SQLError) -> Rows {
        try await runtime.database.read(
            SessionSettings([(name: "app.organization_id", value: "")], isReadOnly: true), .short, [statement]
        )[0]
    }
}
