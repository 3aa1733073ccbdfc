import TestKit
import Testing
import Wire

@Suite struct BrandingTests {
    private static let pixel: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]

    private static func address(_ bytes: [UInt8], as media: String) -> JSON {
        .string("data:\(media);base64,\(Base64.encode(bytes))")
    }

    @Test func `colours and a logo are read by every member of the organization and by nobody else`()
        async throws
    {
        let company = try await Stage.company("Branding")
        let (viewer, _) = try await company.join("Vera Verdi", role: "viewer")
        let bare = try viewer.send("GET", "me").json["organization"]
        #expect(bare?["branding"] == ["primary": nil, "accent": nil, "logo": nil])
        #expect(bare?["week_start"]?.integerValue == 1)
        let logo = Self.address(Self.pixel, as: "image/png")
        let set = try company.send(
            "PATCH", "settings",
            ["brand_primary": "#390035", "brand_accent": "#901D6b", "logo": logo, "week_start": 7])
        #expect(set.status == 200, "\(set.text)")
        #expect(set.json["logo"] == logo)
        let seen = try viewer.send("GET", "me").json["organization"]
        #expect(seen?["branding"] == ["primary": "#390035", "accent": "#901D6b", "logo": logo])
        #expect(seen?["week_start"]?.integerValue == 7)
        let other = try await Stage.company("Plain")
        #expect(try other.send("GET", "me").json["organization"]?["branding"]?["primary"] == .null)
        #expect(try viewer.send("PATCH", "settings", ["brand_primary": "#000000"]).status == 403)
        let emptied = try company.send("PATCH", "settings", ["logo": nil])
        #expect(emptied.json["logo"] == .null)
    }

    @Test func `the security audit tells of a logo what it is, and not what it shows`() async throws {
        let company = try await Stage.company("Told")
        try company.send("PATCH", "settings", ["logo": Self.address(Self.pixel, as: "image/png")])
        let event = try company.send("GET", "security-audit?event=settings.changed").json.data.first
        #expect(event?["detail"]?["logo"]?.arrayValue == [nil, "image/png, 12 bytes"])
    }

    @Test func `what is no colour, no picture, or too large a picture is refused at its field`() async throws
    {
        let company = try await Stage.company("Unbranded")
        for color in ["red", "#39003", "#39003G", "#3900355", "rgb(1,1,1)", "#390035;", "var(--x)"] {
            let answer = try company.send("PATCH", "settings", ["brand_primary": .string(color)])
            #expect(answer.status == 422, "\(color)")
            #expect(answer.faults.first?.hasPrefix("brand_primary:") == true, "\(answer.text)")
        }
        let drawing = Array("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".utf8)
        let wrong: [JSON] = [
            "https://example.com/logo.png", "data:image/png;base64,%%%", "data:image/png,abc",
            Self.address(drawing, as: "image/svg+xml"), Self.address(drawing, as: "image/png"),
            Self.address(Self.pixel, as: "image/jpeg"), Self.address([], as: "image/png"),
        ]
        for logo in wrong {
            let answer = try company.send("PATCH", "settings", ["logo": logo])
            #expect(answer.faults == ["logo:not_an_image"], "\(answer.text)")
        }
        let filled = Self.pixel + [UInt8](repeating: 0, count: 65_536 - Self.pixel.count)
        let largest = Self.address(filled, as: "image/png")
        #expect(try company.send("PATCH", "settings", ["logo": largest]).status == 200)
        let larger = Self.address(filled + [0], as: "image/png")
        #expect(try company.send("PATCH", "settings", ["logo": larger]).faults == ["logo:image_too_large"])
    }

    @Test func `a person's theme, language and zone are their own`() async throws {
        let company = try await Stage.company("Themes")
        #expect(try company.send("GET", "me").json["user"]?.text("theme") == "dark")
        let answer = try company.send(
            "PATCH", "me", ["theme": "system", "locale": "en-GB", "time_zone": "Europe/London"])
        #expect(answer.json["user"]?.text("theme") == "system")
        #expect(answer.json["user"]?.text("locale") == "en-GB")
        // The organization's stay what they are.
        #expect(answer.json["organization"]?.text("locale") == "en")
        #expect(answer.json["organization"]?.text("time_zone") == "Europe/Rome")
    }
}
