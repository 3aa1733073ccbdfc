import Kernel
import TestKit
import Testing
import Wire

/// What holds for every page: proof of its forms, languages, heads, limits.
@Suite struct PageTests {
    private static let paths = [
        "/login", "/signup", "/verify?token=x", "/forgot", "/reset?token=x", "/vendor/login",
    ]

    private func browser() async throws -> PageBrowser { PageBrowser(try await Stage.platform.client()) }

    @Test func `a form is taken from the page that was shown to the same browser alone`() async throws {
        let company = try await Stage.company("Page forgery")
        let right = ["email": company.email, "password": Company.password]
        let browser = try await browser()
        let other = try await self.browser()
        try other.visit("/login")
        let foreign = other.page.firstMatch(of: /name="proof" value="([^"]*)"/).map { String($0.output.1) }
        for proof in [nil, "", "x", foreign] {
            try browser.visit("/login")
            var fields: [String: String?] = right.mapValues { $0 }
            fields["proof"] = .some(proof)
            let answer = try browser.submit(fields)
            #expect(answer.status == 403)
            #expect(answer.text.contains("did not come from this site"))
            #expect(try browser.value(of: "email") == company.email)
            #expect(browser.cookies["stratikey_session"] == nil)
        }
        try browser.visit("/login")
        browser.forget("stratikey_form")
        #expect(try browser.submit(right.mapValues { $0 }).status == 403)
        // The page that said so holds a proof of the browser's new cookie.
        #expect(try browser.submit(right.mapValues { $0 }).status == 303)
    }

    @Test func `who is not signed in is led to the log-in from a page that takes a session`() async throws {
        let browser = try await browser()
        let place = "/login?next=/organization"
        #expect(try browser.visit("/organization").location == place)
        #expect(try browser.post("/organization", ["name": "Nobody's"]).location == place)
        try browser.visit("/login")
        let proof = browser.page.firstMatch(of: /name="proof" value="([^"]*)"/)?.output.1
        let sent = ["name": "Nobody's", "proof": String(proof ?? "")]
        #expect(try browser.post("/organization", sent).location == place)
    }

    @Test func `another site's page sends nothing`() async throws {
        let company = try await Stage.company("Page sites")
        let right: [String: String?] = ["email": company.email, "password": Company.password]
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
            ("Origin", "https://evil.example"), ("Origin", "null"),
        ] {
            let browser = try await browser()
            try browser.visit("/login")
            let answer = try browser.submit(right, headers: [name: value])
            #expect(answer.status == 403, "\(name): \(value)")
        }
        // A page with a secret names no origin, but its browser tells who sent.
        let browser = try await browser()
        try browser.visit("/verify?token=x")
        let sandbox = ["Origin": "null", "Sec-Fetch-Site": "cross-site"]
        #expect(try browser.submit(headers: sandbox).status == 403)
        let own = ["Origin": "null", "Sec-Fetch-Site": "same-origin"]
        #expect(try browser.submit(headers: own).status == 422)
    }

    @Test func `every page speaks both languages, and keeps to the one that was chosen`() async throws {
        for path in Self.paths {
            let browser = try await browser()
            browser.client.language = "it-IT,it;q=0.9,en;q=0.8"
            let mark = path.contains("?") ? "&" : "?"
            let italian = try browser.visit(path)
            #expect(italian.text.contains("<html lang=\"it\">") && italian.header("content-language") == "it")
            let english = try browser.visit("\(path)\(mark)lang=en")
            #expect(english.text.contains("<html lang=\"en\">"))
            #expect(english.text != italian.text)
            #expect(try browser.visit("/login").text.contains("<html lang=\"en\">"))
            #expect(try browser.submit(["email": "x"]).text.contains("<html lang=\"en\">"))
            // What the address holds goes along with the link to the other language.
            let other = english.text.firstMatch(of: /href="(\?lang=it[^"]*)"/)
            #expect(other?.output.1.contains("token=x") == path.contains("token"))
            #expect(try browser.visit("/login?lang=xx").text.contains("<html lang=\"en\">"))
            for text in [italian.text, english.text] { #expect(!text.contains("page."), "\(path)") }
        }
    }

    @Test func `pages need no script and let none in`() async throws {
        let browser = try await browser()
        for path in Self.paths {
            let answer = try browser.visit(path)
            #expect(answer.status == 200)
            let policy = answer.header("content-security-policy") ?? ""
            #expect(policy.contains("default-src 'none'; style-src 'self';") && !policy.contains("script"))
            #expect(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"))
            #expect(answer.header("cache-control") == "no-store")
            let isSecret = path.contains("token")
            #expect(answer.header("referrer-policy") == (isSecret ? "no-referrer" : "same-origin"))
            for name in ["x-content-type-options", "x-frame-options", "cross-origin-opener-policy"] {
                #expect(answer.headers.count { $0.name == name } == 1, "\(path) \(name)")
            }
            for word in ["<script", "<style", " style=", " onclick"] {
                #expect(!answer.text.contains(word), "\(path) \(word)")
            }
            #expect(answer.text.matches(of: /<h1>/).count == 1)
            #expect(answer.text.contains("<title>") && answer.text.contains("<main>"))
            for input in answer.text.matches(of: /<input id="([^"]*)"/) {
                #expect(answer.text.contains("<label for=\"\(input.output.1)\">"))
            }
        }
        #expect(try browser.visit("/login", headers: ["Accept": "*/*"]).text.contains("<form"))
    }

    @Test func `what is no form shows the page again`() async throws {
        let browser = try await browser()
        try browser.visit("/login")
        let client = browser.client
        func send(_ type: String, _ body: [UInt8]) throws -> APIResponse {
            try client.send("POST", "/login", bytes: body, headers: ["Content-Type": type])
        }
        let form = "application/x-www-form-urlencoded"
        for (type, body) in [
            ("application/json", "{}"), ("text/plain", "email=a"),
            ("multipart/form-data; boundary=x", "--x--"),
            (form, "email=%zz"), (form, "email=%00"), (form, "email=%ff"),
            (form, String(repeating: "a=b&", count: 200)),
        ] {
            let answer = try send(type, Array(body.utf8))
            #expect(answer.status == 422 && answer.text.contains("name=\"password\""), "\(type) \(body)")
        }
        let long = try send(form, [UInt8](repeating: 0x61, count: 100_000))
        #expect(long.status == 413 && long.text.contains("name=\"password\""))
        let other = try client.send("PUT", "/login", bytes: [], headers: ["Accept": "text/html"])
        #expect(other.status == 405 && other.header("allow") == "GET, HEAD, POST")
        #expect(try client.send("POST", "/", bytes: [], headers: [:]).header("allow") == "GET, HEAD")
        #expect(try client.send("HEAD", "/login").status == 200)
    }

    @Test func `an address sends so many forms a minute`() async throws {
        var limits = RequestLimits()
        limits.signIns = 3
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration],
            configure: { $0.requestLimits = limits })
        let browser = PageBrowser(platform.client())
        try browser.visit("/forgot")
        for _ in 1...3 { #expect(try browser.submit(["email": "x"]).status == 303) }
        let refused = try browser.submit(["email": "x"])
        #expect(refused.status == 429 && refused.header("retry-after") != nil)
        #expect(refused.text.contains("Too many requests. Try again in "))
        #expect(try browser.visit("/forgot").status == 200)
        withExtendedLifetime(platform) {}
    }

    @Test func `under TLS the form's cookie is of this host alone`() async throws {
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration],
            configure: { $0.publicURL = "https://app.example.com" })
        let browser = PageBrowser(platform.client())
        let answer = try browser.visit("/login?lang=it")
        let lines = answer.headers.filter { $0.name == "set-cookie" }.map(\.value)
        let form = try #require(lines.first { $0.hasPrefix("__Host-stratikey_form=") })
        for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            #expect(form.contains(attribute))
        }
        #expect(lines.contains { $0.hasPrefix("stratikey_language=it;") && $0.contains("; Secure") })
        let sent = try browser.submit(["email": "x"], headers: ["Origin": "https://app.example.com"])
        #expect(sent.status == 422)
        withExtendedLifetime(platform) {}
    }
}
