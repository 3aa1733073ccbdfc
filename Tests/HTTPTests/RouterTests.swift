import HTTP
import Testing

@Suite struct `Finding routes` {
    private func router(_ routes: [(Method, String)]) throws -> Router<String> {
        var router = Router<String>()
        for (method, pattern) in routes { try router.add(method, pattern, "\(method) \(pattern)") }
        return router
    }

    /// What a path leads to, in words.
    private func found(_ router: Router<String>, _ method: Method, _ segments: [String]) -> String {
        switch router.match(method, segments) {
        case .found(let value, let parameters): "\(value) \(parameters.joined(separator: ","))"
        case .methodNotAllowed(let methods): "only \(methods.map(\.name).joined(separator: ","))"
        case .notFound: "none"
        }
    }

    @Test func `literal segments win over parameters and parameters over the rest`() throws {
        let router = try router([
            (.get, "/"), (.get, "/accounts/{id}"), (.get, "/accounts/export"), (.post, "/accounts/import"),
            (.get, "/{entity}/{id}/log"), (.get, "/accounts/export/{name}"), (.get, "/files/{path...}"),
        ])
        #expect(found(router, .get, []) == "GET / ")
        #expect(found(router, .get, ["accounts", "7"]) == "GET /accounts/{id} 7")
        #expect(found(router, .get, ["accounts", "export"]) == "GET /accounts/export ")
        #expect(found(router, .get, ["accounts", "import"]) == "only POST")
        #expect(found(router, .get, ["accounts", "export", "log"]) == "GET /accounts/export/{name} log")
        #expect(found(router, .get, ["accounts", "7", "log"]) == "GET /{entity}/{id}/log accounts,7")
        #expect(found(router, .get, ["files", "a", "b"]) == "GET /files/{path...} a,b")
        #expect(found(router, .get, ["files"]) == "none")
        #expect(found(router, .get, ["accounts"]) == "none")
        #expect(found(router, .get, ["accounts", "7", ""]) == "none")
        #expect(found(router, .get, ["accounts", "7", "log", "x"]) == "none")
    }

    @Test func `a known path tells its methods, with HEAD beside GET`() throws {
        let router = try router([(.patch, "/a/{id}"), (.get, "/a/{id}"), (.delete, "/a/{id}"), (.post, "/b")])
        #expect(found(router, .put, ["a", "1"]) == "only DELETE,GET,HEAD,PATCH")
        #expect(found(router, .head, ["a", "1"]) == "GET /a/{id} 1")
        #expect(found(router, .head, ["b"]) == "only POST")
        #expect(found(router, "get", ["b"]) == "only POST")
    }

    @Test(arguments: [
        ("/a/{id}", "/a/{id}"), ("/a/{id}", "/a/{name}"), ("/a", "/a"), ("/a/{rest...}", "/a/{other...}"),
    ])
    func `patterns for the same paths clash`(_ first: String, _ second: String) throws {
        var router = try router([(.get, first)])
        #expect(throws: RouteClash.self) { try router.add(.get, second, "") }
    }

    @Test func `patterns that differ only in a name clash for other methods too`() throws {
        var router = try router([(.get, "/a/{id}")])
        let clash = #expect(throws: RouteClash.self) { try router.add(.patch, "/a/{name}", "") }
        #expect(clash?.existing == "/a/{id}")
        #expect(clash?.description == "PATCH /a/{name} clashes with /a/{id}")
        try router.add(.patch, "/a/{id}", "")
    }

    @Test(arguments: ["", "a", "/{", "/{}", "/a}", "/{a}b", "/{a}/{a}", "/{a...}/b", "/{...}", "/{a b}"])
    func `what is no pattern is refused`(_ pattern: String) throws {
        var router = Router<String>()
        let clash = #expect(throws: RouteClash.self) { try router.add(.get, pattern, "") }
        #expect(clash?.existing == nil)
    }
}
