/// How a column writes days, and the time of day if it has one.
public struct DateFormat: Sendable, Hashable {
    /// The order and marks of day, month and year. Days and months may have one digit or two in all of them
    /// but `YYYYMMDD`; years of two digits are 1970 to 2069.
    public enum Layout: String, Sendable, CaseIterable {
        case yearMonthDay = "YYYY-MM-DD"
        case yearMonthDaySlashes = "YYYY/MM/DD"
        case dayMonthYearSlashes = "DD/MM/YYYY"
        case monthDayYearSlashes = "M/D/YYYY"
        case dayMonthYearDots = "DD.MM.YYYY"
        case dayMonthYearDashes = "DD-MM-YYYY"
        case monthDayYearDashes = "MM-DD-YYYY"
        case compact = "YYYYMMDD"
        case dayMonthNameYear = "D MMM YYYY"
        case dayMonthShortYearSlashes = "DD/MM/YY"
        case monthDayShortYearSlashes = "M/D/YY"
        case dayMonthShortYearDots = "DD.MM.YY"
    }

    /// What follows the day.
    public enum Time: String, Sendable, CaseIterable {
        /// Nothing.
        case none = ""
        /// Hours and minutes, by 24 or with AM and PM.
        case minutes = " HH:MM"
        /// Seconds too, perhaps with a fraction.
        case seconds = " HH:MM:SS"
        /// Time and offset from UTC: an instant of RFC 3339.
        case zoned = "THH:MM:SSZ"
    }

    /// Order and marks of the day.
    public let layout: Layout
    /// What follows it.
    public let time: Time

    /// A format by its parts.
    public init(_ layout: Layout, time: Time = .none) {
        self.layout = layout
        self.time = time
    }

    /// From a name as `name` gives it.
    public init?(_ name: String) {
        for time in Time.allCases.reversed() where name.hasSuffix(time.rawValue) {
            guard let layout = Layout(rawValue: String(name.dropLast(time.rawValue.count))) else { continue }
            self.init(layout, time: time)
            return
        }
        return nil
    }

    /// As people read it: `DD/MM/YYYY HH:MM`.
    public var name: String { layout.rawValue + time.rawValue }
}
