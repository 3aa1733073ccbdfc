import Tabular
import Testing
import Wire

let columns = [
    TableColumn(key: "name", title: "Nome"), TableColumn(key: "amount", title: "Importo"),
    TableColumn(key: "day", title: "Giorno"),
]

/// What a writer gives for `rows`.
private func written(
    _ rows: [[Cell]], columns: [TableColumn] = columns, by make: (TableOutput) -> any TableWriter
) throws -> String {
    let output = TableOutput()
    let writer = make(output)
    try writer.begin(columns: columns)
    for row in rows { try writer.row(row) }
    try writer.finish()
    return String(decoding: output.take(), as: UTF8.self)
}

@Suite struct TextWriterTests {
    private let day = CivilDate(year: 2020, month: 2, day: 29)
    private let instant = Instant("2020-02-29T10:30:00.250Z")

    @Test func `cells are written plainly and quoted where RFC 4180 asks`() throws {
        let day = try #require(day)
        let rows: [[Cell]] = [
            [.text("Rossi, \"M.\"\nForlì"), .money(minor: -123_450, currency: "EUR"), .date(day)],
            [.text(" a "), .decimal(scaled: 5, digits: 3), .null],
            [.boolean(true), .money(minor: 1234, currency: "JPY"), .instant(try #require(instant))],
        ]
        let text = try written(rows) { CSVWriter(to: $0, hasMark: false) }
        #expect(
            text == "Nome,Importo,Giorno\r\n\"Rossi, \"\"M.\"\"\nForlì\",-1234.50,2020-02-29\r\n"
                + "\" a \",0.005,\r\ntrue,1234,2020-02-29T10:30:00.250Z\r\n")
    }

    @Test(arguments: ["=1+1", "+39 0543", "-2", "@SUM(A1)", "\tx", "\rx"])
    func `text that a spreadsheet would run is guarded`(text: String) throws {
        let rows = try written([[.text(text), .integer(-2), .null]]) { CSVWriter(to: $0) }
        let field = text.contains("\r") ? "\"'\(text)\"" : "'\(text)"
        #expect(rows == "\u{FEFF}Nome,Importo,Giorno\r\n\(field),-2,\r\n")
    }

    @Test func `numbers and days follow the reader's style`() throws {
        let style = CellStyle(
            numbers: .commaGroupedByPoints, dates: .dayMonthYearSlashes, showsCurrency: true,
            local: { _ in LocalDateTime(date: CivilDate(daysSinceEpoch: 0), hour: 9, minute: 5) })
        let rows: [[Cell]] = [
            [.money(minor: 123_456_789, currency: "EUR"), .integer(1000), .date(try #require(day))],
            [.instant(Instant(milliseconds: 0)), .decimal(scaled: -999, digits: 1), .null],
        ]
        let text = try written(rows) { CSVWriter(to: $0, separator: .comma, hasMark: false, style: style) }
        #expect(
            text.split(separator: "\r\n").dropFirst() == [
                "\"1.234.567,89 EUR\",1.000,29/02/2020", "01/01/1970 09:05:00,\"-99,9\",",
            ])
    }

    @Test(arguments: DelimitedFormat.Separator.allCases)
    func `what is written reads back the same`(separator: DelimitedFormat.Separator) throws {
        let values = [
            "plain", "a,b;c|d\te", "\"", "\"\"x", " lead", "trail ", "line\nbreak", "cr\rlf\r\n", "è€😀", "",
        ]
        let rows = values.map { value in [Cell.text(value), .text(value), .integer(1)] }
        let text = try written(rows) { CSVWriter(to: $0, separator: separator) }
        let file = TemporaryFile(text)
        let format = DelimitedFormat(separator: separator, columns: columns.map(\.title))
        let reader = try RecordReader(path: file.path, format: format)
        for value in values {
            let row = try #require(try reader.next())
            #expect(row.fields == [value, value, "1"])
            #expect(row.problem == nil)
        }
        #expect(try reader.next() == nil)
    }

    @Test func `a lone empty cell is a row`() throws {
        let one = [TableColumn(key: "a", title: "a")]
        let text = try written([[.null], [.text("x")]], columns: one) { CSVWriter(to: $0, hasMark: false) }
        let file = TemporaryFile(text)
        let reader = try RecordReader(path: file.path, format: DelimitedFormat(columns: ["a"]))
        #expect(try reader.next()?.fields == [""])
        #expect(try reader.next()?.fields == ["x"])
    }

    @Test func `a JSON array has an object for each row`() throws {
        let rows: [[Cell]] = [
            [.text("a\"\u{1}è"), .money(minor: 123_450, currency: "EUR"), .date(try #require(day))],
            [.null, .decimal(scaled: -5, digits: 2), .instant(try #require(instant))],
            [.boolean(false), .integer(.max), .null],
        ]
        let json = try JSON.parse(try written(rows) { JSONTableWriter(to: $0) })
        let objects = try #require(json.arrayValue)
        #expect(objects.count == 3)
        #expect(objects[0]["name"]?.stringValue == "a\"\u{1}è")
        #expect(objects[0]["amount"]?.integerValue == 123_450)
        #expect(objects[0]["amount_currency"]?.stringValue == "EUR")
        #expect(objects[0]["day"]?.stringValue == "2020-02-29")
        #expect(objects[1]["name"] == .null)
        #expect(objects[1]["day"]?.stringValue == "2020-02-29T10:30:00.250Z")
        #expect(objects[2]["amount"]?.integerValue == .max)
        #expect(objects[2]["name"]?.boolValue == false)
        #expect(try JSON.parse(try written([]) { JSONTableWriter(to: $0) }).arrayValue?.isEmpty == true)
    }

    @Test func `blocks go on as they fill`() throws {
        var sizes: [Int] = []
        let output = TableOutput { sizes.append($0.count) }
        let writer = CSVWriter(to: output)
        try writer.begin(columns: columns)
        for number in 0..<50_000 {
            try writer.row([.text("a row of some length"), .integer(Int64(number)), .null])
        }
        try writer.finish()
        #expect(sizes.count > 10)
        #expect(sizes.allSatisfy { $0 < 70_000 })
        #expect(output.count == 0)
    }

    @Test func `a full disk is an error`() throws {
        let writer = CSVWriter(to: try TableOutput(path: "/dev/full"))
        try writer.begin(columns: columns)
        #expect(throws: TableFileError.cannotWrite(errno: 28)) { try writer.finish() }
    }
}
