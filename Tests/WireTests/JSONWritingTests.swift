import Testing
import Wire

@Suite struct JSONWritingTests {
    @Test func `what was read is written back unchanged`() throws {
        let text = #"{"z":[1.50,-0,1E+2,{}],"a":{"b":[],"c":"\"\\\u0001\n/è😀"},"n":null,"t":true,"f":false}"#
        #expect(try JSON.parse(text).text == text)
    }

    @Test func `every control character, quote and backslash is escaped and read back`() throws {
        let text = String(String.UnicodeScalarView((1...0x7F).compactMap { Unicode.Scalar(UInt8($0)) }))
        let encoded = JSON.string(text).encoded()
        #expect(encoded.allSatisfy { $0 >= 0x20 })
        #expect(try JSON.parse(encoded) == .string(text))
        #expect(JSON.string("\t\u{1F}").text == #""\t\u001f""#)
    }

    @Test func `a writer sets commas at every depth`() throws {
        var writer = JSONWriter(capacity: 64)
        writer.beginObject()
        writer.key("items")
        writer.beginArray()
        for number in [Int64.min, 0, Int64.max] {
            writer.beginObject()
            writer.field("n", number)
            writer.field("even", number % 2 == 0)
            writer.endObject()
        }
        writer.beginArray()
        writer.endArray()
        writer.raw("[1,2]".utf8)
        writer.null()
        writer.endArray()
        writer.field("next", nil as String?)
        writer.endObject()
        let expected =
            #"{"items":[{"n":-9223372036854775808,"even":true},{"n":0,"even":true},"#
            + #"{"n":9223372036854775807,"even":false},[],[1,2],null],"next":null}"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }

    @Test func `fields of each kind are written in their form`() throws {
        var writer = JSONWriter(capacity: 64)
        writer.beginObject()
        writer.field("text", "a\"b")
        writer.field("number", 12)
        writer.field("id", UUIDv7("0193a5c2-8f00-7abc-8def-0123456789ab"))
        writer.field("instant", Instant(milliseconds: 0))
        writer.field("date", CivilDate(year: 2026, month: 2, day: 3))
        writer.field("json", ["a": [1]] as JSON)
        writer.field("raw", raw: "{}".utf8)
        writer.field("no_date", nil as CivilDate?)
        writer.field("no_raw", raw: nil as [UInt8]?)
        writer.endObject()
        let expected: JSON = [
            "text": "a\"b", "number": 12, "id": "0193a5c2-8f00-7abc-8def-0123456789ab",
            "instant": "1970-01-01T00:00:00.000Z", "date": "2026-02-03", "json": ["a": [1]], "raw": [:],
            "no_date": nil, "no_raw": nil,
        ]
        #expect(try JSON.parse(writer.bytes) == expected)
    }
}
