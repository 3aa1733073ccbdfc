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
        let zones = Set(schedules.flatMap { $0.zone?.names(organizations) ?? [] })
        let offsets = try await offsets(zones.sorted(), at: now)
        var due: [Due] = []
        for schedule in schedules {
            for zone in schedule.zone?.names(organizations) ?? [] {
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

    private func offsets(
        _ zones: [String], at now: Instant
    ) async throws(SQLError) -> [String: ZoneOffsets] {
        let from = now.adding(seconds: Int64(-ZoneOffsets.lookBack - 1) * 60)
        let rows = try await read(
            """
            select s.zone, s.minute, s.shift
            from platform.zone_shifts(\(zones)::text[], \(from)::timestamptz, \(now)::timestamptz) as s
            order by s.zone, s.minute
            """)
        var changes: [String: [(from: Int, minutes: Int)]] = [:]
        for row in 0..<rows.count {
            guard let zone = rows[row, 0], let minute = rows.integer(row, 1), let shift = rows.integer(row, 2)
            else { continue }
            changes[zone, default: []].append((from: Int(minute), minutes: Int(shift)))
        }
        for zone in zones where changes[zone] == nil {
            runtime.log.line(.error, "worker.zone_unknown", [("zone", .string(zone))])
        }
        return changes.mapValues { ZoneOffsets(changes: $0) }
    }

    /// On the connections for long work: what requests wait for is not to wait for clocks.
    private func read(_ statement: SQL) async throws(SQLError) -> Rows {
        try await runtime.database.read(
            SessionSettings([(name: "app.organization_id", value: "")], isReadOnly: true), .long, [statement]
        )[0]
    }
}
