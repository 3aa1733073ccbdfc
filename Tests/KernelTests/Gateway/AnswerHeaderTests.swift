import HTTP
import Kernel
import TestKit
import Testing
import Wire

/// What stands in the head of every answer.
@Suite struct AnswerHeaderTests {
    @Test func `every answer says how browsers are to treat it`() async throws {
        let company = try await ApiPlatform.company()
        for (method, path) in [
            ("GET", "accounts"), ("GET", "nowhere"), ("PUT", "accounts"), ("OPTIONS", "accounts"),
            ("GET", "/health/live"), ("GET", "/.well-known/jwks.json"), ("GET", "/nowhere"),
            ("GET", "openapi.json"), ("POST", "/health/live"),
        ] {
            try expectSafe(company.send(method, path), "\(method) \(path)")
        }
        try expectSafe(company.admin.exchange(Array("GET / HTTP/1.1\r\n\r\n".utf8)), "no host")
    }

    private func expectSafe(_ answer: APIResponse, _ name: String) throws {
        let policy = answer.header("content-security-policy") ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(name)")
        for (header, value) in [
            ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"), ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            #expect(answer.header(header) == value, "\(name): \(header)")
            #expect(answer.headers.count { $0.name == header } == 1, "\(name): \(header)")
        }
        #expect(answer.header("strict-transport-security") == nil, "\(name)")
        #expect(answer.header("x-request-id") != nil, "\(name)")
    }

    @Test func `a trace goes on, and what is none begins anew`() async throws {
        let company = try await ApiPlatform.company()
        let id = "4bf92f3577b34da6a3ce929d0e0e4736"
        func traced(_ value: String) throws -> String {
            try company.send("GET", "me", headers: ["traceparent": value]).header("traceparent") ?? ""
        }
        let sent = "00-\(id)-00f067aa0ba902b7-01"
        let answered = try traced(sent)
        #expect(answered.hasPrefix("00-\(id)-"))
        #expect(answered.hasSuffix("-01"))
        #expect(answered != sent)
        #expect(try traced(sent) != answered)
        #expect(try traced("cc-\(id)-00f067aa0ba902b7-01-what-later-versions-say").hasPrefix("00-\(id)-"))
        for wrong in [
            "", "00", "00-\(id)-00f067aa0ba902b7", "ff-\(id)-00f067aa0ba902b7-01",
            "00-\(id.uppercased())-00f067aa0ba902b7-01", "00-\(id)-0000000000000000-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-\(id)-00f067aa0ba902b7-01-x",
            "00-\(id)0-00f067aa0ba902b7-01", "00-\(id)-00f067aa0ba902b7-0g",
        ] {
            let answer = try traced(wrong)
            #expect(!answer.contains(id), "\(wrong)")
            #expect(answer.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]/) != nil, "\(answer)")
        }
    }

    @Test func `a route on its way out says since when and until when`() async throws {
        let platform = try await TestPlatform(
            plugins: [KernelPlugin(), RetiringPlugin()])
        let answer = try platform.client().send("GET", "retiring")
        #expect(answer.status == 204)
        #expect(answer.header("deprecation") == "@1790812800")
        #expect(answer.header("sunset") == "Fri, 01 Oct 2027 00:00:00 GMT")
        #expect(answer.header("link") == "<https://example.com/guide>; rel=\"deprecation\"")
        let document = OpenAPIDocument(
            registry: platform.runtime.registry, publicURL: "http://localhost", language: .english
        ).json
        let paths = document["paths"]
        #expect(paths?["/retiring"]?["get"]?["deprecated"] == true)
        #expect(paths?["/meta"]?["get"]?["deprecated"] == nil)
    }
}

/// A plugin with one route that is to go.
private struct RetiringPlugin: Plugin {
    static let manifest = Manifest(
        id: "retiring", version: 1, isOptional: false,
        messages: [
            MessageCatalog(.english, json: Self.texts), MessageCatalog(.italian, json: Self.texts),
        ])
    private static let texts = Array(
        #"{"plugin.retiring": "Retiring", "action.Retiring": "Says nothing"}"#.utf8)

    var body: [any Contribution] { Actions(Retiring.self) }
}

private struct Retiring: Action {
    typealias Input = NoInput
    static let route = Route.get("/retiring")
    static let access = RouteAccess.open
    static let answer = AnswerShape.nothing
    static let status = 204
    static let deprecation: Deprecation? = Deprecation(
        since: Instant(milliseconds: 1_790_812_800_000), sunset: Instant(milliseconds: 1_822_348_800_000),
        link: "https://example.com/guide")

    static func run(_ input: Values<NoInput>, in context: Context) async throws(Problem) -> Answer {
        .noContent
    }
}
