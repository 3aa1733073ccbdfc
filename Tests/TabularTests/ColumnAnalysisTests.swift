import Tabular
import Testing

/// The analysis of a column that holds `values`.
private func analyse(_ values: [String]) throws -> ColumnAnalysis {
    let quoted = values.map { "\"\($0)\"" }
    let file = TemporaryFile((["column"] + quoted).joined(separator: "\n") + "\n")
    let format = DelimitedFormat(columns: ["column"])
    let table = try withExtendedLifetime(file) { try TableAnalysis.of(path: file.path, format: format) }
    return try #require(table.columns.first)
}

@Suite struct ColumnAnalysisTests {
    @Test(arguments: [
        ("YYYY-MM-DD", ["2017-03-01", "2016-10-20"]),
        ("YYYY/MM/DD", ["2017/03/01", "2016/10/20"]),
        ("DD/MM/YYYY", ["01/03/2017", "20/10/2016"]),
        ("M/D/YYYY", ["3/1/2017", "10/20/2016"]),
        ("DD.MM.YYYY", ["01.03.2017", "2.10.2016"]),
        ("DD-MM-YYYY", ["01-03-2017", "20-10-2016"]),
        ("MM-DD-YYYY", ["03-01-2017", "10-20-2016"]),
        ("YYYYMMDD", ["20170301", "20161020"]),
        ("D MMM YYYY", ["1 mar 2017", "20 ottobre 2016", "3 Jan 2017", "4 AUGUST 2017"]),
        ("M/D/YY", ["3/1/17", "10/20/16"]),
        ("DD/MM/YYYY HH:MM", ["20/10/2016 09:30", "01/03/2017 00:00"]),
        ("YYYY-MM-DD HH:MM:SS", ["2016-10-20 09:30:15", "2017-03-01T10:00:00"]),
        ("YYYY-MM-DDTHH:MM:SSZ", ["2016-10-20T09:30:15.123Z", "2017-03-01T10:00:00+02:00"]),
    ])
    func `dates tell their format`(format: String, values: [String]) throws {
        let analysis = try analyse(values)
        #expect(analysis.format == format)
        #expect(analysis.kind == (format.contains("HH") ? .instant : .date))
        #expect(!analysis.ambiguous)
    }

    @Test func `days up to twelve leave day and month open`() throws {
        let slashes = try analyse(["01/02/2020", "3/4/2020", "12/12/2020"])
        #expect(slashes.kind == .date)
        #expect(slashes.ambiguous)
        #expect(slashes.alternatives == ["DD/MM/YYYY", "M/D/YYYY"])
        let dashes = try analyse(["01-02-2020", "03-04-2020"])
        #expect(dashes.alternatives == ["DD-MM-YYYY", "MM-DD-YYYY"])
        let settled = try analyse(["01/02/2020", "13/04/2020"])
        #expect(!settled.ambiguous)
        #expect(settled.alternatives.isEmpty)
    }

    @Test func `midnight everywhere is a date`() throws {
        let analysis = try analyse(["2020-01-01 00:00:00", "2020-01-02 00:00:00"])
        #expect(analysis.kind == .date)
        #expect(analysis.format == "YYYY-MM-DD HH:MM:SS")
    }

    @Test(arguments: [
        ("1,234.56", ["1,234.56", "999.5", "1,000,000.00"]),
        ("1.234,56", ["1.234,56", "-999,5", "1.000.000"]),
        ("1234.56", ["1234.56", "0.125", "-7"]),
        ("1234,56", ["1234,56", "0,125", "7"]),
        ("1 234,56", ["1 234,56", "1\u{A0}000", "12,5"]),
        ("1'234.56", ["1'234.56", "1’000"]),
    ])
    func `numbers tell their format`(format: String, values: [String]) throws {
        let analysis = try analyse(values)
        #expect(analysis.format == format)
        #expect(!analysis.ambiguous)
        #expect(analysis.kind == .decimal || analysis.kind == .money)
    }

    @Test func `a mark before three digits alone is ambiguous`() throws {
        let points = try analyse(["1.234", "5.678"])
        #expect(points.ambiguous)
        #expect(points.alternatives == ["1.234,56", "1234.56"])
        #expect(points.kind == .integer)
        let commas = try analyse(["1,234", "25"])
        #expect(commas.alternatives == ["1,234.56", "1234,56"])
        #expect(try !analyse(["1.234", "0.5"]).ambiguous)
        #expect(try !analyse(["1.234", "1.234.567"]).ambiguous)
    }

    @Test func `money is known by its sign or by cents`() throws {
        #expect(try analyse(["€ 1.234,50", "(12,00) €", "EUR 7,10"]).kind == .money)
        #expect(try analyse(["$5", "$1,000"]).kind == .money)
        #expect(try analyse(["1100.04", "251.41", "7"]).kind == .money)
        #expect(try analyse(["1.125", "251.41"]).kind == .decimal)
        #expect(try analyse(["12%", "7.5 %"]).kind == .decimal)
    }

    @Test(arguments: [
        (ColumnKind.boolean, ["true", "false", "TRUE"]), (.boolean, ["Sì", "no", "si"]),
        (.boolean, ["vero", "falso"]),
        (.boolean, ["1", "0", "1"]), (.boolean, ["x", "", "X"]), (.integer, ["1", "1"]),
        (.integer, ["1996", "2004"]),
        (.email, ["anna@example.com", "u.go@mail.example.it"]),
        (.phone, ["+39 0543 123456", "(555) 123-4567"]),
        (.phone, ["0543123456", "+39333123456"]), (.url, ["https://example.com/a", "www.example.com"]),
        (.text, ["00123", "00456"]), (.text, ["GTX Pro", "MG Special"]), (.empty, ["", " "]),
        (.text, ["Rossi", "12", "2020-01-01"]),
    ])
    func `values tell their kind`(kind: ColumnKind, values: [String]) throws {
        #expect(try analyse(values).kind == kind)
    }

    @Test func `a few wrong values are counted and do not hide the kind`() throws {
        let values = (1...28).map { "\($0)/02/2020" } + ["n/a", "30/02/2020", ""]
        let analysis = try analyse(values)
        #expect(analysis.kind == .date)
        #expect(analysis.format == "DD/MM/YYYY")
        #expect(analysis.unfit == 2)
        #expect(analysis.empty == 1)
    }

    @Test func `samples are the first five different values`() throws {
        let analysis = try analyse(["a", "a", "b", "", "c", "d", "e", "f"])
        #expect(analysis.samples == ["a", "b", "c", "d", "e"])
        #expect(analysis.distinct == 6)
        #expect(analysis.empty == 1)
    }

    @Test func `different values are counted up to the limit`() throws {
        #expect(try analyse((1...5000).map { "value \($0)" }).distinct == ColumnAnalysis.distinctLimit)
    }

    @Test func `faulty rows are listed and counted`() throws {
        let file = TemporaryFile("a,b\n1,2\n1\n1,2,3\n\"x\"y\",2\n")
        let table = try TableAnalysis.of(path: file.path)
        #expect(table.rows == 4)
        #expect(table.faultyRows == 2)
        #expect(table.findings.map(\.line) == [3, 4, 5])
        #expect(table.columns.map(\.empty) == [0, 1])
    }

    @Test func `reading ends when it is told to`() throws {
        let file = TemporaryFile("a\n" + String(repeating: "x\n", count: 5000))
        let table = try TableAnalysis.of(path: file.path, while: { false })
        #expect(table.rows == 1024)
    }
}
