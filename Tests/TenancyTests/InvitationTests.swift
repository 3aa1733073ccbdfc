import Postgres
import Testing
import TestKit
import Wire

@Suite struct InvitationTests {
    /// Invites an address and gives the invitation with the token that was mailed.
    private func invite(_ email: String, to company: Company, role: String = "sales_rep") async throws
        -> (invitation: JSON, token: String)
    {
        let answer = try company.send(
            "POST", "invitations", ["email": .string(email), "role_id": .string(try company.role(role))])
        #expect(answer.status == 201, "\(answer.text)")
        let platform = try await Stage.platform
        try await platform.drain()
        return (answer.json, try platform.token(in: "invitation", to: email))
    }

    @Test func `a person joins with a new account, whose address counts as verified`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Joining")
        let team = try company.send("POST", "teams", ["name": "North"]).json.text("id")
        let (client, id) = try await company.join("Bruno Bianchi", role: "sales_rep", teams: [team])
        let me = try client.send("GET", "me").json
        #expect(me["role"]?.text("key") == "sales_rep")
        #expect(me["user"]?["email_verified"]?.boolValue == true)
        let member = try company.send("GET", "members/\(id)").json
        #expect(member["team_ids"]?.arrayValue == [.string(team)])
        #expect(try platform.client().logIn(member.text("email")).status == 200)
    }

    @Test func `a signed-in person joins with their own address alone`() async throws {
        let company = try await Stage.company("Host")
        let guest = try await Stage.company("Guest")
        let (invitation, token) = try await invite(guest.email, to: company)
        #expect(invitation.text("status") == "pending")
        let body: JSON = ["token": .string(token)]
        let anonymous = try await Stage.platform.client().send("POST", "invitations/accept", body)
        #expect(anonymous.code == "account_exists")
        #expect(try company.send("POST", "invitations/accept", body).code == "invitation_for_another")
        let accepted = try guest.send("POST", "invitations/accept", body)
        #expect(accepted.status == 200)
        guest.admin.token = accepted.json.text("access_token")
        let me = try guest.send("GET", "me").json
        #expect(me["organization"]?.text("id") == company.id.description)
        #expect(me["memberships"]?.arrayValue?.count == 2)
        #expect(try guest.send("POST", "invitations/accept", body).code == "invitation_used")
        #expect(
            try company.send("GET", "invitations/\(invitation.text("id"))").json.text("status") == "accepted")
    }

    @Test func `resending voids the link of before, taking back voids both`() async throws {
        let company = try await Stage.company("Resend")
        let email = Stage.address("carla")
        let (invitation, first) = try await invite(email, to: company)
        let path = "invitations/\(invitation.text("id"))"
        #expect(try company.send("POST", "\(path)/resend", [:]).status == 200)
        let platform = try await Stage.platform
        try await platform.drain()
        let second = try platform.token(in: "invitation", to: email)
        let client = platform.client()
        func accept(_ token: String) throws -> APIResponse {
            try client.send(
                "POST", "invitations/accept",
                ["token": .string(token), "name": "Carla", "password": .string(Company.password)])
        }
        #expect(try accept(first).code == "invitation_invalid")
        #expect(try company.send("DELETE", path).status == 204)
        #expect(try accept(second).code == "invitation_revoked")
        #expect(try company.send("POST", "\(path)/resend", [:]).status == 409)
        #expect(try await invite(email, to: company).invitation.text("status") == "pending")
    }

    @Test func `an expired invitation is refused and makes room for another`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Expiry")
        let email = Stage.address("dario")
        let (_, token) = try await invite(email, to: company)
        let second = try company.send(
            "POST", "invitations", ["email": .string(email), "role_id": .string(try company.role("viewer"))])
        #expect(second.code == "already_invited")
        _ = try platform.database.admin(
            """
            update kernel.invitations set expires_at = now() - interval '1 second'
            where organization_id = \(company.id)::uuid
            """)
        let late = try platform.client().send(
            "POST", "invitations/accept",
            ["token": .string(token), "name": "Dario", "password": .string(Company.password)])
        #expect(late.status == 422)
        #expect(late.code == "invitation_expired")
        _ = try await invite(email, to: company)
    }

    @Test func `nobody invites before their own address is verified`() async throws {
        let client = try await Stage.platform.client()
        client.token = try client.send("POST", "auth/signup", Newcomer().json).json.text("access_token")
        let role = try client.send("GET", "roles").json.data.first?.text("id") ?? ""
        let answer = try client.send(
            "POST", "invitations", ["email": .string(Stage.address("early")), "role_id": .string(role)])
        #expect(answer.status == 403)
        #expect(answer.code == "email_not_verified")
        let again = try client.send("POST", "invitations/\(UUIDv7.make())/resend", [:])
        #expect(again.code == "email_not_verified")
    }

    @Test func `an invitation never grants more than the inviter holds`() async throws {
        let company = try await Stage.company("Limits")
        let recruiter = try company.send(
            "POST", "roles",
            [
                "name": "Recruiter",
                "grants": [
                    ["permission": "users.invite", "scope": "all"],
                    ["permission": "users.read", "scope": "all"],
                    ["permission": "probe.visit.read", "scope": "own"],
                ],
            ])
        #expect(recruiter.status == 201, "\(recruiter.text)")
        let (client, id) = try await company.join("Elena", role: "viewer")
        #expect(
            try company.send("PATCH", "members/\(id)", ["role_id": recruiter.json["id"] ?? .null]).status
                == 200)
        for (role, right) in [("org_admin", "org_admin"), ("sales_manager", "imports.read")] {
            let answer = try client.send(
                "POST", "invitations",
                ["email": .string(Stage.address("more")), "role_id": .string(try company.role(role))])
            #expect(answer.status == 403)
            #expect(answer.code == "exceeds_own_rights")
            #expect(answer.json.text("right") == right)
        }
        let equal = try client.send(
            "POST", "invitations",
            ["email": .string(Stage.address("equal")), "role_id": recruiter.json["id"] ?? .null])
        #expect(equal.status == 201)
    }

    @Test(arguments: [
        "", "x", "0190", "00000000-0000-7000-8000-000000000000.abc", "a.b.c", "'; drop table x;--",
    ])
    func `what is no invitation opens nothing`(token: String) async throws {
        let answer = try await Stage.platform.client().send(
            "POST", "invitations/accept",
            ["token": .string(token), "name": "X", "password": .string(Company.password)])
        #expect(answer.status == 422)
    }

    @Test func `another organization's invitations are not found`() async throws {
        let company = try await Stage.company("Mine")
        let other = try await Stage.company("Theirs")
        let (invitation, _) = try await invite(Stage.address("franco"), to: company)
        let path = "invitations/\(invitation.text("id"))"
        #expect(try other.send("GET", path).status == 404)
        #expect(try other.send("POST", "\(path)/resend", [:]).status == 404)
        #expect(try other.send("DELETE", path).status == 404)
    }
}
