import Postgres
import Testing
import Wire

@Suite struct SQLTests {
    @Test func `interpolated values become binds`() throws {
        let id = try #require(UUIDv7("0190b5a0-0000-7000-8000-000000000001"))
        let sql: SQL = "select \("a'b"), \(7), \(true), \(id), \(nil as String?), \([1, 2] as [UInt8])"
        #expect(sql.text == "select $1, $2, $3, $4, $5, $6")
        #expect(
            sql.binds == [
                .text("a'b"), .text("7"), .text("true"), .text(id.description), .null, .binary([1, 2]),
            ])
    }

    @Test func `arrays become one literal`() {
        #expect(
            "\(["a", "b\"c", "d\\e", "", "null"])" as SQL
                == SQL(
                    text: "$1", binds: [.text(#"{"a","b\"c","d\\e","","null"}"#)]))
        #expect("\([1, -2] as [Int64])" as SQL == SQL(text: "$1", binds: [.text("{1,-2}")]))
    }

    @Test func `a spliced part is renumbered, but not within quotes, comments and bodies`() {
        let part: SQL =
            "b = \(2) and c = '$1' and \"$1\" = E'\\'$1' /* $1 /* $1 */ */ and d$1 = $t$ $1 $t$ -- $1"
        let sql: SQL = "a = \(1) and \(sql: part)\n and e = \(3)"
        #expect(
            sql.text == """
                a = $1 and b = $2 and c = '$1' and "$1" = E'\\'$1' /* $1 /* $1 */ */ and d$1 = $t$ $1 $t$ -- $1
                 and e = $3
                """)
        #expect(sql.binds == [.text("1"), .text("2"), .text("3")])
    }

    @Test func `parts are joined with their binds in order`() {
        let parts: [SQL] = ["a = \(1)", "b = any(\([2, 3]))", "c is null", "d = \(4)"]
        #expect(parts.joined(separator: " and ").text == "a = $1 and b = any($2) and c is null and d = $3")
    }

    @Test func `names are quoted and raw text needs its label`() {
        let sql: SQL = "select \(unsafeSQL: "count(*)") from \(identifier: "we\"ird")"
        #expect(sql.text == "select count(*) from \"we\"\"ird\"")
    }
}
