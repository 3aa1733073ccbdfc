import Wire

/// What an attacker, a broken client or a fuzzer sends where a value belongs.
enum HostileValues {
    /// JSON of every kind and size for a member of a body.
    static let members: [String] = [
        "null", "true", "false", "0", "-0", "1.5", "1e999", "-1e999", "1e-999", "1e3", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "9007199254740993",
        "1" + String(repeating: "0", count: 399),
        "[]", "{}", "[1,\"a\",null,{}]", "[null]", "[[]]", "{\"street\":[],\"$ne\":null,\"__proto__\":{}}",
        "[{\"permission\":1,\"scope\":[]},{\"member_id\":{}}]", "\"a\\u0007\\u001b[2Jb\"", "\"\\n\\r\\t\"",
    ]

    /// What is no JSON, or none that is taken, with names for the report.
    static let malformed: [(name: String, json: String)] = [
        (name: "10^400", json: "1" + String(repeating: "0", count: 400)), (name: "NaN", json: "NaN"),
        (name: "Infinity", json: "-Infinity"), (name: "leading zero", json: "01"),
        (name: "hexadecimal", json: "0x10"),
        (name: "deep", json: String(repeating: "[", count: 100) + String(repeating: "]", count: 100)),
        (
            name: "deep object",
            json: String(repeating: "{\"a\":", count: 100) + "1" + String(repeating: "}", count: 100)
        ),
        (name: "duplicate keys", json: "{\"city\":\"a\",\"city\":\"b\"}"),
        (name: "escaped NUL", json: "\"a\\u0000b\""), (name: "lone surrogate", json: "\"\\ud800\""),
        (name: "raw control", json: "\"a\u{1}b\""), (name: "raw NUL", json: "\"a\u{0}b\""),
        (name: "half a string", json: "\"abc"), (name: "trailing", json: "1}{"),
        (name: "comment", json: "1/*x*/"),
    ]

    /// Texts for fields and parameters.
    static let texts: [String] = [
        "", " ", "'", "''", "' or 1=1 --", "\"; drop table kernel.records; --", "$1", "$$", "%", "_%", "\\",
        "\\'", "\\x00",
        "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "../../../etc/passwd", "=cmd|' /C calc'!A0",
        "\u{202e}abc",
        "é\u{301}\u{301}", "\u{feff}", "\u{fffd}", "🧑‍🧑‍🧒‍🧒", "null", "true", "-1", "NaN", "1e999", "0x10",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "not-an-id", "{",
        "[]", "{}",
        "9999-12-31", "10000-01-01", "-0001-01-01", "2026-02-30", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59+00:00",
        "9999-12-31T23:59:59-14:00", "2026-13-01T00:00:00Z", "infinity", "-infinity", "now", "epoch", "a@b",
        "@", "a@b.c\r\nBcc: x@y.z",
        "javascript:alert(1)", "http://", "https://user@host/", "9223372036854775807", "9223372036854775808",
        String(repeating: "9", count: 400), String(repeating: "a", count: 5000),
        String(repeating: "ä", count: 300),
    ]

    /// Raw bytes for a whole body.
    static let bodies: [(name: String, bytes: [UInt8])] = [
        (name: "nothing", bytes: []), (name: "space", bytes: Array(" ".utf8)),
        (name: "word", bytes: Array("hello".utf8)),
        (name: "null", bytes: Array("null".utf8)), (name: "number", bytes: Array("1".utf8)),
        (name: "text", bytes: Array("\"a\"".utf8)), (name: "array", bytes: Array("[]".utf8)),
        (name: "object", bytes: Array("{}".utf8)), (name: "half", bytes: Array("{\"a\":".utf8)),
        (name: "unknown field", bytes: Array("{\"no_such_field\":1}".utf8)),
        (
            name: "standard fields",
            bytes: Array("{\"organization_id\":\"x\",\"version\":1,\"created_by\":null,\"id\":5}".utf8)
        ),
        (name: "duplicate keys", bytes: Array("{\"name\":\"a\",\"name\":\"b\"}".utf8)),
        (name: "same key by escape", bytes: Array("{\"name\":\"a\",\"n\\u0061me\":\"b\"}".utf8)),
        (
            name: "invalid UTF-8",
            bytes: Array("{\"name\":\"".utf8) + [0xff, 0xfe, 0xc0, 0x80] + Array("\"}".utf8)
        ),
        (name: "overlong", bytes: Array("{\"name\":\"".utf8) + [0xc0, 0xaf] + Array("\"}".utf8)),
        (name: "NUL", bytes: [0, 0, 0, 0]), (name: "BOM", bytes: [0xef, 0xbb, 0xbf] + Array("{}".utf8)),
        (name: "NUL in a key", bytes: Array("{\"na\\u0000me\":1}".utf8)),
        (name: "two", bytes: Array("{}{}".utf8)),
        (name: "deep", bytes: Array((String(repeating: "{\"a\":", count: 100_000)).utf8)),
        (
            name: "many keys",
            bytes: Array("{\((0..<5000).map { "\"k\($0)\":1" }.joined(separator: ","))}".utf8)
        ),
    ]

    /// Whole queries, as they stand behind the question mark.
    static let queries: [String] = [
        "%", "%zz", "a=%00", "a=%ff", "=", "&&&", "limit=-1", "limit=0", "limit=201", "limit=1e3",
        "limit=99999999999999999999",
        "limit=1&limit=2", "cursor=", "cursor=abc", "cursor=%00",
        "cursor=\(String(repeating: "A", count: 9000))",
        "page=0", "page=-1", "page=99999", "page=9223372036854775807", "page=1&cursor=a", "sort=", "sort=-",
        "sort=,,",
        "sort=nope", "sort=id;drop", "sort=name,name,name,name", "sort=%27", "order=desc",
        "order=sideways&sort=id",
        "count=all", "count=", "include=", "include=nope", "include=owner,owner", "include=a.b.c", "fields=",
        "fields=,",
        "fields=nope", "fields=%22", "deleted=maybe", "q=%00", "q=%27%20or%201%3D1--",
        "q=%26%7C!%3A*()%3C-%3E", "q=%5C",
        "q=\(String(repeating: "a", count: 3000))", "filter=", "filter=x", "filter=%5B%5D", "filter=%7B%7D",
        "filter=null",
        "filter=%7B%22any%22%3A%5B%5D%7D", "filter=%7B%22not%22%3A%5B%5D%7D",
        "filter=%5B%22id%22%2C%22eq%22%5D",
        "filter=%5B%22id%22%2C%22nope%22%2C1%5D", "filter=%5B1%2C2%2C3%5D",
        "filter=%5B%22id%22%2C%22in%22%2C%5B%5D%5D",
        "filter=\(String(repeating: "%5B", count: 200))",
        "filter=\(String(repeating: "%7B%22all%22%3A%5B", count: 40))",
        "id=x", "id[in]=", "id[in]=,", "id[nope]=1", "id[]=1", "id[eq=1", "id]eq[=1", "[eq]=1",
        "created_at[gte]=yesterday",
        "created_at[within]=", "created_at[within]=99999d", "created_at[within]=next_99999w",
        "created_at[within]=-5d",
        "created_at[within]=this_century", "created_at=9999-12-31", "created_at[gte]=0001-01-01",
        "created_at[lt]=10000-01-01",
        "version[gt]=1e999", "version=1.5", "version[in]=1,x", "version=-0", "nope=1", "constructor=1",
        "__proto__=1",
        "organization_id=00000000-0000-0000-0000-000000000000", "deleted_at[null]=x", "tags=x", "custom=x",
        "group_by=", "group_by=nope", "group_by=id,id,id", "group_by=created_at:century",
        "group_by=created_at:", "group_by=:",
        "group_by=id:day", "measures=", "measures=sum", "measures=sum:", "measures=sum:nope",
        "measures=sum:id",
        "measures=median:version", "measures=count,count",
        "measures=\(String(repeating: "count,", count: 20))",
        "group_by=version,version", "measures=avg:version,min:version,max:version,sum:version", "format=exe",
        "format=",
        "every=0", "every=-1", "entities=nope", "member_id=x",
        "member_id=ffffffff-ffff-ffff-ffff-ffffffffffff",
    ]

    /// Fields of a head, each a whole line.
    static let headers: [String] = [
        "If-Match: rubbish", "If-Match: \"", "If-Match: \"\"", "If-Match: W/\"x\"",
        "If-Match: \"99999999999999999999\"",
        "If-Match: *", "If-Match: \"1\", \"2\"", "Idempotency-Key: \(String(repeating: "k", count: 10_000))",
        "Idempotency-Key: \(String(repeating: "k", count: 256))", "Idempotency-Key: '; drop table x",
        "Idempotency-Key: é",
        "X-Request-ID: a\rb", "X-Request-ID: \(String(repeating: "x", count: 500))", "X-Request-ID: <script>",
        "X-Request-ID: a b", "Authorization: rubbish", "Authorization: Bearer", "Authorization: Bearer ",
        "Authorization: Bearer a.b.c", "Authorization: Bearer \(String(repeating: "a", count: 9000))",
        "Authorization: Basic YWRtaW46YWRtaW4=", "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.",
        "Accept-Language: \u{1}",
        "Accept-Language: \(String(repeating: "xx,", count: 1000))", "Content-Type: text/plain",
        "Content-Type: ;;;",
        "Content-Type: multipart/form-data", "Content-Type: application/x-www-form-urlencoded",
        "Accept: image/png",
        "Content-Encoding: gzip", "Content-Length: -1", "Expect: miracles", "Range: bytes=0-",
        "If-None-Match: *", "X-HTTP-Method-Override: DELETE", "X-Organization-ID: rubbish",
        "Cookie: a=b; =; ;;",
        "Origin: null", "Host: evil.example", "Upgrade: websocket",
        "User-Agent: \(String(repeating: "u", count: 3000))",
    ]

    /// What may stand where an id stands in a path; already escaped.
    static let segments: [String] = [
        "x", "0", "-1", "%27", "%22%3B", "%00", "%ff", "%2e%2e%2f", "..", "%2F", "%", "%zz", "null",
        "undefined",
        "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "{id}", "%7Bid%7D",
        "a%0d%0ab", "%F0%9F%A7%91",
        String(repeating: "a", count: 3000), "1%20or%201=1",
    ]
}
