import Kernel
import TestKit
import Testing
import Wire

/// The built web client, as a browser asks for it.
@Suite struct WebClientTests {
    private let folder: WebFolder

    init() throws { folder = try WebFolder() }

    /// A server of the folder, for as long as `body` asks it.
    private func serve(_ assetsOrigin: String? = nil, _ body: (APIClient) throws -> Void) async throws {
        let web = try WebClient(directory: folder.path, assetsOrigin: assetsOrigin)
        let platform = try await TestPlatform(plugins: [KernelPlugin()], configure: { $0.web = web })
        try withExtendedLifetime(platform) { try body(platform.client()) }
    }

    @Test func `any place of an organization is the shell, and the browser asks each time`() async throws {
        try await serve { client in
            for path in ["/o/acme", "/o/acme/", "/o/acme/accounts/1/x.y?a=b", "/o/%C3%A9"] {
                let answer = try client.send("GET", path)
                #expect(answer.status == 200 && answer.text.contains("index.html"), "\(path)")
                #expect(answer.header("content-type") == "text/html; charset=utf-8")
                #expect(answer.header("cache-control") == "no-cache")
            }
            for path in ["/vendor", "/vendor/", "/vendor/organizations/1"] {
                #expect(try client.send("GET", path).text.contains("vendor.html"), "\(path)")
            }
            let tag = try #require(try client.send("GET", "/o/acme").header("etag"))
            let known = try client.send("GET", "/o/other", headers: ["If-None-Match": tag])
            #expect(known.status == 304 && known.bytes.isEmpty)
            let head = try client.send("HEAD", "/o/acme")
            #expect(head.status == 200 && head.bytes.isEmpty)
        }
    }

    @Test func `shells load from here alone, and no other page shows them`() async throws {
        try await serve { client in
            let policy = """
                default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
                form-action 'self'; base-uri 'none'; frame-ancestors 'none'
                """
            for path in ["/o/acme", "/vendor", "/sw.js", "/assets/app-1A.js"] {
                let answer = try client.send("GET", path)
                for (name, value) in [
                    ("content-security-policy", policy), ("x-content-type-options", "nosniff"),
                    ("x-frame-options", "DENY"), ("cross-origin-opener-policy", "same-origin"),
                    ("cross-origin-resource-policy", "same-origin"), ("referrer-policy", "no-referrer"),
                ] {
                    #expect(
                        answer.headers.filter { $0.name == name }.map(\.value) == [value], "\(path) \(name)")
                }
            }
        }
    }

    @Test func `assets are kept for good and come compressed`() async throws {
        try await serve { client in
            for (accepted, coding) in [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0", nil)] {
                let answer = try client.send(
                    "GET", "/assets/app-1A.js", headers: ["Accept-Encoding": accepted])
                #expect(answer.header("content-encoding") == coding)
                #expect(answer.header("cache-control") == "public, max-age=31536000, immutable")
                #expect(answer.header("content-type") == "text/javascript; charset=utf-8")
                let tag = try #require(answer.header("etag"))
                let known = try client.send(
                    "GET", "/assets/app-1A.js", headers: ["Accept-Encoding": accepted, "If-None-Match": tag])
                #expect(known.status == 304)
            }
            #expect(try client.send("GET", "/sw.js").header("cache-control") == "no-cache")
            let manifest = try client.send("GET", "/app.webmanifest")
            #expect(manifest.header("content-type") == "application/manifest+json")
            #expect(manifest.header("cache-control") == "no-cache")
            #expect(try client.send("GET", "/favicon.ico").header("content-type") == "image/svg+xml")
        }
    }

    @Test func `nothing else of the folder is served, and nothing around it`() async throws {
        try await serve { client in
            for path in [
                "/secret.map", "/manifest.json", "/index.html", "/assets", "/assets/", "/assets/none.js",
                "/assets/..%2fsecret.map", "/assets/../secret.map", "/assets/%2e%2e/secret.map", "/o", "/o/",
                "/sw.js/x", "/assets/.hidden",
            ] {
                let answer = try client.send("GET", path)
                #expect(answer.status == 404, "\(path)")
            }
            #expect(try client.send("POST", "/o/acme", [:]).status == 404)
        }
    }

    @Test func `another build is served without a restart`() async throws {
        try await serve { client in
            for digest in ["3C", "9Z"] {
                try folder.build(digest)
                let page = try client.send("GET", "/nowhere", headers: ["Accept": "text/html"])
                #expect(page.text.contains("href=\"/assets/public-\(digest).css\""))
            }
            #expect(try client.send("GET", "/assets/public-9Z.css").status == 200)
        }
    }

    @Test func `a delivery network may hand the assets on`() async throws {
        try await serve("https://cdn.example.com") { client in
            let shell = try client.send("GET", "/o/acme").header("content-security-policy") ?? ""
            for part in ["script-src", "style-src", "font-src"] {
                #expect(shell.contains("\(part) 'self' https://cdn.example.com;"))
            }
            #expect(shell.contains("img-src 'self' data: blob: https://cdn.example.com;"))
            let asset = try client.send("GET", "/assets/app-1A.js")
            #expect(asset.header("access-control-allow-origin") == "*")
            #expect(asset.header("cross-origin-resource-policy") == "cross-origin")
            let page = try client.send("GET", "/nowhere", headers: ["Accept": "text/html"])
            #expect(page.text.contains("href=\"https://cdn.example.com/assets/public-3C.css\""))
            for origin in ["*", "cdn.example.com", "https://cdn.example.com/", "https://a b"] {
                #expect(throws: WebClientFault.notAnOrigin) {
                    try WebClient(directory: folder.path, assetsOrigin: origin)
                }
            }
        }
    }

    @Test func `who looks for nothing in a browser is told so by a page`() async throws {
        let platform = try await TestPlatform(plugins: [KernelPlugin()])
        defer { withExtendedLifetime(platform) {} }
        let client = platform.client()
        let browser = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
        for (language, title) in [("it", "Non trovato"), ("en", "Not found")] {
            client.language = language
            let page = try client.send("GET", "/o/acme", headers: ["Accept": browser])
            #expect(page.status == 404)
            #expect(page.header("content-type") == "text/html; charset=utf-8")
            #expect(page.text.contains("<html lang=\"\(language)\">"))
            #expect(page.text.contains("<h1>\(title)</h1>"))
            #expect(!page.text.contains("stylesheet") && !page.text.contains("<script"))
            #expect(page.header("cache-control") == "no-store")
        }
        #expect(try client.send("GET", "/o/acme").code == "not_found")
        for path in ["/api/v1/nowhere", "/api/nowhere"] {
            #expect(try client.send("GET", path, headers: ["Accept": browser]).code == "not_found")
        }
    }
}
