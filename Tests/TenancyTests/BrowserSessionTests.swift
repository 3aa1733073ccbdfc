import Kernel
import TestKit
import Testing
import Wire

/// Sessions that live in a browser's cookie.
@Suite struct BrowserSessionTests {
    private func browser(of company: Company) async throws -> Browser {
        let browser = Browser(try await Stage.platform.client())
        #expect(try browser.logIn(company.email).status == 200)
        return browser
    }

    @Test func `a browser gets a cookie that no script reads and no token`() async throws {
        let company = try await Stage.company("Cookie")
        let browser = Browser(try await Stage.platform.client())
        let answer = try browser.logIn(company.email)
        #expect(answer.json["access_token"] == .null)
        #expect(answer.json["refresh_token"] == .null)
        #expect(answer.json.text("token_type") == "Cookie")
        #expect(answer.json.text("organization_id") == company.id.description)
        #expect(answer.json.text("csrf_token") == browser.proof)
        let session = try #require(browser.setCookies.first { $0.hasPrefix("stratikey_session=") })
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            #expect(session.contains(attribute))
        }
        #expect(!session.contains("Secure"))
        let proof = try #require(browser.setCookies.first { $0.hasPrefix("stratikey_csrf=") })
        #expect(!proof.contains("HttpOnly"))
        #expect(try browser.send("GET", "members").json.data.count == 1)
    }

    @Test func `under TLS the cookies are secure and of this host alone`() async throws {
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration],
            configure: { $0.publicURL = "https://app.example.com" })
        let answer = try platform.client().send(
            "POST", "auth/signup", Newcomer("tls").json, headers: ["X-Session": "cookie"])
        #expect(answer.status == 201)
        let lines = answer.headers.filter { $0.name == "set-cookie" }.map(\.value)
        #expect(lines.count == 2)
        for line in lines { #expect(line.hasPrefix("__Host-stratikey_") && line.contains("; Secure")) }
        #expect(answer.header("strict-transport-security")?.contains("max-age=31536000") == true)
    }

    @Test func `what changes something needs the token of its own session`() async throws {
        let company = try await Stage.company("Forgery")
        let browser = try await browser(of: company)
        let other = try await self.browser(of: company)
        let change: JSON = ["name": "Ada Bianchi"]
        for token in ["", "x", other.proof, browser.proof.lowercased()] {
            let answer = try browser.send("PATCH", "me", change, headers: ["X-CSRF-Token": token])
            #expect(answer.status == 403)
            #expect(answer.code == "csrf_token_invalid")
        }
        #expect(try browser.send("PATCH", "me", change).status == 200)
    }

    @Test func `another site's page changes nothing even with the token`() async throws {
        let company = try await Stage.company("Sites")
        let browser = try await browser(of: company)
        let change: JSON = ["name": "Ada Bianchi"]
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
            ("Origin", "https://evil.example"), ("Origin", "null"),
        ] {
            let answer = try browser.send("PATCH", "me", change, headers: [name: value])
            #expect(answer.code == "csrf_token_invalid", "\(name): \(value)")
        }
        for headers in [["Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8080"], [:]] {
            #expect(try browser.send("PATCH", "me", change, headers: headers).status == 200)
        }
    }

    @Test func `two tabs in two organizations are told apart`() async throws {
        let company = try await Stage.company("Tabs")
        let browser = try await browser(of: company)
        let first = company.id.description
        let made = try browser.send("POST", "organizations", ["name": "Second tab"])
        #expect(made.status == 201)
        let second = made.json.text("organization_id")
        #expect(second != first)
        // The tab of before still says the first organization.
        for headers in [["X-Organization-ID": first], ["X-Organization-ID": ""], ["X-Organization-ID": "x"]] {
            let answer = try browser.send("GET", "members", headers: headers)
            #expect(answer.status == 409)
            #expect(answer.code == "organization_mismatch")
            let write = try browser.send("PATCH", "settings", ["name": "x"], headers: headers)
            #expect(write.code == "organization_mismatch")
        }
        browser.organization = second
        #expect(try browser.send("GET", "settings").json.text("name") == "Second tab")
        // It switches back; now the other tab is the one that is told.
        browser.organization = nil
        let switched = try browser.send("POST", "organizations/\(first)/switch")
        #expect(switched.json.text("organization_id") == first)
        browser.organization = first
        #expect(try browser.send("GET", "settings").json.text("name") == "Tabs")
        #expect(try browser.send("GET", "me", headers: ["X-Organization-ID": second]).status == 409)
        #expect(try browser.send("GET", "me", headers: ["X-Organization-ID": ""]).status == 200)
    }

    @Test func `a token goes before the cookie`() async throws {
        let company = try await Stage.company("Bearer first")
        let other = try await Stage.company("Cookie second")
        let browser = try await browser(of: other)
        let token = try #require(company.admin.token)
        let answer = try browser.send(
            "GET", "settings", headers: ["Authorization": "Bearer \(token)", "X-Organization-ID": ""])
        #expect(answer.json.text("name") == "Bearer first")
        #expect(try browser.send("GET", "settings", headers: ["Authorization": "Bearer x"]).status == 401)
    }

    @Test func `logging out ends the session on every process and takes the cookies back`() async throws {
        let company = try await Stage.company("Cookie out")
        let browser = try await browser(of: company)
        let kept = browser.cookies
        let beside = try await TestPlatform(beside: Stage.platform, plugins: Stage.plugins)
        let second = beside.client()
        let headers = [
            "Cookie": kept.map { "\($0.key)=\($0.value)" }.joined(separator: "; "),
            "X-Organization-ID": company.id.description,
        ]
        #expect(try second.send("GET", "me", headers: headers).status == 200)
        #expect(try browser.send("POST", "auth/logout", headers: ["X-CSRF-Token": "x"]).status == 403)
        #expect(try browser.send("POST", "auth/logout").status == 204)
        #expect(browser.cookies.isEmpty)
        #expect(try await Deadline.holds { try second.send("GET", "me", headers: headers).status == 401 })
        // What has ended does not stand in the way of a new session.
        #expect(try browser.logIn(company.email).status == 200)
    }

    @Test func `a cookie that was altered is nobody's`() async throws {
        let company = try await Stage.company("Altered")
        let browser = try await browser(of: company)
        let value = try #require(browser.cookies["stratikey_session"])
        let altered = (value.hasPrefix("A") ? "B" : "A") + value.dropFirst()
        for text in [altered, String(value.dropLast()), "", "x", value + "A"] {
            let answer = try browser.send("GET", "me", headers: ["Cookie": "stratikey_session=\(text)"])
            #expect(answer.status == 401)
        }
    }

    @Test func `a session in use renews itself, and one that rests ends`() async throws {
        let clock = HandClock()
        let platform = try await TestPlatform(
            plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
        let company = try await platform.signUp("Sliding")
        let browser = Browser(platform.client())
        try browser.logIn(company.email)
        let first = browser.cookies
        #expect(try browser.send("GET", "me").status == 200)
        #expect(browser.setCookies.isEmpty)
        for _ in 1...3 {
            clock.advance(seconds: 36_000)
            #expect(try browser.send("GET", "me").status == 200)
            #expect(browser.setCookies.count == 2)
        }
        #expect(browser.cookies != first)
        let refreshed = try browser.send("POST", "auth/refresh", [:])
        #expect(refreshed.json.text("csrf_token") == browser.proof)
        clock.advance(seconds: 43_201)
        let ended = try browser.send("GET", "me")
        #expect(ended.status == 401)
        #expect(ended.code == "token_expired")
    }

    @Test func `without a cookie and without a token there is nothing to refresh`() async throws {
        let client = try await Stage.platform.client()
        let bare = try client.send("POST", "auth/refresh", [:])
        #expect(bare.faults == ["refresh_token:required"])
        #expect(try client.send("POST", "auth/refresh", [:], headers: ["X-Session": "cookie"]).status == 401)
    }
}
