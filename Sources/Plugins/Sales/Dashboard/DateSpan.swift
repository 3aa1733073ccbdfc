internal import Wire

/// Days from one to another, both included.
struct DateSpan: Sendable, Equatable {
    let from: CivilDate
    let to: CivilDate

    /// How many days.
    var days: Int { to.daysSinceEpoch - from.daysSinceEpoch + 1 }

    /// How many months it touches.
    private var months: Int { Self.months(to) - Self.months(from) + 1 }

    /// As many whole months before it where it is made of whole months, else as many days.
    var previous: DateSpan {
        let end = from.adding(days: -1)
        guard from.day == 1, to == Self.end(of: .month, at: to) else {
            return DateSpan(from: from.adding(days: -days), to: end)
        }
        return DateSpan(from: Self.month(Self.months(from) - months), to: end)
    }

    /// The unit that divides it into some dozens of parts at most.
    var unit: TimeUnit {
        if days <= 31 { return .day }
        if days <= 92 { return .week }
        if months <= 36 { return .month }
        return months <= 144 ? .quarter : .year
    }

    /// Its parts, one for each day, week, month, quarter or year, the first and the last cut to it.
    func parts(by unit: TimeUnit) -> [DateSpan] {
        var parts: [DateSpan] = []
        var start = from
        while start <= to {
            let end = min(Self.end(of: unit, at: start), to)
            parts.append(DateSpan(from: start, to: end))
            start = end.adding(days: 1)
            if end == to { break }
        }
        return parts
    }

    /// The whole unit around a day.
    static func whole(_ unit: TimeUnit, around day: CivilDate) -> DateSpan {
        let start =
            switch unit {
            case .day: day
            case .week: day.adding(days: -weekday(day))
            case .month: month(months(day))
            case .quarter: month(months(day) / 3 * 3)
            case .year: month(months(day) / 12 * 12)
            }
        return DateSpan(from: start, to: end(of: unit, at: day))
    }

    private static func end(of unit: TimeUnit, at day: CivilDate) -> CivilDate {
        switch unit {
        case .day: day
        case .week: day.adding(days: 6 - weekday(day))
        case .month: month(months(day) + 1).adding(days: -1)
        case .quarter: month(months(day) / 3 * 3 + 3).adding(days: -1)
        case .year: month(months(day) / 12 * 12 + 12).adding(days: -1)
        }
    }

    /// 0 on Mondays; 1970-01-01 was a Thursday.
    private static func weekday(_ day: CivilDate) -> Int {
        let place = (day.daysSinceEpoch + 3) % 7
        return place < 0 ? place + 7 : place
    }

    /// Months since the year 0.
    private static func months(_ day: CivilDate) -> Int { day.year * 12 + day.month - 1 }

    /// The first day of a month; beyond the years 1 to 9999 the nearest.
    private static func month(_ months: Int) -> CivilDate {
        CivilDate(year: months / 12, month: months % 12 + 1, day: 1)
            ?? CivilDate(daysSinceEpoch: months < 12 ? -4_000_000 : 4_000_000)
    }
}

/// A length of civil time.
enum TimeUnit: String, Sendable, CaseIterable, Comparable {
    case day, week, month, quarter, year

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    static func < (left: TimeUnit, right: TimeUnit) -> Bool { left.rank < right.rank }

    /// What a part of a span is called: its first day, its month, its quarter, its year.
    func label(_ part: DateSpan) -> String {
        let day = part.from.description
        return switch self {
        case .day, .week: day
        case .month: String(day.prefix(7))
        case .quarter: "\(day.prefix(4)) Q\((part.from.month + 2) / 3)"
        case .year: String(day.prefix(4))
        }
    }
}
