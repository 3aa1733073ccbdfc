import Tabular
import Testing
import Wire

/// What a parse comes to: the value's description or the fault's code.
private func outcome<Value>(_ parse: () throws(ValueFault) -> Value) -> String {
    do throws(ValueFault) {
        return "\(try parse())"
    } catch {
        return error.rawValue
    }
}

@Suite struct ValueParserTests {
    @Test(arguments: [
        ("YYYY-MM-DD", "2020-02-29", "2020-02-29"), ("YYYY-MM-DD", " 2020-02-29 ", "2020-02-29"),
        ("YYYY-MM-DD", "2021-02-29", "out_of_range"), ("YYYY-MM-DD", "29/02/2020", "not_a_date"),
        ("DD/MM/YYYY", "3/4/2020", "2020-04-03"), ("M/D/YYYY", "3/4/2020", "2020-03-04"),
        ("M/D/YYYY", "13/4/2020", "out_of_range"), ("DD.MM.YYYY", "1.2.2020", "2020-02-01"),
        ("DD-MM-YYYY", "01-02-2020", "2020-02-01"), ("MM-DD-YYYY", "01-02-2020", "2020-01-02"),
        ("YYYYMMDD", "20200131", "2020-01-31"), ("YYYYMMDD", "2020131", "not_a_date"),
        ("D MMM YYYY", "3 gennaio 2020", "2020-01-03"), ("D MMM YYYY", "3-Dec-2020", "2020-12-03"),
        ("D MMM YYYY", "3 marvel 2020", "not_a_date"), ("DD/MM/YY", "01/02/69", "2069-02-01"),
        ("DD/MM/YY", "01/02/70", "1970-02-01"), ("YYYY/MM/DD", "2020/1/2", "2020-01-02"),
        ("YYYY-MM-DD", "2020-01-02 10:00", "not_a_date"),
        ("YYYY-MM-DD HH:MM", "2020-01-02 10:00", "2020-01-02"),
        ("YYYY-MM-DD", "", "empty"), ("YYYY-MM-DD", "0000-01-01", "out_of_range"),
        ("YYYY-MM-DD", "n/a", "not_a_date"),
    ])
    func `a day is read by its format`(format: String, text: String, expected: String) {
        let parser = ValueParser(format: format)
        #expect(outcome { () throws(ValueFault) in try parser.civilDate(text) } == expected)
    }

    @Test func `a local time has day and time of day`() throws {
        let parser = ValueParser(format: "DD/MM/YYYY HH:MM:SS")
        let time = try parser.localDateTime("01/02/2020 9:05:07,5")
        #expect(time.date.description == "2020-02-01")
        #expect(time.millisecondOfDay == ((9 * 60 + 5) * 60 + 7) * 1000 + 500)
        #expect(try parser.localDateTime("01/02/2020").millisecondOfDay == 0)
        #expect(try parser.localDateTime("01/02/2020 12:30 AM").hour == 0)
        #expect(try parser.localDateTime("01/02/2020 2:30 pm").hour == 14)
        #expect(throws: ValueFault.notADate) { try parser.localDateTime("01/02/2020 25:00") }
    }

    @Test func `an instant needs its offset`() throws {
        let parser = ValueParser(format: "YYYY-MM-DDTHH:MM:SSZ")
        let expected = try #require(Instant("2020-01-01T08:30:00.250Z"))
        #expect(try parser.instant("2020-01-01T10:30:00.250+02:00") == expected)
        #expect(try parser.instant("2020-01-01 08:30:00.25Z") == expected)
        #expect(throws: ValueFault.notAnInstant) { try parser.instant("2020-01-01T10:30:00") }
    }

    @Test(arguments: [
        (NumberFormat.point, "1234.5", 2, "123450"), (.point, "-0.01", 2, "-1"), (.point, "+7", 2, "700"),
        (.point, "1.230", 2, "123"), (.point, "1.234", 2, "too_many_decimals"),
        (.point, "1,234", 2, "not_a_number"),
        (.point, ".5", 1, "5"), (.point, "12.", 1, "not_a_number"), (.point, "abc", 1, "not_a_number"),
        (.point, "", 1, "empty"), (.point, "--5", 0, "not_a_number"), (.point, "1e5", 0, "not_a_number"),
        (.point, "9223372036854775807", 0, "9223372036854775807"),
        (.point, "9223372036854775808", 0, "out_of_range"),
        (.point, "9223372036854775807", 2, "out_of_range"), (.point, "12 34", 0, "not_a_number"),
        (.commaGroupedByPoints, "1.234,56", 2, "123456"), (.commaGroupedByPoints, "1234,5", 2, "123450"),
        (.commaGroupedByPoints, "€ -1.234,56", 2, "-123456"),
        (.commaGroupedByPoints, "(1.000) EUR", 0, "-1000"),
        (.commaGroupedByPoints, "(€ 1.000)", 0, "-1000"),
        (.commaGroupedByPoints, "1.23,4", 2, "not_a_number"),
        (.pointGroupedByCommas, "$1,234,567.8", 1, "12345678"),
        (.pointGroupedByCommas, "1,23", 0, "not_a_number"),
        (.pointGroupedByCommas, "12.5%", 2, "1250"), (.pointGroupedByCommas, "5-", 0, "-5"),
        (.commaGroupedBySpaces, "1\u{202F}234,5 €", 1, "12345"), (.comma, "1234,56", 2, "123456"),
        (.pointGroupedByApostrophes, "CHF 1'234.50", 2, "123450"), (.comma, "\u{2212}3", 0, "-3"),
    ])
    func `a number is read exactly by its format`(
        format: NumberFormat, text: String, digits: Int, expected: String
    ) {
        let parser = ValueParser(numberFormat: format)
        #expect(
            outcome { () throws(ValueFault) in try parser.scaledInteger(text, digits: digits) } == expected)
    }

    @Test func `decimals are rounded only when asked`() throws {
        let parser = ValueParser()
        #expect(try parser.scaledInteger("1.005", digits: 2, rounding: true) == 101)
        #expect(try parser.scaledInteger("-1.005", digits: 2, rounding: true) == -101)
        #expect(try parser.scaledInteger("1.0049", digits: 2, rounding: true) == 100)
        #expect(try parser.scaledInteger("0.5", digits: 0, rounding: true) == 1)
    }

    @Test(arguments: [
        ("true", "true"), ("FALSE", "false"), ("Yes", "true"), ("no", "false"), ("sì", "true"),
        ("SÌ", "true"),
        ("si\u{300}", "true"), ("si", "true"), ("Vero", "true"), ("falso", "false"), ("1", "true"),
        ("0", "false"),
        (" x ", "true"), ("forse", "not_a_boolean"), ("2", "not_a_boolean"), ("", "empty"),
    ])
    func `yes and no are read in both languages`(text: String, expected: String) {
        #expect(outcome { () throws(ValueFault) in try ValueParser().boolean(text) } == expected)
    }

    @Test func `every format's name leads back to it`() {
        for layout in DateFormat.Layout.allCases {
            for time in DateFormat.Time.allCases {
                let format = DateFormat(layout, time: time)
                #expect(DateFormat(format.name) == format)
            }
        }
        #expect(DateFormat("MM/YYYY") == nil)
    }
}
