internal import Wire

extension Instant {
    /// The date and time of RFC 5322 section 3.3 in UTC, such as `Sat, 21 Nov 2026 09:30:00 +0000`.
    var mailDate: String {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let date = date
        // Day 0, 1 January 1970, was a Thursday.
        let weekday = weekdays[(date.daysSinceEpoch % 7 + 7) % 7]
        let year = String(date.year)
        let padded = String(repeating: "0", count: 4 - year.count) + year
        let time = description.dropFirst(11).prefix(8)
        return "\(weekday), \(date.day) \(months[date.month - 1]) \(padded) \(time) +0000"
    }
}
