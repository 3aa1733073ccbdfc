import TestKit
import Testing
import Wire

/// What holds for every route: methods, media types, headers, languages, the form of problems.
@Suite struct ApiProtocolTests {
    @Test func `another method is refused with those that there are`() async throws {
        let company = try await ApiPlatform.company()
        let put = try company.send("PUT", "accounts", ["name": "x"])
        #expect(put.status == 405)
        #expect(put.header("allow") == "GET, HEAD, OPTIONS, POST")
        let id = UUIDv7.make()
        #expect(
            try company.send("POST", "accounts/\(id)", [:]).header("allow")
                == "DELETE, GET, HEAD, OPTIONS, PATCH")
        let options = try company.send("OPTIONS", "accounts")
        #expect(options.status == 204)
        #expect(options.header("allow") == "GET, HEAD, OPTIONS, POST")
    }

    @Test func `HEAD is GET without the body`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("accounts", ["name": "Head"])
        let get = try company.send("GET", "accounts/\(id)")
        let head = try company.send("HEAD", "accounts/\(id)")
        #expect(head.status == 200)
        #expect(head.bytes.isEmpty)
        #expect(head.header("etag") == get.header("etag"))
        #expect(head.header("content-length") == get.header("content-length"))
        #expect(try company.send("HEAD", "accounts/\(UUIDv7.make())").status == 404)
    }

    @Test func `bodies are JSON and nothing else`() async throws {
        let company = try await ApiPlatform.company()
        let bytes = Array("{\"name\":\"x\"}".utf8)
        for type in [
            "text/plain", "application/xml", "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded", "",
        ] {
            let answer = try company.admin.send(
                "POST", "/api/v1/accounts", bytes: bytes, headers: ["Content-Type": type])
            #expect(answer.status == 415, "\(type)")
        }
        for type in [
            "application/json", "application/json; charset=utf-8", "Application/JSON",
            "application/merge-patch+json",
        ] {
            let answer = try company.admin.send(
                "POST", "/api/v1/accounts", bytes: bytes, headers: ["Content-Type": type])
            #expect(answer.status == 201, "\(type)")
        }
        let broken = try company.admin.send(
            "POST", "/api/v1/accounts", bytes: Array("{\"name\":".utf8),
            headers: ["Content-Type": "application/json"])
        #expect(broken.status == 400)
        #expect(broken.code == "malformed_json")
        #expect(broken.json["offset"] == 8)
        let large = try company.send(
            "POST", "accounts", ["name": .string(String(repeating: "x", count: 1_100_000))])
        #expect(large.status == 413)
    }

    @Test func `what is unknown is refused, not passed over`() async throws {
        let company = try await ApiPlatform.company()
        let id = try company.make("accounts", ["name": "Known"])
        #expect(try company.send("GET", "accounts?nope=1").faults == ["nope:unknown_parameter"])
        #expect(try company.send("GET", "accounts/\(id)?nope=1").faults == ["nope:unknown_parameter"])
        #expect(try company.send("POST", "accounts?dry_run=true", ["name": "x"]).status == 400)
        #expect(try company.send("DELETE", "accounts/\(id)?force=true").status == 400)
        #expect(try company.send("GET", "accounts?limit=1&limit=2").faults == ["limit:repeated_parameter"])
        #expect(try company.send("GET", "settings?nope=1").status == 400)
        #expect(try company.send("GET", "nowhere").status == 404)
        #expect(try company.send("GET", "/api/v2/accounts").status == 404)
        #expect(try company.send("GET", "accounts/").status == 404)
    }

    @Test func `a request id goes in and comes out`() async throws {
        let company = try await ApiPlatform.company()
        let own = try company.send("GET", "accounts", headers: ["X-Request-ID": "shop-42.a_b"])
        #expect(own.header("x-request-id") == "shop-42.a_b")
        let problem = try company.send("GET", "accounts?x=1", headers: ["X-Request-ID": "shop-43"])
        #expect(problem.json["request_id"] == "shop-43")
        for bad in ["a b", "<script>", String(repeating: "x", count: 65), "é"] {
            let answer = try company.send("GET", "accounts", headers: ["X-Request-ID": bad])
            #expect(UUIDv7(answer.header("x-request-id") ?? "") != nil, "\(bad)")
        }
    }

    @Test func `texts are in the language that is asked for, else the person's`() async throws {
        let company = try await ApiPlatform.company()
        func title(_ language: String?) throws -> String? {
            company.admin.language = language ?? "de"
            return try company.send("GET", "accounts/\(UUIDv7.make())").json["title"]?.stringValue
        }
        let english = try title("en")
        let italian = try title("it-IT,it;q=0.9,en;q=0.8")
        #expect(english != italian)
        #expect(try title("fr, en;q=0.5") == english)
        let person = try title(nil)
        try company.send("PATCH", "me", ["locale": person == italian ? "en" : "it"])
        #expect(try title(nil) == (person == italian ? english : italian))
        company.admin.language = "it"
        let fault = try company.send("POST", "accounts", [:]).json["errors"]?.arrayValue?.first?["message"]?
            .stringValue
        company.admin.language = "en"
        let other = try company.send("POST", "accounts", [:]).json["errors"]?.arrayValue?.first?["message"]?
            .stringValue
        #expect(fault != nil && fault != other)
    }

    @Test func `absent, malformed and binned records answer the same`() async throws {
        let company = try await ApiPlatform.company()
        let binned = try company.make("accounts", ["name": "Gone"])
        try company.send("DELETE", "accounts/\(binned)")
        let absent = UUIDv7.make().description
        let expected = try company.send("GET", "accounts/\(absent)").compared(without: absent)
        for id in [binned, "not-an-id", UUIDv7.zero.description] {
            #expect(try company.send("GET", "accounts/\(id)").compared(without: id) == expected, "\(id)")
        }
    }

    @Test func `answers tell browsers to be careful`() async throws {
        let company = try await ApiPlatform.company()
        let answer = try company.send("GET", "accounts")
        #expect(answer.header("x-content-type-options") == "nosniff")
        #expect(answer.header("cache-control") == "no-store")
        #expect(answer.header("referrer-policy") == "no-referrer")
        #expect(answer.header("content-security-policy")?.contains("frame-ancestors 'none'") == true)
        let anonymous = try await ApiPlatform.shared.value.client()
        let refused = try anonymous.send("GET", "accounts")
        #expect(refused.status == 401)
        #expect(refused.header("www-authenticate") == "Bearer")
        #expect(refused.headers.filter { $0.name == "www-authenticate" }.count == 1)
        #expect(refused.formFault == nil)
    }
}
