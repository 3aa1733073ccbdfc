internal import Wire

/// A text taken apart as a date, before it is known which number is day, month or year.
struct ScannedDate {
    /// Three numbers, or one of eight digits in `first`; a month's name is `second`.
    private(set) var first = 0
    private(set) var second = 0
    private(set) var third = 0
    private(set) var firstDigits = 0
    private(set) var thirdDigits = 0
    /// The mark between the numbers; 0 when there is none.
    private(set) var mark: UInt8 = 0
    private(set) var hasMonthName = false
    /// The time of day, if one follows.
    private(set) var time: ScannedTime?

    /// Nil when the text has no date's shape at all.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count >= 6, text.count <= 40, text[0].digitValue != nil else { return nil }
        var index = 0
        guard let (start, digits) = Self.number(text, &index, atMost: 8) else { return nil }
        (first, firstDigits) = (start, digits)
        if digits != 8 {
            guard digits <= 4, index < text.count, readRest(text, &index) else { return nil }
        }
        guard index < text.count else { return }
        guard let time = ScannedTime(text, from: index) else { return nil }
        self.time = time
    }

    private mutating func readRest(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        mark = text[index]
        guard mark == 0x2D || mark == 0x2F || mark == 0x2E || mark == 0x20 else { return false }
        index += 1
        guard index < text.count else { return false }
        if text[index].isLetter {
            guard readMonthName(text, &index) else { return false }
        } else {
            guard mark != 0x20, let (middle, digits) = Self.number(text, &index, atMost: 2), digits <= 2,
                index < text.count, text[index] == mark
            else { return false }
            second = middle
            index += 1
        }
        guard let (end, digits) = Self.number(text, &index, atMost: 4) else { return false }
        (third, thirdDigits) = (end, digits)
        return true
    }

    private mutating func readMonthName(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        let start = index
        while index < text.count, text[index].isLetter { index += 1 }
        guard let month = MonthName.month(UnsafeBufferPointer(rebasing: text[start..<index])) else {
            return false
        }
        (second, hasMonthName) = (month, true)
        if mark == 0x20, index < text.count, text[index] == 0x2E { index += 1 }
        guard index < text.count, text[index] == mark else { return false }
        index += 1
        return true
    }

    private static func number(
        _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int, atMost limit: Int
    ) -> (value: Int, digits: Int)? {
        var value = 0
        var digits = 0
        while index < text.count, let digit = text[index].digitValue {
            guard digits < limit else { return nil }
            value = value * 10 + digit
            digits += 1
            index += 1
        }
        return digits == 0 ? nil : (value, digits)
    }
}

extension ScannedDate {
    /// Whether the text has the layout's shape, whatever its numbers.
    func hasShape(of layout: DateFormat.Layout) -> Bool {
        if firstDigits == 8 { return layout == .compact }
        if hasMonthName { return layout == .dayMonthNameYear && firstDigits <= 2 && thirdDigits == 4 }
        let isYearFirst = firstDigits == 4 && thirdDigits <= 2
        let isYearLast = firstDigits <= 2 && thirdDigits == 4
        let isShort = firstDigits <= 2 && thirdDigits == 2
        return switch layout {
        case .yearMonthDay: isYearFirst && mark == 0x2D
        case .yearMonthDaySlashes: isYearFirst && mark == 0x2F
        case .dayMonthYearSlashes, .monthDayYearSlashes: isYearLast && mark == 0x2F
        case .dayMonthYearDots: isYearLast && mark == 0x2E
        case .dayMonthYearDashes, .monthDayYearDashes: isYearLast && mark == 0x2D
        case .dayMonthShortYearSlashes, .monthDayShortYearSlashes: isShort && mark == 0x2F
        case .dayMonthShortYearDots: isShort && mark == 0x2E
        case .compact, .dayMonthNameYear: false
        }
    }

    /// The day as the layout reads it; nil when there is no such day or the shape is another.
    func date(as layout: DateFormat.Layout) -> CivilDate? {
        guard hasShape(of: layout) else { return nil }
        let shortYear = third + (third < 70 ? 2000 : 1900)
        return switch layout {
        case .compact: CivilDate(year: first / 10_000, month: first / 100 % 100, day: first % 100)
        case .yearMonthDay, .yearMonthDaySlashes: CivilDate(year: first, month: second, day: third)
        case .dayMonthYearSlashes, .dayMonthYearDots, .dayMonthYearDashes, .dayMonthNameYear:
            CivilDate(year: third, month: second, day: first)
        case .monthDayYearSlashes, .monthDayYearDashes: CivilDate(year: third, month: first, day: second)
        case .dayMonthShortYearSlashes, .dayMonthShortYearDots:
            CivilDate(year: shortYear, month: second, day: first)
        case .monthDayShortYearSlashes: CivilDate(year: shortYear, month: first, day: second)
        }
    }
}
