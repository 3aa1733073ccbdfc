internal import CLinux
internal import Glibc

/// A point in time to the millisecond, in years 0001 to 9999.
public struct Instant: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// 0001-01-01T00:00:00.000Z.
    public static let earliest = Instant(unchecked: -62_135_596_800_000)
    /// 9999-12-31T23:59:59.999Z.
    public static let latest = Instant(unchecked: 253_402_300_799_999)

    /// An instant by its milliseconds since 1970; beyond the years 0001 to 9999 the nearest one within.
    public init(milliseconds: Int64) {
        let range = Instant.earliest.milliseconds...Instant.latest.milliseconds
        self.milliseconds = min(max(milliseconds, range.lowerBound), range.upperBound)
    }

    /// The start of `date` in UTC.
    public init(_ date: CivilDate) {
        milliseconds = Int64(date.daysSinceEpoch) * 86_400_000
    }

    private init(unchecked milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The time on the machine's clock.
    public static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
    }

    /// The date in UTC.
    public var date: CivilDate {
        CivilDate(daysSinceEpoch: Int(milliseconds.flooredDays))
    }

    /// The instant `seconds` later, or earlier when negative; stays within the years 0001 to 9999.
    public func adding(seconds: Int64) -> Instant {
        let (product, hasOverflown) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, isBeyond) = milliseconds.addingReportingOverflow(product)
        guard hasOverflown || isBeyond else { return Instant(milliseconds: sum) }
        return seconds < 0 ? .earliest : .latest
    }

    /// Earlier instants come first.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension Int64 {
    /// Whole days in so many milliseconds, rounded down.
    fileprivate var flooredDays: Int64 {
        (self >= 0 ? self : self - 86_399_999) / 86_400_000
    }
}
