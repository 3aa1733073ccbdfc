import Postgres
import Testing
import TestKit
import Wire

@Suite struct SignUpTests {
    @Test func `signing up gives tokens, an organization and a mail to verify`() async throws {
        let platform = try await Stage.platform
        let client = platform.client()
        var newcomer = Newcomer()
        newcomer.organization = [
            "name": "Caffè Città & Figli", "country": "IT", "vat_number": "IT12345678903",
        ]
        let answer = try client.send("POST", "auth/signup", newcomer.json)
        #expect(answer.status == 201)
        #expect(answer.json["expires_in"]?.integerValue == 900)
        #expect(answer.json["organization"]?.text("slug").hasPrefix("caffe-citta-figli") == true)
        client.token = answer.json.text("access_token")
        let me = try client.send("GET", "me").json
        #expect(me["user"]?.text("email") == newcomer.email)
        #expect(me["user"]?["email_verified"]?.boolValue == false)
        #expect(me["role"]?.text("key") == "org_admin")
        #expect(me["organization"]?.text("currency") == "EUR")
        try await platform.drain()
        #expect(platform.mail(to: newcomer.email) != nil)
        let token = try platform.token(in: "verify", to: newcomer.email)
        #expect(try client.send("POST", "auth/verify", ["token": .string(token)]).status == 204)
        #expect(try client.send("GET", "me").json["user"]?["email_verified"]?.boolValue == true)
        let again = try client.send("POST", "auth/verify", ["token": .string(token)])
        #expect(again.status == 422)
        #expect(again.code == "link_used")
    }

    @Test func `a new organization starts with every built-in role and the seeds of its plugins`()
        async throws
    {
        let company = try await Stage.company("Seeds")
        let roles = try company.send("GET", "roles?limit=200").json.data
        #expect(Set(roles.map { $0.text("key") }).isSuperset(of: ["org_admin", "sales_rep", "viewer"]))
        #expect(try company.send("GET", "visits").json.data.map { $0.text("title") } == ["Say hello"])
        let rep = roles.first { $0.text("key") == "sales_rep" }
        #expect(
            rep?["grants"]?.arrayValue?.contains(["permission": "probe.visit.read", "scope": "own"]) == true)
        #expect(
            rep?["field_access"]?.arrayValue
                == [["entity": "probe.visit", "field": "secret", "access": "hidden"]])
    }

    @Test func `an address that has an account is refused as such, whatever its case`() async throws {
        let client = try await Stage.platform.client()
        var newcomer = Newcomer()
        #expect(try client.send("POST", "auth/signup", newcomer.json).status == 201)
        newcomer.email = newcomer.email.uppercased()
        let answer = try client.send("POST", "auth/signup", newcomer.json)
        #expect(answer.status == 422)
        #expect(answer.code == "email_taken")
        #expect(answer.faults == ["email:email_taken"])
    }

    @Test func `every wrong field is told at once`() async throws {
        let client = try await Stage.platform.client()
        let answer = try client.send(
            "POST", "auth/signup",
            [
                "email": "no address", "password": "short", "name": "", "surname": "Rossi",
                "organization": ["name": "", "currency": "LIRE"],
            ])
        #expect(answer.status == 422)
        #expect(
            Set(answer.faults) == [
                "email:not_an_email", "password:password_too_short", "name:required", "surname:unknown_field",
                "organization.name:required", "organization.currency:unknown_currency",
            ])
        var newcomer = Newcomer()
        newcomer.organization = [
            "slug": "www", "country": "ZZ", "vat_number": "not one!", "locale": "italiano",
            "currency": "LIRE",
            "colour": "red",
        ]
        let second = try client.send("POST", "auth/signup", newcomer.json)
        #expect(
            Set(second.faults) == [
                "organization.name:required", "organization.slug:reserved_slug",
                "organization.country:unknown_country", "organization.vat_number:not_a_vat_number",
                "organization.locale:unknown_locale", "organization.currency:unknown_currency",
                "organization.colour:unknown_field",
            ])
    }

    @Test(arguments: ["Mars/Olympus", "posix/Europe/Rome", "EST5EDT4,M3", "../etc/passwd", "localtime"])
    func `only time zones of IANA are taken`(zone: String) async throws {
        var newcomer = Newcomer()
        newcomer.organization = ["name": "Zones", "time_zone": .string(zone)]
        let answer = try await Stage.platform.client().send("POST", "auth/signup", newcomer.json)
        #expect(answer.faults == ["organization.time_zone:unknown_time_zone"])
    }

    @Test func `a chosen slug is kept, a second one is refused, and names give slugs of their own`()
        async throws
    {
        let client = try await Stage.platform.client()
        let slug = "slug-\(UUIDv7.make())"
        var newcomer = Newcomer()
        newcomer.organization = ["name": "One", "slug": .string(slug)]
        #expect(
            try client.send("POST", "auth/signup", newcomer.json).json["organization"]?.text("slug") == slug)
        newcomer.email = Stage.address("second")
        let refused = try client.send("POST", "auth/signup", newcomer.json)
        #expect(refused.faults == ["organization.slug:slug_taken"])
        var slugs: Set<String> = []
        for _ in 0..<3 {
            newcomer.email = Stage.address("named")
            newcomer.organization = ["name": "Same Name Twice"]
            slugs.insert(
                try client.send("POST", "auth/signup", newcomer.json).json["organization"]?.text("slug") ?? ""
            )
        }
        #expect(slugs.count == 3)
        newcomer.email = Stage.address("api")
        newcomer.organization = ["name": "API"]
        #expect(
            try client.send("POST", "auth/signup", newcomer.json).json["organization"]?.text("slug") != "api")
    }

    @Test func `an address can be verified by a second letter, once`() async throws {
        let platform = try await Stage.platform
        let client = platform.client()
        let newcomer = Newcomer()
        client.token = try client.send("POST", "auth/signup", newcomer.json).json.text("access_token")
        try await platform.drain()
        let first = try platform.token(in: "verify", to: newcomer.email)
        #expect(try client.send("POST", "auth/verify/resend", [:]).status == 204)
        try await platform.drain()
        let second = try platform.token(in: "verify", to: newcomer.email)
        #expect(first != second)
        #expect(try client.send("POST", "auth/verify", ["token": .string(second)]).status == 204)
        #expect(try client.send("POST", "auth/verify", ["token": .string(first)]).code == "link_used")
        #expect(try client.send("POST", "auth/verify", ["token": "made-up"]).code == "link_invalid")
    }

    @Test func `no token lies in the jobs' table`() async throws {
        let platform = try await Stage.platform
        let client = platform.client()
        let newcomer = Newcomer()
        try client.send("POST", "auth/signup", newcomer.json)
        try await platform.drain()
        let token = try platform.token(in: "verify", to: newcomer.email)
        let rows = try platform.database.admin(
            "select count(*) from platform.jobs j where j.payload::text like \("%\(token)%")")
        #expect(rows.integer(0, 0) == 0)
    }
}
