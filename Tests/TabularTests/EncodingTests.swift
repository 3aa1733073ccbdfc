import Tabular
import Testing

@Suite struct EncodingTests {
    private static let text = "nome;città;prezzo\r\nCaffè;Forlì;12 €\r\n\"à;è\";\"ù\"\"\";x\r\n"
    private static let encoded: [(bytes: [UInt8], encoding: TextEncoding)] = [
        (Array(text.utf8), .utf8),
        ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
        (text.utf16Bytes(), .utf16LittleEndian),
        (text.utf16Bytes(bigEndian: true), .utf16BigEndian),
        (text.windows1252Bytes, .windows1252),
    ]

    @Test(arguments: encoded.indices)
    func `text reads the same in every encoding`(index: Int) throws {
        let (bytes, encoding) = Self.encoded[index]
        let file = TemporaryFile(bytes)
        let format = try DelimitedFormat.detect(path: file.path)
        #expect(format.encoding == encoding)
        #expect(format.separator == .semicolon)
        #expect(format.columns == ["nome", "città", "prezzo"])
        #expect(try rows(file).map(\.fields) == [["Caffè", "Forlì", "12 €"], ["à;è", "ù\"", "x"]])
    }

    @Test(arguments: encoded.indices)
    func `a row's original bytes are found again`(index: Int) throws {
        let (bytes, _) = Self.encoded[index]
        let file = TemporaryFile(bytes)
        let format = try DelimitedFormat.detect(path: file.path)
        let reader = try RecordReader(path: file.path, format: format)
        let first = try #require(try reader.next())
        let second = try #require(try reader.next())
        #expect(first.byteOffset + first.byteLength == second.byteOffset)
        #expect(second.byteOffset + second.byteLength == Int64(bytes.count))
        let original = bytes[Int(second.byteOffset)...]
        #expect(try reader.originalBytes(of: second) == Array(original))
        #expect(try reader.originalText(of: first) == "Caffè;Forlì;12 €")
        #expect(try reader.originalText(of: second) == "\"à;è\";\"ù\"\"\";x")
    }

    @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1252])
    func `reading goes on from any row`(encoding: TextEncoding) throws {
        let text = "id,nota\n" + (1...40).map { "\($0),\"perché €\n\($0)\"\n\n" }.joined()
        let bytes =
            switch encoding {
            case .utf8: Array(text.utf8)
            case .utf16LittleEndian: text.utf16Bytes()
            case .utf16BigEndian: text.utf16Bytes(bigEndian: true)
            case .windows1252: text.windows1252Bytes
            }
        let file = TemporaryFile(bytes)
        let format = try DelimitedFormat.detect(path: file.path)
        #expect(format.encoding == encoding)
        let all = try rows(file, format)
        let reader = try RecordReader(path: file.path, format: format)
        for index in all.indices {
            let resumed = try RecordReader(path: file.path, format: format, from: reader.position)
            #expect(try resumed.next() == all[index])
            #expect(try resumed.next() == (index + 1 < all.count ? all[index + 1] : nil))
            _ = try reader.next()
        }
        #expect(try reader.next() == nil)
        #expect(reader.position.byteOffset == Int64(bytes.count))
    }

    @Test func `a byte that UTF-8 does not know late in the file makes it windows-1252`() throws {
        var bytes = Array("a,b\n".utf8)
        for _ in 0..<50_000 { bytes += Array("plain,text\n".utf8) }
        bytes += Array("caff".utf8) + [0xE8] + Array(",x\n".utf8)
        let file = TemporaryFile(bytes)
        #expect(try DelimitedFormat.detect(path: file.path).encoding == .windows1252)
        #expect(try rows(file).last?.fields == ["caffè", "x"])
    }

    @Test func `bytes that the chosen encoding does not know are reported`() throws {
        let utf8 = TemporaryFile(Array("a,b\n1,caff".utf8) + [0xE8] + Array("\n2,ok\n".utf8))
        let wrong = try rows(utf8, DelimitedFormat(columns: ["a", "b"]))
        #expect(wrong.map(\.problem) == [.undecodable(column: 1), nil])
        #expect(wrong.first?.fields == ["1", "caff\u{FFFD}"])

        let undefined = TemporaryFile(Array("a,b\n1,x".utf8) + [0x81, 0xE8] + Array("\n2,ok\n".utf8))
        let rows = try rows(undefined)
        #expect(rows.map(\.problem) == [.undecodable(column: 1), nil])
        #expect(rows.first?.fields == ["1", "x\u{FFFD}è"])
        #expect(rows.map(\.byteOffset) == [4, 10])
    }

    @Test func `a lone surrogate is reported and does not shift what follows`() throws {
        var bytes = "a,b\n1,x".utf16Bytes()
        bytes += [0x00, 0xD8]
        bytes += "y\n2,😀\n3,z\n".utf16Bytes().dropFirst(2)
        let file = TemporaryFile(bytes)
        let rows = try rows(file)
        #expect(rows.map(\.fields) == [["1", "x\u{FFFD}y"], ["2", "😀"], ["3", "z"]])
        #expect(rows.map(\.problem) == [.undecodable(column: 1), nil, nil])
        #expect(rows.last.map { $0.byteOffset + $0.byteLength } == Int64(bytes.count))
    }
}
