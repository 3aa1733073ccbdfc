internal import Postgres
internal import Tabular
internal import Wire

/// Days and local times as instants of the organization's zone: PostgreSQL knows the zones.
struct LocalTimes {
    private var known: [LocalDateTime: Instant] = [:]
    private static let most = 50_000

    /// The statement that gives the instants of the rows' times that are not known yet; nil without any.
    mutating func statement(_ rows: [ImportRow], zone: String) -> SQL? {
        if known.count > Self.most { known = [:] }
        var wanted: Set<LocalDateTime> = []
        for row in rows {
            for local in row.locals where known[local.time] == nil { wanted.insert(local.time) }
        }
        guard !wanted.isEmpty else { return nil }
        return """
            select x.day::text, x.moment, to_char(
                ((x.day + x.moment * interval '1 millisecond') at time zone \(zone)) at time zone 'UTC',
                'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
            from unnest(\(wanted.map(\.date.description))::date[],
            \(wanted.map(\.millisecondOfDay))::integer[])
                as x (day, moment)
            """
    }

    /// Keeps what the statement gave.
    mutating func take(_ rows: Rows) {
        for row in 0..<rows.count {
            guard let day = rows.date(row, 0), let moment = rows.integer(row, 1),
                let instant = rows.instant(row, 2)
            else { continue }
            known[LocalDateTime(date: day, millisecondOfDay: Int(moment))] = instant
        }
    }

    /// The instant of a local time.
    func instant(_ time: LocalDateTime) -> Instant? { known[time] }
}

extension LocalDateTime {
    fileprivate init(date: CivilDate, millisecondOfDay: Int) {
        self.init(
            date: date, hour: millisecondOfDay / 3_600_000, minute: millisecondOfDay / 60_000 % 60,
            second: millisecondOfDay / 1000 % 60, millisecond: millisecondOfDay % 1000)
    }
}
