import Postgres
import TestKit
import Testing
import Wire

/// Pages of other origins.
@Suite struct CrossOriginTests {
    private static let ask = ["Access-Control-Request-Method": "POST"]

    @Test func `an organization lists the origins whose pages may read its answers`() async throws {
        let company = try await ApiPlatform.company()
        let other = try await ApiPlatform.company()
        let origin = "https://listed-\(company.id).example"
        let set = try company.send("PATCH", "settings", ["cors_origins": [.string(origin)]])
        #expect(set.status == 200)
        #expect(set.json["cors_origins"] == [.string(origin)])
        let read = ["Origin": origin]
        #expect(
            try await Deadline.holds {
                try company.send("GET", "accounts", headers: read).header("access-control-allow-origin")
                    == origin
            })
        let answer = try company.send("GET", "accounts", headers: read)
        #expect(answer.header("vary") == "Origin")
        #expect(answer.header("access-control-expose-headers")?.contains("ETag") == true)
        #expect(answer.header("access-control-allow-credentials") == nil)
        // A problem can be read there too; by another organization's caller nothing.
        let missing = try company.send("GET", "accounts/\(UUIDv7.make())", headers: read)
        #expect(missing.header("access-control-allow-origin") == origin)
        let others = try other.send("GET", "accounts", headers: read)
        #expect(others.status == 200)
        #expect(others.header("access-control-allow-origin") == nil)
        let unknown = try company.send("GET", "accounts", headers: ["Origin": "https://evil.example"])
        #expect(unknown.header("access-control-allow-origin") == nil)
        #expect(unknown.header("vary") == "Origin")
    }

    @Test func `a preflight is answered for listed origins and for no other`() async throws {
        let company = try await ApiPlatform.company()
        let origin = "https://preflight-\(company.id).example:8443"
        try company.send("PATCH", "settings", ["cors_origins": [.string(origin)]])
        let client = try await ApiPlatform.shared.value.client()
        let headers = Self.ask.merging(["Origin": origin]) { first, _ in first }
        #expect(
            try await Deadline.holds {
                try client.send("OPTIONS", "accounts", headers: headers)
                    .header("access-control-allow-origin") == origin
            })
        let answer = try client.send("OPTIONS", "accounts", headers: headers)
        #expect(answer.status == 204)
        #expect(answer.header("access-control-allow-methods") == "GET, HEAD, OPTIONS, POST")
        #expect(answer.header("access-control-allow-headers")?.contains("Authorization") == true)
        #expect(answer.header("access-control-allow-credentials") == nil)
        for origin in ["https://evil.example", "null", "\(origin).evil.example"] {
            let refused = try client.send(
                "OPTIONS", "accounts", headers: Self.ask.merging(["Origin": origin]) { first, _ in first })
            #expect(refused.status == 204)
            #expect(refused.header("access-control-allow-origin") == nil)
            #expect(refused.header("access-control-allow-methods") == nil)
        }
    }

    @Test func `a page learns that its token does not hold any more`() async throws {
        let company = try await ApiPlatform.company()
        let origin = "https://expired-\(company.id).example"
        try company.send("PATCH", "settings", ["cors_origins": [.string(origin)]])
        let client = try await ApiPlatform.shared.value.client(token: "nothing")
        func allowed(_ origin: String, _ more: [String: String] = [:]) throws -> String? {
            let headers = more.merging(["Origin": origin]) { first, _ in first }
            let answer = try client.send("GET", "accounts", headers: headers)
            #expect(answer.status == 401)
            #expect(answer.header("vary") == "Origin")
            return answer.header("access-control-allow-origin")
        }
        #expect(try await Deadline.holds { try allowed(origin) == origin })
        #expect(try allowed("https://evil.example") == nil)
        #expect(try allowed(origin, ["Cookie": "stratikey_session=x"]) == nil)
    }

    @Test func `a list that could not be read is read anew`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Origins")
        let client = platform.client()
        func allows(_ origin: String) throws -> Bool {
            let headers = Self.ask.merging(["Origin": origin]) { first, _ in first }
            return try client.send("OPTIONS", "accounts", headers: headers)
                .header("access-control-allow-origin") == origin
        }
        let (first, second) = ("https://first.example", "https://second.example")
        try company.send("PATCH", "settings", ["cors_origins": [.string(first)]])
        #expect(try await Deadline.holds { try allows(first) })
        _ = try platform.database.admin(
            "revoke execute on function platform.list_cors_origins() from platform_app")
        try company.send("PATCH", "settings", ["cors_origins": [.string(first), .string(second)]])
        #expect(try await Deadline.holds { try !allows(first) })
        _ = try platform.database.admin(
            "grant execute on function platform.list_cors_origins() to platform_app")
        #expect(try await Deadline.holds { try allows(second) })
    }

    @Test func `only origins are taken into the list`() async throws {
        let company = try await ApiPlatform.company()
        for text in [
            "https://a.example/", "https://a.example/x", "a.example", "https://", "https://A.example",
            "ftp://a.example", "https://a.example:443", "http://a.example:80", "https://a.example:99999",
            "null", "https://*.example", "https://a.example\r\nX: y", "https://u@a.example", "",
        ] {
            let answer = try company.send("PATCH", "settings", ["cors_origins": [.string(text)]])
            #expect(answer.faults == ["cors_origins:not_origins"], "\(text)")
        }
        for wrong in ["https://a.example", 1, [1], [:]] as [JSON] {
            #expect(try company.send("PATCH", "settings", ["cors_origins": wrong]).status == 422)
        }
        let many = (1...51).map { JSON.string("https://a\($0).example") }
        #expect(try company.send("PATCH", "settings", ["cors_origins": .array(many)]).status == 422)
        for right in ["https://a.example", "http://localhost:3000", "https://xn--e1afmkfd.example:8443"] {
            #expect(
                try company.send("PATCH", "settings", ["cors_origins": [.string(right)]]).status == 200)
        }
    }
}
