import Testing
import Wire

@Suite struct JSONValueTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("0.000", 0), ("0e999999999999", 0), ("1e3", 1000), ("12.0", 12),
            ("1200e-2", 12),
            ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("0.00012e5", 12),
            ("1.5", nil), ("1e-1", nil), ("9223372036854775808", nil), ("1e19", nil),
            ("1e999999999999999999999", nil),
            ("9007199254740993", 9_007_199_254_740_993),
        ] as [(String, Int64?)])
    func `a number is whole when its exact value is`(text: String, expected: Int64?) throws {
        #expect(try JSON.parse(text).integerValue == expected)
    }

    @Test func `a decimal is scaled without rounding`() {
        #expect(JSONNumber(text: "19.99")?.scaled(2) == 1999)
        #expect(JSONNumber(text: "0.1")?.scaled(2) == 10)
        #expect(JSONNumber(text: "-0.07")?.scaled(2) == -7)
        #expect(JSONNumber(text: "0.075")?.scaled(2) == nil)
        #expect(JSONNumber(text: "92233720368547758.07")?.scaled(2) == Int64.max)
        #expect(JSONNumber(text: "92233720368547758.08")?.scaled(2) == nil)
    }

    @Test(arguments: ["", "01", "1.", "1e", " 1", "1 ", "0x1", "Infinity", "--1"])
    func `text that is no JSON number makes none`(text: String) {
        #expect(JSONNumber(text: text) == nil)
    }

    @Test func `a number beyond a Double has none`() {
        #expect(JSONNumber(text: "1e400")?.double == nil)
        #expect(JSONNumber(text: "2.5e-3")?.double == 0.0025)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
    }

    @Test func `members keep their places when set and lose them when removed`() {
        var object = JSONObject()
        for key in ["c", "a", "b"] { object[key] = 1 }
        object["a"] = 2
        #expect(object.keys == ["c", "a", "b"])
        object["c"] = nil
        #expect(object.keys == ["a", "b"])
        #expect(object["c"] == nil)
        object["missing"] = nil
        #expect(object.count == 2)
    }

    @Test func `a large object stays right through removals and replacements`() {
        var object = JSONObject()
        for number in 0..<100 { object["k\(number)"] = .integer(number) }
        for number in stride(from: 0, to: 100, by: 2) { object["k\(number)"] = nil }
        object["k99"] = "last"
        object["k0"] = "back"
        #expect(object.count == 51)
        #expect(object["k97"] == 97)
        #expect(object["k98"] == nil)
        #expect(object.keys.last == "k0")
        #expect(object["k99"] == "last")
    }

    @Test func `objects are equal in any order and arrays are not`() {
        #expect(["a": 1, "b": [1, 2]] as JSON == ["b": [1, 2], "a": 1])
        #expect(["a": 1] as JSON != ["a": 1, "b": nil])
        #expect([1, 2] as JSON != [2, 1])
    }

    @Test func `a value of another kind is nil`() {
        let value: JSON = ["text": "x", "flag": true, "none": nil]
        #expect(value["text"]?.integerValue == nil)
        #expect(value["flag"]?.stringValue == nil)
        #expect(value["flag"]?.boolValue == true)
        #expect(value["none"]?.isNull == true)
        #expect(JSON.string("x")["text"] == nil)
    }
}
