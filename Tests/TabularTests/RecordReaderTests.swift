import Tabular
import Testing

/// All rows of a file read with `format`, or as detected.
func rows(_ file: TemporaryFile, _ format: DelimitedFormat? = nil) throws -> [Row] {
    let format = try format ?? DelimitedFormat.detect(path: file.path)
    let reader = try RecordReader(path: file.path, format: format)
    var rows: [Row] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
}

/// A format without header whose rows may have any width.
private let bare = DelimitedFormat(hasHeader: false)

@Suite struct RecordReaderTests {
    @Test func `quoted fields keep separators, doubled quotes and line ends`() throws {
        let file = TemporaryFile("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",3\n")
        let rows = try rows(file)
        #expect(rows.map(\.fields) == [["x,y", "say \"hi\""], ["two\r\nlines", "3"]])
        #expect(rows.map(\.line) == [2, 3])
        #expect(rows.allSatisfy { $0.problem == nil })
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `every line end separates rows`(lineEnd: String) throws {
        let file = TemporaryFile(["a;b", "1;2", "", "3;4"].joined(separator: lineEnd) + lineEnd)
        let rows = try rows(file)
        #expect(rows.map(\.fields) == [["1", "2"], ["3", "4"]])
        #expect(rows.map(\.line) == [2, 4])
    }

    @Test func `line ends may be mixed and the last may be missing`() throws {
        let file = TemporaryFile("a,b\r1,2\r\n\r\n3,4\n\n\n5,6\r\r7,8")
        let rows = try rows(file)
        #expect(rows.map(\.fields) == [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]])
        #expect(rows.map(\.line) == [2, 4, 7, 9])
    }

    @Test func `lines inside quotes count`() throws {
        let file = TemporaryFile("a,b\n\"1\n\n\r\n\r4\",x\n5,y\n")
        let rows = try rows(file)
        #expect(rows.map(\.line) == [2, 7])
    }

    @Test func `a ragged row keeps its fields and tells its width`() throws {
        let file = TemporaryFile("a,b,c\n1,2,3\n1,2\n1,2,3,4\n")
        let rows = try rows(file)
        #expect(rows.map(\.fields.count) == [3, 2, 4])
        #expect(
            rows.map(\.problem) == [nil, .width(found: 2, expected: 3), .width(found: 4, expected: 3)])
    }

    @Test func `an unclosed quote is reported with the line where it opens`() throws {
        let file = TemporaryFile("a,b\n1,2\n3,\"open\n5,6\n7,8\n")
        let rows = try rows(file, DelimitedFormat(columns: ["a", "b"]))
        #expect(rows.count == 2)
        #expect(rows.last?.problem == .unclosedQuote(line: 3))
        #expect(rows.last?.line == 3)
    }

    @Test func `quotes in words are text`() throws {
        let file = TemporaryFile("a,b\n5\" pipe,x\nO\"Neil,y\n")
        let rows = try rows(file)
        #expect(rows.map(\.fields) == [["5\" pipe", "x"], ["O\"Neil", "y"]])
        #expect(rows.allSatisfy { $0.problem == nil })
    }

    @Test func `a quote that is not doubled is kept and noted`() throws {
        let file = TemporaryFile("a,b\n\"He said \"hi, there\" to me\",x\n\"\"Hello\"\",y\n")
        let rows = try rows(file)
        #expect(rows.map(\.fields) == [["He said \"hi, there\" to me", "x"], ["\"\"Hello\"\"", "y"]])
        #expect(rows.map(\.problem) == [.strayQuote(column: 0), .strayQuote(column: 0)])
        #expect(rows.allSatisfy { $0.problem?.isWarning == true })
    }

    @Test func `spaces around quotes are passed over`() throws {
        let file = TemporaryFile("a,b,c\n1, \"Rossi, Mario\" , 3\n2, \"quoted\" word,4\n")
        let rows = try rows(file)
        #expect(rows.map(\.fields) == [["1", "Rossi, Mario", " 3"], ["2", " \"quoted\" word", "4"]])
    }

    @Test func `NUL and control characters are reported`() throws {
        let file = TemporaryFile("a,b\n1,x\u{0}y\n2,x\u{7}y\n3,tab\there\n")
        let rows = try rows(file)
        #expect(rows.map(\.problem) == [.nulCharacter(column: 1), .controlCharacter(column: 1), nil])
    }

    @Test func `a field past the limit is cut and reported`() throws {
        let long = String(repeating: "x", count: 3 << 20)
        let file = TemporaryFile("a,b\n1,\(long)\n2,y\n")
        let rows = try rows(file)
        #expect(rows[0].problem == .fieldTooLong(column: 1, limit: 1 << 20))
        #expect(rows[0].fields[1].utf8.count == 1 << 20)
        #expect(rows[1].fields == ["2", "y"])
    }

    @Test func `a row past the limit is cut and reported`() throws {
        let field = String(repeating: "x", count: 1 << 20)
        let file = TemporaryFile(Array(repeating: field, count: 10).joined(separator: ",") + "\nnext\n")
        let rows = try rows(file, bare)
        #expect(rows[0].problem == .rowTooLong(limit: 8 << 20))
        #expect(rows[1].fields == ["next"])
    }

    @Test func `columns past the limit are counted`() throws {
        let file = TemporaryFile(Array(repeating: "x", count: 600).joined(separator: ",") + "\n")
        let row = try #require(try rows(file, bare).first)
        #expect(row.fields.count == 500)
        #expect(row.problem == .tooManyFields(found: 600, limit: 500))
    }

    @Test func `a row of 500 columns is whole`() throws {
        let file = TemporaryFile((1...500).map { "c\($0)" }.joined(separator: "\t") + "\n")
        #expect(try DelimitedFormat.detect(path: file.path).columns.count == 500)
    }

    @Test func `a blank line is no row but a quoted empty field is`() throws {
        let file = TemporaryFile("name\n\n  \n\"\"\nx\n")
        let rows = try rows(file, DelimitedFormat(columns: ["name"]))
        #expect(rows.map(\.fields) == [[""], ["x"]])
        #expect(rows.map(\.line) == [4, 5])
    }

    @Test func `a spreadsheet's separator line is no row`() throws {
        let file = TemporaryFile("sep=;\r\na;b\r\n1,5;2\r\n")
        let format = try DelimitedFormat.detect(path: file.path)
        #expect(format.separator == .semicolon)
        #expect(format.columns == ["a", "b"])
        let rows = try rows(file, format)
        #expect(rows.map(\.fields) == [["1,5", "2"]])
        #expect(rows.map(\.line) == [3])
    }

    @Test func `a file that is not there is refused`() {
        #expect(throws: TableFileError.cannotOpen(errno: 2)) {
            try RecordReader(path: "/nowhere/at-all.csv", format: bare)
        }
    }

    @Test func `rows are the same wherever blocks of the file end`() throws {
        // Rows of changing length put every kind of byte on the borders of 64 KB blocks.
        var text = "n,t\n"
        for row in 0..<30_000 {
            text += "\(row),\"è \(String(repeating: "x", count: row % 7)) \"\"q\"\"\r\n,\"\r\n"
        }
        let expected = (0..<30_000).map { row in
            [String(row), "è \(String(repeating: "x", count: row % 7)) \"q\"\r\n,"]
        }
        for bytes in [Array(text.utf8), text.utf16Bytes(), text.windows1252Bytes] {
            let file = TemporaryFile(bytes)
            let rows = try rows(file)
            #expect(rows.map(\.fields) == expected)
            #expect(rows.last?.line == 2 + 2 * 29_999)
        }
    }
}
