import Testing
import Wire

@Suite struct JSONReadingTests {
    @Test(arguments: [
        ("", 0, JSONError.Reason.unfinished),
        ("  ", 2, .unfinished),
        ("{", 1, .unfinished),
        ("[1,", 3, .unfinished),
        ("[1,]", 3, .unexpected),
        ("[1 2]", 3, .unexpected),
        ("{\"a\":1,}", 7, .unexpected),
        ("{a:1}", 1, .unexpected),
        ("{\"a\" 1}", 5, .unexpected),
        ("tru", 3, .unfinished),
        ("nul!", 3, .unexpected),
        ("1 2", 2, .trailing),
        ("[] x", 3, .trailing),
        ("\u{FEFF}1", 0, .unexpected),
        ("01", 0, .badNumber),
        ("-", 0, .badNumber),
        ("1.", 0, .badNumber),
        (".5", 0, .unexpected),
        ("+1", 0, .unexpected),
        ("1e", 0, .badNumber),
        ("1.2.3", 0, .badNumber),
        ("NaN", 0, .unexpected),
        ("\"abc", 4, .unfinished),
        ("\"a\nb\"", 2, .unexpected),
        ("\"a\u{0}\"", 2, .nulCharacter),
        (#""\u0000""#, 1, .nulCharacter),
        (#"{"\u0000":1}"#, 2, .nulCharacter),
        (#""\x""#, 1, .badEscape),
        (#""\u12g4""#, 1, .badEscape),
        (#""\ud800""#, 1, .badEscape),
        (#""\ud800\u0041""#, 1, .badEscape),
        (#""\udc00""#, 1, .badEscape),
        (#""\u12"#, 5, .unfinished),
        (#""\"#, 2, .unfinished),
        (#"{"a":1,"b":2,"a":3}"#, 13, .duplicateKey),
        (#"{"a":1,"\u0061":3}"#, 7, .duplicateKey),
    ])
    func `a broken document is refused with its place and reason`(
        text: String, offset: Int, reason: JSONError.Reason
    ) {
        #expect(throws: JSONError(offset: offset, reason: reason)) { try JSON.parse(text) }
    }

    @Test func `invalid UTF-8 is refused where it starts`() {
        #expect(throws: JSONError(offset: 2, reason: .invalidUTF8)) {
            try JSON.parse([0x22, 0x61, 0xC0, 0x80, 0x22])
        }
    }

    @Test func `nesting is allowed up to the limit and no further`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSON.parse(nested(32)).arrayValue?.count == 1)
        #expect(throws: JSONError(offset: 32, reason: .tooDeep)) { try JSON.parse(nested(33)) }
        #expect(throws: JSONError(offset: 512, reason: .tooDeep)) {
            try JSON.parse(nested(100_000), limits: JSONLimits(depth: 100_000))
        }
    }

    @Test func `a number of 400 characters is read and one of 401 refused`() throws {
        let long = String(repeating: "9", count: 400)
        #expect(try JSON.parse(long).numberValue?.text == long)
        #expect(throws: JSONError(offset: 0, reason: .badNumber)) { try JSON.parse(long + "9") }
    }

    @Test func `escapes become their characters`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u00e8\ud83d\ude00 è😀""#
        #expect(try JSON.parse(text) == .string("\"\\/\u{8}\u{C}\n\r\tè😀 è😀"))
    }

    @Test func `spaces are allowed around every token`() throws {
        let value = try JSON.parse(" {\t\"a\" :\r\n[ 1 , true , null ] } ")
        #expect(value == ["a": [1, true, nil]])
    }

    @Test func `keys that only look the same are different members`() throws {
        let value = try JSON.parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test func `a repeated key is found among thousands`() throws {
        let members = (0..<20_000).map { "\"k\($0)\":\($0)" }
        let value = try JSON.parse("{\(members.joined(separator: ","))}")
        #expect(value["k19999"] == 19999)
        #expect(value.objectValue?.count == 20_000)
        let error = #expect(throws: JSONError.self) {
            try JSON.parse("{\(members.joined(separator: ",")),\"k7\":0}")
        }
        #expect(error?.reason == .duplicateKey)
    }

    @Test func `an error's description shows nothing of the document`() {
        let error = #expect(throws: JSONError.self) { try JSON.parse(#"{"password":"hunter2"!"#) }
        #expect(error.map(String.init(describing:)) == "JSON refused at byte 21: unexpected")
    }
}
