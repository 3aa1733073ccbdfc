import Kernel
import TestKit
import Testing
import Wire

/// Signing up, and what comes by mail, by plain pages.
@Suite struct SignUpPageTests {
    private func browser() async throws -> PageBrowser { PageBrowser(try await Stage.platform.client()) }

    private func newcomer(_ organization: String) -> [String: String?] {
        [
            "name": "Ada Rossi", "email": Stage.address("page"), "password": Company.password,
            "organization": organization,
        ]
    }

    @Test func `a person signs up and stands in the organization`() async throws {
        let browser = try await browser()
        #expect(try browser.visit("/signup").status == 200)
        let fields = newcomer("Genco Pura & figli")
        let answer = try browser.submit(fields)
        let place = try #require(answer.location)
        #expect(place.hasPrefix("/o/genco-pura-figli") && place.hasSuffix("/start"))
        let email = try #require(fields["email"] ?? nil)
        let cookie = "stratikey_session=\(browser.cookies["stratikey_session"] ?? "")"
        let me = try browser.client.send("GET", "me", headers: ["Cookie": cookie])
        #expect(me.json["user"]?.text("email") == email)
        #expect(me.json["organization"]?.text("locale") == "en-GB")
        #expect(try browser.visit("/signup").location == "/")
        // The mailed link proves the address by its button, not by being looked at.
        try await Stage.platform.drain()
        let token = try await Stage.platform.token(in: "verify", to: email)
        let look = try browser.visit("/verify?token=\(token)")
        #expect(look.status == 200 && look.header("referrer-policy") == "no-referrer")
        #expect(look.header("cache-control") == "no-store")
        func isVerified() throws -> JSON? {
            try browser.client.send("GET", "me", headers: ["Cookie": cookie]).json["user"]?["email_verified"]
        }
        #expect(try isVerified() == false)
        // What a page without a referrer says of its origin.
        #expect(try browser.submit(headers: ["Origin": "null"]).location == "/verify?done=1")
        #expect(try isVerified() == true)
        #expect(try browser.visit("/verify?done=1").text.contains("Your address is confirmed."))
        try browser.visit("/verify?token=\(token)")
        let again = try browser.submit()
        #expect(again.status == 422 && again.text.contains("This link was used already."))
    }

    @Test func `every fault stands at its field, and what was typed stays`() async throws {
        let company = try await Stage.company("Page taken")
        let browser = try await browser()
        try browser.visit("/signup")
        let answer = try browser.submit([
            "name": "", "email": "no address", "password": "short", "organization": "\"Rossi\" <b>",
            "slug": "Not a slug",
        ])
        #expect(answer.status == 422)
        for field in ["name", "email", "password", "slug"] {
            #expect(browser.isFaulty(field), "\(field)")
        }
        #expect(!browser.isFaulty("organization"))
        #expect(try browser.value(of: "email") == "no address")
        #expect(try browser.value(of: "organization") == "\"Rossi\" <b>")
        #expect(try browser.value(of: "slug") == "Not a slug")
        #expect(try browser.value(of: "password") == "")
        #expect(answer.text.contains("Still free: rossi-b"))
        #expect(!answer.text.contains("<b>"))
        var fields = newcomer("Taken")
        fields["email"] = company.email
        let taken = try browser.submit(fields)
        #expect(taken.status == 422 && browser.isFaulty("email"))
        #expect(browser.cookies["stratikey_session"] == nil)
    }

    @Test func `a forgotten password is set anew by the mailed link, once`() async throws {
        let company = try await Stage.company("Page forgot")
        let browser = try await browser()
        var answers: Set<String> = []
        for email in [Stage.address("nobody"), company.email] {
            try browser.visit("/forgot")
            let sent = try browser.submit(["email": email])
            #expect(sent.location == "/forgot?sent=1")
            answers.insert(try browser.visit("/forgot?sent=1").text)
        }
        #expect(answers.count == 1)
        try await Stage.platform.drain()
        let token = try await Stage.platform.token(in: "reset", to: company.email)
        #expect(try browser.visit("/reset?token=\(token)").header("referrer-policy") == "no-referrer")
        #expect(try browser.submit(["password": "short"]).status == 422)
        #expect(browser.isFaulty("password"))
        let word = "another long enough phrase"
        #expect(try browser.submit(["password": word]).location == "/login?notice=password")
        #expect(try browser.visit("/login?notice=password").text.contains("role=\"status\""))
        #expect(try browser.submit(["email": company.email, "password": Company.password]).status == 422)
        #expect(try browser.submit(["email": company.email, "password": word]).status == 303)
        let late = try await self.browser()
        try late.visit("/reset?token=\(token)")
        let used = try late.submit(["password": "one more long enough phrase"])
        #expect(used.status == 422 && used.text.contains("href=\"/forgot\""))
    }

    @Test func `who is invited joins with a new account`() async throws {
        let company = try await Stage.company("Page invites")
        let (email, token) = try await invite(to: company)
        let browser = try await browser()
        let look = try browser.visit("/invitation?token=\(token)")
        #expect(look.text.contains("<h1>Join Page invites</h1>") && look.text.contains(email))
        #expect(look.header("referrer-policy") == "no-referrer")
        #expect(try browser.submit(["name": "", "password": "short"]).status == 422)
        #expect(browser.isFaulty("password"))
        let joined = try browser.submit(["name": "Bruno Bianchi", "password": Company.password])
        #expect(joined.location?.hasPrefix("/o/page-invites") == true)
        #expect(try company.send("GET", "members").json.data.count == 2)
        let used = try browser.visit("/invitation?token=\(token)")
        #expect(used.status == 422 && used.text.contains("accepted already"))
    }

    @Test func `who has an account signs in first, and joins as that person alone`() async throws {
        let company = try await Stage.company("Page hosts")
        let guest = try await Stage.company("Page guest")
        let (_, token) = try await invite(guest.email, to: company)
        let browser = try await browser()
        let look = try browser.visit("/invitation?token=\(token)")
        let link = try #require(look.text.firstMatch(of: /href="(\/login\?next=[^"]*)"/))
        try browser.visit(String(link.output.1))
        let signedIn = try browser.submit(["email": guest.email, "password": Company.password])
        #expect(signedIn.location == "/invitation?token=\(token)")
        // Somebody else's browser joins nothing.
        let other = try await self.browser()
        try other.visit("/login")
        try other.submit(["email": company.email, "password": Company.password])
        let refused = try other.visit("/invitation?token=\(token)")
        #expect(refused.text.contains("href=\"/logout?next=") && !refused.text.contains("<form"))
        let proof = try other.visit("/logout").text.firstMatch(of: /name="proof" value="([^"]*)"/)
        let forced = try other.post(
            "/invitation", ["token": token, "proof": String(proof?.output.1 ?? "")])
        #expect(forced.status == 422)
        #expect(try company.send("GET", "members").json.data.count == 1)
        try browser.visit("/invitation?token=\(token)")
        #expect(try browser.submit().location?.hasPrefix("/o/page-hosts") == true)
        #expect(try company.send("GET", "members").json.data.count == 2)
    }

    @Test func `tokens that are none are told so by a page`() async throws {
        let browser = try await browser()
        for token in ["", "x", UUIDv7.make().description, "\(UUIDv7.make()).abc", "%00", "a b"] {
            let answer = try browser.visit("/invitation?token=\(PageBrowser.escaped(token))")
            #expect(answer.status == 422 && answer.text.contains("This invitation is not valid."), "\(token)")
            for path in ["/verify", "/reset"] {
                try browser.visit("\(path)?token=\(PageBrowser.escaped(token))")
                let sent = try browser.submit(["token": token, "password": Company.password])
                #expect(sent.status == 422, "\(path) \(token)")
            }
        }
    }

    private func invite(_ email: String = Stage.address("invited"), to company: Company) async throws -> (
        email: String, token: String
    ) {
        let sent = try company.send(
            "POST", "invitations",
            ["email": .string(email), "role_id": .string(try company.role("viewer")), "team_ids": []])
        #expect(sent.status == 201)
        try await Stage.platform.drain()
        return (email, try await Stage.platform.token(in: "invitation", to: email))
    }
}
