import Testing
import Wire

@Suite struct CivilDateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
        ("1900-03-01", -25_508), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `a day has its number and the number its day`(text: String, days: Int) {
        #expect(CivilDate(text)?.daysSinceEpoch == days)
        #expect(CivilDate(daysSinceEpoch: days).description == text)
    }

    @Test(arguments: [
        "", "2026-1-1", "2026-02-29", "1900-02-29", "2026-04-31", "2026-00-01", "2026-13-01", "2026-01-00",
        "0000-01-01",
        "2026-01-01T", "20260101", " 2026-01-01", "12026-01-01", "-001-01-01",
    ])
    func `a day that does not exist or another form is refused`(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `every day of four centuries follows the one before`() throws {
        var date = try #require(CivilDate(year: 1899, month: 12, day: 31))
        for days in (date.daysSinceEpoch + 1)...(date.daysSinceEpoch + 146_097) {
            let next = CivilDate(daysSinceEpoch: days)
            let isLast = date.day == CivilDate.days(inMonth: date.month, of: date.year)
            #expect(next.day == (isLast ? 1 : date.day + 1) && next > date && next.daysSinceEpoch == days)
            date = next
        }
        #expect(date.description == "2299-12-31")
    }

    @Test func `adding days stops at the calendar's ends`() {
        let date = CivilDate(daysSinceEpoch: 0)
        #expect(date.adding(days: -1).description == "1969-12-31")
        #expect(date.adding(days: .max).description == "9999-12-31")
        #expect(date.adding(days: .min).description == "0001-01-01")
    }
}
