import Kernel
import TestKit
import Testing
import Wire

/// Signing in and out by plain pages.
@Suite struct LogInPageTests {
    private func browser() async throws -> PageBrowser { PageBrowser(try await Stage.platform.client()) }

    private func slug(of company: Company) throws -> String {
        try company.send("GET", "me").json["organization"]?.text("slug") ?? ""
    }

    @discardableResult
    private func logIn(_ browser: PageBrowser, _ email: String, at path: String = "/login") throws
        -> APIResponse
    {
        try browser.visit(path)
        return try browser.submit(["email": email, "password": Company.password])
    }

    @Test func `who logs in is led into the organization, with the cookie alone`() async throws {
        let company = try await Stage.company("Page log-in")
        let browser = try await browser()
        #expect(try browser.visit("/").location == "/login")
        let answer = try logIn(browser, company.email)
        let place = "/o/\(try slug(of: company))"
        #expect(answer.location == place)
        #expect(answer.bytes.isEmpty)
        #expect(browser.cookies["stratikey_session"] != nil && browser.cookies["stratikey_csrf"] != nil)
        let session = try #require(answer.headers.first { $0.value.hasPrefix("stratikey_session=") })
        #expect(session.value.contains("HttpOnly") && session.value.contains("SameSite=Lax"))
        #expect(try browser.visit("/").location == place)
        #expect(try browser.visit("/login").location == place)
        // The cookie is the API's.
        let me = try browser.client.send(
            "GET", "me",
            headers: ["Cookie": "stratikey_session=\(browser.cookies["stratikey_session"] ?? "")"])
        #expect(me.json["user"]?.text("email") == company.email)
    }

    @Test func `a wrong password keeps the address and says the same as an unknown one`() async throws {
        let company = try await Stage.company("Page wrong")
        let browser = try await browser()
        var texts: Set<String> = []
        for email in [company.email, Stage.address("nobody")] {
            try browser.visit("/login")
            let answer = try browser.submit(["email": email, "password": "not the right one"])
            #expect(answer.status == 422)
            #expect(try browser.value(of: "email") == email)
            #expect(try browser.value(of: "password") == "")
            #expect(answer.text.contains("role=\"alert\">Email or password is wrong.<"))
            #expect(!answer.text.contains("not the right one"))
            #expect(browser.cookies["stratikey_session"] == nil)
            texts.insert(answer.text.replacing(email, with: ""))
        }
        #expect(texts.count == 1)
    }

    @Test func `whoever guesses is told how long to wait, right or wrong`() async throws {
        let clock = HandClock()
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
        let company = try await platform.signUp("Page lock")
        let browser = PageBrowser(platform.client())
        browser.client.language = "it"
        try browser.visit("/login")
        for _ in 1...6 { try browser.submit(["email": company.email, "password": "wrong again, sorry"]) }
        let locked = try browser.submit(["email": company.email, "password": Company.password])
        #expect(locked.status == 429)
        #expect(locked.header("retry-after") == "30")
        #expect(locked.text.contains("Troppi tentativi. Riprova tra 30 secondi"))
        clock.advance(seconds: 31)
        #expect(try browser.submit(["email": company.email, "password": Company.password]).status == 303)
        withExtendedLifetime(platform) {}
    }

    @Test func `the second factor is a second step, and no page holds the password`() async throws {
        let clock = HandClock()
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
        let company = try await platform.signUp("Page factor")
        let authenticator = try Authenticator.setUp(company.admin, at: clock.now())
        let browser = PageBrowser(platform.client())
        clock.advance(seconds: 60)
        try browser.visit("/login?next=/o/x%3Fa")
        let asked = try browser.submit(["email": company.email, "password": Company.password])
        #expect(asked.status == 200)
        #expect(asked.text.contains("autocomplete=\"one-time-code\""))
        #expect(!asked.text.contains(Company.password) && browser.cookies["stratikey_session"] == nil)
        let wrong = try browser.submit(["totp": "000000"])
        #expect(wrong.status == 422 && browser.isFaulty("totp"))
        let empty = try browser.submit(["totp": ""])
        #expect(empty.status == 422 && browser.isFaulty("totp"))
        // A ticket of ours that was altered, or of another address, opens the first step again.
        let again = try browser.submit(["ticket": "AAAA", "totp": "000000"])
        #expect(again.status == 422 && again.text.contains("autocomplete=\"current-password\""))
        try browser.submit(["email": company.email, "password": Company.password])
        clock.advance(seconds: 301)
        let late = try browser.submit(["totp": authenticator.code(at: clock.now())])
        #expect(late.text.contains("That took too long.") && browser.cookies["stratikey_session"] == nil)
        try browser.submit(["email": company.email, "password": Company.password])
        let recovery = try #require(authenticator.recoveryCodes.first)
        let done = try browser.submit(["totp": recovery])
        #expect(done.location == "/o/\(try slug(of: company))")
        withExtendedLifetime(platform) {}
    }

    @Test func `who came for a page goes on to it, if it is one of this site`() async throws {
        let company = try await Stage.company("Page next")
        let place = "/o/\(try slug(of: company))"
        for next in ["\(place)/accounts?view=1", "/invitation?token=x"] {
            let browser = try await browser()
            let path = "/login?next=\(PageBrowser.escaped(next))"
            #expect(try logIn(browser, company.email, at: path).location == next)
        }
        for next in [
            "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example",
            "\\\\evil.example",
            "javascript:alert(1)", "/%0d%0aSet-Cookie:a=b\r\nX: y", "evil", "/login", "/logout", "/api/v1/me",
            "/o/somebody-elses/accounts", "", "/" + String(repeating: "a", count: 3000),
        ] {
            let browser = try await browser()
            let path = "/login?next=\(PageBrowser.escaped(next))"
            #expect(try logIn(browser, company.email, at: path).location == place, "\(next)")
        }
    }

    @Test func `a person of several organizations lands in the one last used, or in the wanted one`()
        async throws
    {
        let company = try await Stage.company("Page first")
        let first = try slug(of: company)
        let made = try company.send("POST", "organizations", ["name": "Page second"])
        let second = made.json["organization"]?.text("slug") ?? ""
        let browser = try await browser()
        #expect(try logIn(browser, company.email).location == "/o/\(second)")
        let other = try await self.browser()
        let wanted = "/o/\(first)/tasks"
        #expect(try logIn(other, company.email, at: "/login?next=\(wanted)").location == wanted)
        #expect(try other.visit("/").location == "/o/\(first)")
    }

    @Test func `logging out takes a button, and ends the session`() async throws {
        let company = try await Stage.company("Page out")
        let browser = try await browser()
        try logIn(browser, company.email)
        #expect(try browser.visit("/logout").status == 200)
        #expect(try browser.visit("/").location?.hasPrefix("/o/") == true)
        try browser.visit("/logout")
        let cookie = "stratikey_session=\(browser.cookies["stratikey_session"] ?? "")"
        #expect(try browser.submit().location == "/login")
        #expect(browser.cookies["stratikey_session"] == nil)
        let client = browser.client
        #expect(
            try await Deadline.holds {
                try client.send("GET", "me", headers: ["Cookie": cookie]).status == 401
            })
        #expect(try browser.visit("/logout").location == "/login")
    }

    @Test func `who belongs to no organization may make one`() async throws {
        let company = try await Stage.company("Page left")
        let (_, person) = try await company.join("Page Leaver", role: "viewer")
        let email = "page.leaver@\(company.id).example"
        #expect(try company.send("DELETE", "members/\(person)").status == 204)
        let browser = try await browser()
        #expect(try logIn(browser, email).location == "/organization")
        #expect(try browser.visit("/organization").text.contains("You don't belong"))
        #expect(try browser.submit(["name": ""]).status == 422)
        #expect(browser.isFaulty("name"))
        let made = try browser.submit(["name": "Leaver & Söhne"])
        #expect(made.location == "/o/leaver-sohne/start")
        #expect(try browser.visit("/").location == "/o/leaver-sohne")
    }
}
