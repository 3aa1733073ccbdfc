internal import Wire

extension LocalDateTime {
    /// What clocks in UTC show.
    init(utc instant: Instant) {
        let day: Int64 = 86_400_000
        let days =
            instant.milliseconds >= 0 ? instant.milliseconds / day : (instant.milliseconds - day + 1) / day
        let rest = Int(instant.milliseconds - days * day)
        self.init(
            date: CivilDate(daysSinceEpoch: Int(days)), hour: rest / 3_600_000, minute: rest / 60_000 % 60,
            second: rest / 1000 % 60, millisecond: rest % 1000)
    }
}
