import Tabular
import Testing
import Wire

private let wide = [
    TableColumn(key: "name", title: "Nome"), TableColumn(key: "count", title: "Numero"),
    TableColumn(key: "amount", title: "Importo"), TableColumn(key: "rate", title: "Tasso"),
    TableColumn(key: "day", title: "Giorno"), TableColumn(key: "at", title: "Quando"),
    TableColumn(key: "open", title: "Aperto"),
]

private func cells(_ number: Int) throws -> [Cell] {
    let day = try #require(CivilDate(year: 2020, month: 1 + number % 12, day: 1 + number % 28))
    return [
        .text("Caffè & <Forlì> \(number)"), .integer(Int64(number)), .money(minor: 123_450, currency: "EUR"),
        .decimal(scaled: 1250, digits: 3), .date(day), .instant(Instant(milliseconds: 1_582_972_200_000)),
        .boolean(number % 2 == 0),
    ]
}

@Suite struct SpreadsheetWriterTests {
    /// One part of the XLSX archive; nil where there is no unzip.
    private func part(_ name: String, of file: TemporaryFile) -> String? {
        output(of: "unzip -p \(file.path) \(name)")
    }

    @Test func `cells keep their types`() throws {
        let file = TemporaryFile([], suffix: ".xlsx")
        let writer = SpreadsheetWriter(path: file.path, sheetName: "Opportunità [2020]")
        try writer.begin(columns: wide)
        for number in 0..<100 { try writer.row(try cells(number)) }
        try writer.row([.null, .integer(1 << 60), .null, .null, .date(try #require(CivilDate("1850-01-01")))])
        try writer.row([.text("a\u{0}b\u{1}c"), .text("=1+1"), .text(String(repeating: "è", count: 40_000))])
        try writer.finish()
        #expect(file.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
        guard let sheet = part("xl/worksheets/sheet1.xml", of: file) else { return }
        #expect(sheet.contains("<t>Caffè &amp; &lt;Forlì&gt; 7</t>"))
        #expect(sheet.contains("<c r=\"B9\"><v>7</v></c>"))
        #expect(sheet.contains("<v>1234.5</v>"))
        #expect(sheet.contains("<v>1.25</v>"))
        #expect(sheet.contains("<c r=\"G2\" t=\"b\"><v>1</v></c>"))
        // 1 January 2020 is day 43831 of a spreadsheet; 29 February 2020 10:30 is 43890.4375.
        #expect(sheet.contains("<v>43831</v>"))
        #expect(sheet.contains("<v>43890.4375</v>"))
        #expect(sheet.contains("<t>1152921504606846976</t>"))
        #expect(sheet.contains("<t>1850-01-01</t>"))
        #expect(sheet.contains("<t>=1+1</t>"))
        #expect(!sheet.contains("<f>"))
        #expect(part("xl/workbook.xml", of: file)?.contains("name=\"Opportunità 2020\"") == true)
        let styles = try #require(part("xl/styles.xml", of: file))
        #expect(styles.contains("#,##0.00 [$EUR]"))
        #expect(styles.contains("0.000"))
    }

    @Test func `the file is well-formed XML throughout`() throws {
        let file = TemporaryFile([], suffix: ".xlsx")
        let writer = SpreadsheetWriter(path: file.path, sheetName: "")
        try writer.begin(columns: wide)
        try writer.row([.text("\u{1}\u{1F}\u{FFFE}😀")])
        try writer.finish()
        let script =
            "import sys,zipfile,xml.dom.minidom as m;z=zipfile.ZipFile(sys.argv[1]);"
            + "[m.parseString(z.read(n)) for n in z.namelist()];print('sound')"
        guard output(of: "python3 -c 'print(1)'") != nil else { return }
        #expect(output(of: "python3 -c \"\(script)\" \(file.path)") == "sound\n")
    }

    @Test func `a folder that is not there is an error`() {
        let writer = SpreadsheetWriter(path: "/nowhere/at/all.xlsx", sheetName: "x")
        #expect(throws: TableFileError.cannotOpen(errno: 2)) { try writer.begin(columns: wide) }
    }
}

@Suite struct ListWriterTests {
    private func print(_ count: Int, columns: [TableColumn] = wide) throws -> TemporaryFile {
        let file = TemporaryFile([], suffix: ".pdf")
        let style = CellStyle(
            numbers: .commaGroupedByPoints, dates: .dayMonthYearSlashes, yes: "sì", no: "no")
        let writer = ListWriter(
            to: try TableOutput(path: file.path), title: "Opportunità vinte", note: "Creato il 21/11/2026",
            style: style)
        try writer.begin(columns: columns)
        for number in 0..<count { try writer.row(try cells(number)) }
        try writer.finish()
        return file
    }

    @Test func `a list has title, note, heading on every page and every row`() throws {
        let file = try print(500)
        #expect(file.bytes.starts(with: Array("%PDF-1.".utf8)))
        guard let text = output(of: "pdftotext -layout \(file.path) -") else { return }
        let pages = text.split(separator: "\u{C}").map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        #expect(pages.count > 10)
        #expect(pages[0].contains("Opportunità vinte"))
        #expect(pages[0].contains("Creato il 21/11/2026"))
        #expect(pages.allSatisfy { $0.contains("Importo") && $0.contains("Nome") })
        for number in 0..<500 { #expect(text.contains("Caffè & <Forlì> \(number) ")) }
        #expect(text.contains("1.234,50"))
        #expect(text.contains("29/02/2020") == false)
        #expect(text.contains("01/01/2020"))
    }

    @Test func `a list without rows still has its heading`() throws {
        let file = try print(0)
        guard let text = output(of: "pdftotext -layout \(file.path) -") else { return }
        #expect(text.contains("Quando"))
    }

    @Test func `text that does not fit stays in its column`() throws {
        let file = TemporaryFile([], suffix: ".pdf")
        let writer = ListWriter(to: try TableOutput(path: file.path), title: "", note: "")
        let many = (0..<8).map { TableColumn(key: "c\($0)", title: "Column\($0)") }
        try writer.begin(columns: many)
        let long = String(repeating: "long\n", count: 200)
        try writer.row(many.map { _ in .text(long) })
        try writer.finish()
        let picture = TemporaryFile([], suffix: ".pgm")
        guard output(of: "pdftoppm -gray -r 72 \(file.path) > \(picture.path)") != nil else { return }
        let (width, height) = (842, 596)
        let pixels = picture.bytes.suffix(width * height)
        #expect(pixels.count == width * height)
        let isInked = (0..<width).map { x in
            (0..<height).contains { pixels[pixels.startIndex + $0 * width + x] < 128 }
        }
        #expect(isInked[37...800].contains(true))
        #expect(!isInked[..<35].contains(true))
        #expect(!isInked[807...].contains(true))
        // Between two columns a gap is left, though each text is many times as long.
        for column in 1..<8 {
            let border = Int(36 + 769.89 / 8 * Double(column))
            #expect(!isInked[(border - 2)...(border + 2)].contains(true))
        }
    }

    @Test func `pages go out while rows come in`() throws {
        var bytes = 0
        let output = TableOutput { bytes += $0.count }
        let writer = ListWriter(to: output, title: "x", note: "y")
        try writer.begin(columns: wide)
        for number in 0..<3000 { try writer.row(try cells(number)) }
        let before = bytes
        try writer.finish()
        #expect(before > 0)
        #expect(bytes > before)
    }

    @Test func `a writer let go midway leaves nothing behind that fails`() throws {
        var writer: ListWriter? = ListWriter(to: TableOutput(), title: "x", note: "y")
        try writer?.begin(columns: wide)
        try writer?.row(try cells(1))
        weak let gone = writer
        writer = nil
        #expect(gone == nil)
    }

    @Test func `a full disk is an error`() throws {
        let writer = ListWriter(to: try TableOutput(path: "/dev/full"), title: "x", note: "y")
        try writer.begin(columns: wide)
        try writer.row(try cells(1))
        #expect(throws: TableFileError.self) { try writer.finish() }
    }
}
