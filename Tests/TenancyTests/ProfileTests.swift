import Testing
import TestKit
import Wire

@Suite struct ProfileTests {
    @Test func `a person changes name and preferences, and is called so everywhere`() async throws {
        let company = try await Stage.company("Profile")
        let answer = try company.send(
            "PATCH", "me",
            ["name": "Ada Verdi", "locale": "en-GB", "time_zone": "Europe/London", "theme": "light"])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.json["user"]?.text("theme") == "light")
        #expect(try company.send("GET", "members/\(company.adminID)").json.text("name") == "Ada Verdi")
        #expect(try company.send("PATCH", "me", ["locale": nil]).json["user"]?["locale"] == .null)
        let wrong = try company.send("PATCH", "me", ["name": nil, "theme": "pink", "email": "a@b.it"])
        #expect(wrong.status == 422)
        #expect(Set(wrong.faults).isSuperset(of: ["theme:not_a_choice", "email:unknown_field"]))
        #expect(try company.send("PATCH", "me", ["name": nil]).faults == ["name:required"])
        #expect(
            try company.send("PATCH", "me", ["time_zone": "Nowhere"]).faults == [
                "time_zone:unknown_time_zone"
            ])
    }

    @Test func `one person acts in many organizations, one at a time`() async throws {
        let company = try await Stage.company("Many")
        let before = company.admin.token
        let made = try company.send("POST", "organizations", ["name": "Second Home"])
        #expect(made.status == 201, "\(made.text)")
        company.admin.token = made.json.text("access_token")
        let me = try company.send("GET", "me").json
        #expect(me["organization"]?.text("name") == "Second Home")
        #expect(me["memberships"]?.arrayValue?.count == 2)
        #expect(try company.send("GET", "visits").json.data.count == 1)
        let back = try company.send("POST", "organizations/\(company.id)/switch", [:])
        #expect(back.status == 200)
        #expect(
            try company.send("POST", "auth/refresh", ["refresh_token": made.json["refresh_token"] ?? .null])
                .status == 401)
        let next = try company.send(
            "POST", "auth/refresh", ["refresh_token": back.json["refresh_token"] ?? .null])
        company.admin.token = next.json.text("access_token")
        #expect(try company.send("GET", "me").json["organization"]?.text("id") == company.id.description)
        #expect(before != company.admin.token)
    }

    @Test func `an organization that one does not belong to is not found`() async throws {
        let company = try await Stage.company("Here")
        let other = try await Stage.company("There")
        #expect(try company.send("POST", "organizations/\(other.id)/switch", [:]).status == 404)
        #expect(try company.send("POST", "organizations/\(UUIDv7.make())/switch", [:]).status == 404)
        #expect(try company.send("POST", "organizations/x/switch", [:]).status == 404)
        let login = try await Stage.platform.client().send(
            "POST", "auth/login",
            [
                "email": .string(company.email), "password": .string(Company.password),
                "organization_id": .string(other.id.description),
            ])
        #expect(login.faults == ["organization_id:reference_not_found"])
    }
}
