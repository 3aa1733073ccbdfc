internal import Wire

/// When a job is due, in crontab's five fields: minute, hour, day of the month, month, day of the week
/// (crontab(5)).
///
/// Each takes `*`, numbers, names of months and days, ranges, lists and steps. As in Vixie's cron, a day has
/// to be in both of the fields for days when one of them begins with `*`, else in either.
public struct CronExpression: Sendable, Equatable {
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    private let weekdays: UInt64
    private let isEitherDay: Bool
    /// Whether it goes by hours as they pass, not by the clock's face: nothing is made up for, or left out,
    /// when the clocks change.
    let isSteady: Bool

    /// Reads an expression; nil when it is none.
    public init?(_ text: String) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count == 5, let minutes = Self.bits(fields[0], 0...59, []),
            let hours = Self.bits(fields[1], 0...23, []), let days = Self.bits(fields[2], 1...31, []),
            let months = Self.bits(fields[3], 1...12, Self.monthNames),
            let weekdays = Self.bits(fields[4], 0...7, Self.weekdayNames)
        else { return nil }
        self.minutes = minutes
        self.hours = hours
        self.days = days
        self.months = months
        // Both 0 and 7 are Sunday.
        self.weekdays = weekdays & 0x80 == 0 ? weekdays : weekdays | 1
        isEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
        isSteady = fields[0].hasPrefix("*") || fields[1].hasPrefix("*")
    }

    private static let monthNames = [
        "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    private static func bits(_ field: Substring, _ range: ClosedRange<Int>, _ names: [String]) -> UInt64? {
        var bits: UInt64 = 0
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(pieces.count) else { return nil }
            let step = pieces.count == 2 ? number(pieces[1]) : 1
            guard let step, step > 0, step <= range.upperBound,
                let span = span(pieces[0], range, names, hasStep: pieces.count == 2)
            else { return nil }
            for value in stride(from: span.lowerBound, through: span.upperBound, by: step) {
                bits |= 1 << value
            }
        }
        return bits
    }

    /// A step wants a range to go through.
    private static func span(
        _ text: Substring, _ range: ClosedRange<Int>, _ names: [String], hasStep: Bool
    ) -> ClosedRange<Int>? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = ends.first.flatMap({ value($0, range, names) }) else { return nil }
        if ends.count == 1 { return hasStep ? nil : first...first }
        guard ends.count == 2, let last = value(ends[1], range, names), first <= last else { return nil }
        return first...last
    }

    private static func value(_ text: Substring, _ range: ClosedRange<Int>, _ names: [String]) -> Int? {
        if !text.isEmpty, let place = names.firstIndex(of: text.lowercased()) { return place }
        guard let number = number(text), range.contains(number) else { return nil }
        return number
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// Whether a minute of local time is one of its own; minutes are counted from 1970 on.
    func matches(localMinute minute: Int) -> Bool {
        let day = Int((Double(minute) / 1440).rounded(.down))
        let ofDay = minute - day * 1440
        guard minutes & 1 << (ofDay % 60) != 0, hours & 1 << (ofDay / 60) != 0 else { return false }
        let date = CivilDate(daysSinceEpoch: day)
        guard months & 1 << date.month != 0 else { return false }
        let isDay = days & 1 << date.day != 0
        // 1970-01-01 was a Thursday.
        let isWeekday = weekdays & 1 << (((day + 4) % 7 + 7) % 7) != 0
        return isEitherDay ? isDay || isWeekday : isDay && isWeekday
    }
}

extension CronExpression {
    /// Minutes for which a run that nobody was there for is made up.
    static let grace = 60

    /// The latest moment up to `now`, within the last hour, at which it was due in a zone.
    ///
    /// A time that the clocks skip counts once, right behind the gap; one that they show twice counts the
    /// first time.
    func due(at now: Instant, in zone: ZoneOffsets) -> Instant? {
        let last = Int(now.milliseconds / 60_000)
        var latest: Int?
        var highest: Int?
        for minute in (last - ZoneOffsets.lookBack)...last {
            let local = minute + zone.minutes(at: minute)
            if isDue(local, after: highest) { latest = minute }
            highest = max(highest ?? local, local)
        }
        guard let latest, latest > last - Self.grace else { return nil }
        return Instant(milliseconds: Int64(latest) * 60_000)
    }

    private func isDue(_ local: Int, after highest: Int?) -> Bool {
        guard !isSteady, let highest else { return matches(localMinute: local) }
        guard local > highest else { return false }
        return ((highest + 1)...local).contains { matches(localMinute: $0) }
    }
}

/// How far a zone's clocks are from UTC in the hours before a moment: PostgreSQL knows the zones.
struct ZoneOffsets: Sendable, Equatable {
    /// Minutes that are looked at, so that an hour shown twice is known as such.
    static let lookBack = 240
    /// From which minute since 1970 on, and how many minutes ahead of UTC; the first holds from the
    /// beginning.
    let changes: [(from: Int, minutes: Int)]

    static func == (left: ZoneOffsets, right: ZoneOffsets) -> Bool {
        left.changes.elementsEqual(right.changes) { $0.from == $1.from && $0.minutes == $1.minutes }
    }

    /// Minutes ahead of UTC.
    func minutes(at minute: Int) -> Int {
        (changes.last { $0.from <= minute } ?? changes.first)?.minutes ?? 0
    }
}
