public import Wire

/// A day and a time of day, in whatever zone the reader knows it to be.
public struct LocalDateTime: Sendable, Hashable {
    /// The day.
    public let date: CivilDate
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// 0 to 59; a leap second reads as 59.
    public let second: Int
    /// 0 to 999.
    public let millisecond: Int

    /// A time that the caller vouches for.
    public init(date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// Milliseconds since the day began.
    public var millisecondOfDay: Int { ((hour * 60 + minute) * 60 + second) * 1000 + millisecond }
}
