import Tabular
import Testing

private func detect(_ text: String) throws -> DelimitedFormat {
    let file = TemporaryFile(text)
    return try withExtendedLifetime(file) { try DelimitedFormat.detect(path: file.path) }
}

@Suite struct FormatDetectionTests {
    @Test(arguments: DelimitedFormat.Separator.allCases)
    func `each separator is found`(separator: DelimitedFormat.Separator) throws {
        let rows = [["name", "city", "amount"], ["Rossi", "Forlì", "12"], ["Bianchi", "Roma", "7"]]
        let text = rows.map { $0.joined(separator: separator.rawValue) }.joined(separator: "\n")
        let format = try detect(text)
        #expect(format.separator == separator)
        #expect(format.columns == ["name", "city", "amount"])
        #expect(format.hasHeader)
    }

    @Test func `decimal commas do not make a comma the separator`() throws {
        let format = try detect("1,5;2,5;3,5\n4,5;5,5;6,5\n7,1;8,2;9,3\n")
        #expect(format.separator == .semicolon)
        #expect(!format.hasHeader)
        #expect(format.columns == ["A", "B", "C"])
    }

    @Test func `separators inside quotes do not count`() throws {
        let format = try detect("a,b\n\"x;y;z\",1\n\"p;q;r\",2\n\"s;t;u\",3\n")
        #expect(format.separator == .comma)
    }

    @Test func `commas in text do not win over the separator`() throws {
        let format = try detect(
            "nome;indirizzo\nRossi, Mario;Via Roma, 1\nBianchi, Ugo;Via Po, 2\nVerdi, Anna;Via Po, 3\n")
        #expect(format.separator == .semicolon)
    }

    @Test func `single quotes are found where they enclose fields`() throws {
        let quoted = try detect("'a','b'\n'x, y','1'\n'z, w','2'\n")
        #expect(quoted.quote == .single)
        #expect(quoted.columns == ["a", "b"])
        let names = try detect("name,city\nO'Brien,'s-Hertogenbosch\nD'Angelo,L'Aquila\n")
        #expect(names.quote == .double)
    }

    @Test func `a single column is a table`() throws {
        let format = try detect("email\nanna@example.com\nugo@example.com\n")
        #expect(format.columns == ["email"])
        #expect(format.hasHeader)
    }

    @Test func `a first row of values is no header`() throws {
        #expect(try !detect("1,Rossi,2020-01-01\n2,Verdi,2020-01-02\n").hasHeader)
        #expect(try !detect("Won,Rossi\nLost,Verdi\nWon,Bianchi\n").hasHeader)
        #expect(try detect("product,2023,2024\nGTX,10,20\nMG,30,40\n").hasHeader)
        #expect(try detect(",a,b\n0,x,y\n1,z,w\n").columns == ["A", "a", "b"])
    }

    @Test func `columns of the same name are told apart`() throws {
        #expect(
            try detect("name,city,name, name \nx,y,z,w\n").columns == [
                "name", "city", "name (2)", "name (3)",
            ])
    }

    @Test func `a few broken rows do not mislead`() throws {
        var text = "id|name|note\n"
        for row in 0..<50 { text += row % 10 == 3 ? "\(row)|short\n" : "\(row)|n\(row)|a, b; c\n" }
        let format = try detect(text)
        #expect(format.separator == .bar)
        #expect(format.columns.count == 3)
    }

    @Test(arguments: ["", "\n\n\r\n", "\u{FEFF}"])
    func `a file without rows is refused`(text: String) {
        #expect(throws: TableFileError.empty) { try detect(text) }
    }

    @Test func `more than 500 columns are refused`() {
        let text = (1...501).map { "c\($0)" }.joined(separator: ",")
        #expect(throws: TableFileError.tooManyColumns(found: 501, limit: 500)) { try detect(text) }
    }
}
