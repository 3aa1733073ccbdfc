public import Wire

/// How values are put in words: for machines by default, for people as the caller sets it.
public struct CellStyle: Sendable {
    /// How numbers are written; groups of thousands only if the format has them.
    public var numbers: NumberFormat
    /// How days are written.
    public var dates: DateFormat.Layout
    /// The word for true.
    public var yes: String
    /// The word for false.
    public var no: String
    /// Whether money is followed by its currency; without it, a column of its own should tell.
    public var showsCurrency: Bool
    /// The time in the reader's zone; without it instants are RFC 3339 in UTC.
    public var local: (@Sendable (Instant) -> LocalDateTime)?

    /// A style; what is left out is as machines like it.
    public init(
        numbers: NumberFormat = .point, dates: DateFormat.Layout = .yearMonthDay, yes: String = "true",
        no: String = "false", showsCurrency: Bool = false,
        local: (@Sendable (Instant) -> LocalDateTime)? = nil
    ) {
        self.numbers = numbers
        self.dates = dates
        self.yes = yes
        self.no = no
        self.showsCurrency = showsCurrency
        self.local = local
    }

    /// A cell's words; nothing for null.
    public func text(of cell: Cell) -> String {
        switch cell {
        case .null: ""
        case .text(let text), .verbatim(let text): text
        case .integer(let value): number(value, digits: 0)
        case .decimal(let scaled, let digits): number(scaled, digits: digits)
        case .boolean(let value): value ? yes : no
        case .date(let date): text(of: date)
        case .instant(let instant): text(of: instant)
        case .money(let minor, let currency):
            number(minor, digits: Currency.digits(of: currency)) + (showsCurrency ? " \(currency)" : "")
        }
    }

    private func number(_ scaled: Int64, digits: Int) -> String {
        var bytes: [UInt8] = []
        DecimalNotation(scaled: scaled, digits: digits).append(to: &bytes, in: numbers)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func text(of date: CivilDate) -> String {
        let (year, month, day) = (
            Self.padded(date.year, 4), Self.padded(date.month, 2), Self.padded(date.day, 2)
        )
        return switch dates {
        case .yearMonthDay: "\(year)-\(month)-\(day)"
        case .yearMonthDaySlashes: "\(year)/\(month)/\(day)"
        case .dayMonthYearSlashes: "\(day)/\(month)/\(year)"
        case .monthDayYearSlashes: "\(date.month)/\(date.day)/\(year)"
        case .dayMonthYearDots: "\(day).\(month).\(year)"
        case .dayMonthYearDashes: "\(day)-\(month)-\(year)"
        case .monthDayYearDashes: "\(month)-\(day)-\(year)"
        case .compact: "\(year)\(month)\(day)"
        case .dayMonthNameYear: "\(date.day) \(MonthName.english(date.month)) \(year)"
        case .dayMonthShortYearSlashes: "\(day)/\(month)/\(year.suffix(2))"
        case .monthDayShortYearSlashes: "\(date.month)/\(date.day)/\(year.suffix(2))"
        case .dayMonthShortYearDots: "\(day).\(month).\(year.suffix(2))"
        }
    }

    private func text(of instant: Instant) -> String {
        guard let local = local?(instant) else { return instant.description }
        let time =
            "\(Self.padded(local.hour, 2)):\(Self.padded(local.minute, 2)):\(Self.padded(local.second, 2))"
        return "\(text(of: local.date)) \(time)"
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
