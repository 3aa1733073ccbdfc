import Kernel
import Tenancy
import TestKit
import Testing
import Wire

/// The vendor's people in a browser: a page to sign in, a cookie of their own.
@Suite struct VendorPageTests {
    private static let clock = HandClock()
    private static let starting = Task {
        try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration], clock: clock)
    }

    private var platform: TestPlatform { get async throws { try await Self.starting.value } }

    /// A code that no test before has used.
    private func nextCode(of secret: String) throws -> String {
        Self.clock.advance(seconds: 30)
        return try #require(VendorPerson.code(of: secret, at: Self.clock.now()))
    }

    /// A browser in which a super admin is signed in.
    private func signedIn() async throws -> PageBrowser {
        let platform = try await platform
        let person = try await VendorPerson.make(on: platform)
        let browser = PageBrowser(platform.client())
        try browser.visit("/vendor/login")
        let asked = try browser.submit(["email": person.email, "password": person.password])
        #expect(asked.status == 200 && asked.text.contains("one-time-code"))
        #expect(!asked.text.contains(person.password))
        #expect(try browser.submit(["totp": "000000"]).status == 422)
        #expect(browser.isFaulty("totp"))
        let done = try browser.submit(["totp": try nextCode(of: person.secret)])
        #expect(done.location == "/vendor")
        return browser
    }

    private func cookies(_ browser: PageBrowser) -> [String: String] {
        let pairs = browser.cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return ["Cookie": pairs.joined(separator: "; ")]
    }

    @Test func `a code opens a session that no script reads and no tenant's route takes`() async throws {
        let browser = try await signedIn()
        #expect(browser.cookies["stratikey_vendor_session"] != nil)
        #expect(browser.cookies["stratikey_session"] == nil)
        let client = browser.client
        let me = try client.send("GET", "vendor/me", headers: cookies(browser))
        #expect(me.json["user"]?.text("role") == "super_admin")
        #expect(try client.send("GET", "me", headers: cookies(browser)).status == 401)
        #expect(try browser.visit("/vendor/login").location == "/vendor")
        #expect(try browser.visit("/").location == "/login")
        let moved = ["Cookie": "stratikey_session=\(browser.cookies["stratikey_vendor_session"] ?? "")"]
        #expect(try client.send("GET", "me", headers: moved).status == 401)
    }

    @Test func `a tenant's cookie opens nothing of the vendor's`() async throws {
        let platform = try await platform
        let company = try await platform.signUp("Not the vendor")
        let browser = Browser(platform.client())
        try browser.logIn(company.email)
        let session = browser.cookies["stratikey_session"] ?? ""
        for name in ["stratikey_session", "stratikey_vendor_session"] {
            let answer = try browser.client.send(
                "GET", "vendor/me", headers: ["Cookie": "\(name)=\(session)"])
            #expect(answer.status == 401)
        }
    }

    @Test func `what changes something needs the proof of its own session`() async throws {
        let browser = try await signedIn()
        let other = try await signedIn()
        let client = browser.client
        for proof in ["", "x", other.cookies["stratikey_vendor_csrf"] ?? ""] {
            let headers = cookies(browser).merging(["X-CSRF-Token": proof]) { $1 }.filter {
                !$0.value.isEmpty
            }
            #expect(
                try client.send("POST", "vendor/auth/logout", headers: headers).code == "csrf_token_invalid")
        }
        var own = cookies(browser)
        own["X-CSRF-Token"] = browser.cookies["stratikey_vendor_csrf"]
        let cross = own.merging(["Origin": "https://evil.example"]) { $1 }
        #expect(try client.send("POST", "vendor/auth/logout", headers: cross).status == 403)
        let out = try client.send("POST", "vendor/auth/logout", headers: own)
        #expect(out.status == 204)
        #expect(out.headers.count { $0.name == "set-cookie" && $0.value.contains("Max-Age=0") } == 2)
        let gone = cookies(browser)
        #expect(
            try await Deadline.holds { try client.send("GET", "vendor/me", headers: gone).status == 401 })
    }

    @Test func `a session in use renews itself, for a day at most`() async throws {
        let browser = try await signedIn()
        let client = browser.client
        var headers = cookies(browser)
        #expect(try client.send("GET", "vendor/me", headers: headers).header("set-cookie") == nil)
        for _ in 1...2 {
            Self.clock.advance(seconds: 36_000)
            let answer = try client.send("GET", "vendor/me", headers: headers)
            #expect(answer.status == 200)
            let line = answer.headers.first { $0.value.hasPrefix("stratikey_vendor_session=") }
            headers["Cookie"] = line.map { String($0.value.prefix { $0 != ";" }) }
        }
        Self.clock.advance(seconds: 36_000)
        let late = try client.send("GET", "vendor/me", headers: headers)
        #expect(late.header("set-cookie") == nil)
        Self.clock.advance(seconds: 10_000)
        #expect(try client.send("GET", "vendor/me", headers: headers).code == "token_expired")
    }

    @Test func `the API hands a cookie over where it is asked to`() async throws {
        let platform = try await platform
        let person = try await VendorPerson.make(on: platform)
        let answer = try platform.client().send(
            "POST", "vendor/auth/login",
            [
                "email": .string(person.email), "password": .string(person.password),
                "totp": .string(try nextCode(of: person.secret)),
            ], headers: ["X-Session": "cookie"])
        #expect(answer.status == 200)
        #expect(answer.json["access_token"] == .null && answer.json.text("token_type") == "Cookie")
        #expect(answer.headers.contains { $0.value.hasPrefix("stratikey_vendor_session=") })
    }

    @Test func `the first log-in sets up a second factor and replaces the one-time password`() async throws {
        let platform = try await platform
        let runtime = platform.runtime
        let email = Stage.address("page-vendor")
        try await platform.onLoop {
            try await VendorPeople(Context.command("vendor create", runtime: runtime)).create(
                VendorPeople.Person(email: email, name: "Vera Venturi", role: "super_admin"),
                password: "handed over once", isOneTime: true)
        }
        let browser = PageBrowser(platform.client())
        try browser.visit("/vendor/login")
        let wrong = try browser.submit(["email": email, "password": "not that one"])
        #expect(wrong.status == 422 && wrong.text.contains("Email or password is wrong."))
        let begun = try browser.submit(["email": email, "password": "handed over once"])
        #expect(begun.status == 200)
        func shown() throws -> String {
            let found = try #require(browser.page.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/))
            return String(found.output.1).replacing(" ", with: "")
        }
        let secret = try shown()
        #expect(begun.text.contains("otpauth://totp/Stratikey%20Vendor"))
        #expect(
            begun.text.contains("<svg class=\"qr\" role=\"img\" aria-label=\"QR code for the authenticator\"")
        )
        #expect(begun.text.contains("<path d=\"M0 0h7v1h-7z"))
        #expect(try browser.submit(["code": "000000", "password": "known to nobody else"]).status == 422)
        #expect(browser.isFaulty("code"))
        #expect(try shown() == secret)
        let code = try nextCode(of: secret)
        #expect(try browser.submit(["code": code, "password": ""]).status == 422)
        #expect(browser.isFaulty("password"))
        let done = try browser.submit(["code": try nextCode(of: secret), "password": "known to nobody else"])
        #expect(done.location == "/vendor")
        #expect(try browser.client.send("GET", "vendor/me", headers: cookies(browser)).status == 200)
    }
}
