import Postgres
import Testing
import TestKit
import Wire

@Suite struct MemberTests {
    @Test func `removing a member hands over what they own and ends their sessions here`() async throws {
        let company = try await Stage.company("Removal")
        let (leaver, leaverID) = try await company.join("Lea", role: "sales_rep")
        let (_, heirID) = try await company.join("Enzo", role: "sales_rep")
        for title in ["First", "Second"] {
            #expect(try leaver.send("POST", "visits", ["title": .string(title)]).status == 201)
        }
        let answer = try company.send("DELETE", "members/\(leaverID)?reassign_to=\(heirID)")
        #expect(answer.status == 204, "\(answer.text)")
        let visits = try company.send("GET", "visits?owner_id=\(heirID)").json.data
        #expect(visits.count == 2)
        #expect(try await leaver.ends())
        #expect(try company.send("GET", "members/\(leaverID)").json.text("status") == "removed")
        let history = try company.send("GET", "visits/\(visits.first?.text("id") ?? "")/history").json.data
        #expect(
            history.contains {
                $0["changes"]?.arrayValue?.contains { $0.text("field") == "owner_id" } == true
            })
        #expect(try company.send("DELETE", "members/\(leaverID)").status == 404)
    }

    @Test func `a leaver's keys end and are nobody's to inherit`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Legacy")
        let (leaver, id) = try await company.join("Leaves Keys", role: "org_admin")
        let made = try leaver.send("POST", "api-keys", ["name": "Backup"]).json
        let client = platform.client(token: made.text("key"))
        #expect(try client.send("GET", "visits").status == 200)
        #expect(try company.send("DELETE", "members/\(id)?reassign_to=\(company.adminID)").status == 204)
        #expect(try await client.comes(to: "unauthenticated", "visits"))
        let kept = try platform.database.admin(
            """
            select k.member_id, k.deleted_at is not null
            from kernel.api_keys as k
            where k.organization_id = \(company.id)::uuid
            """)
        #expect(kept.count == 1 && kept.id(0, 0) == id && kept.bool(0, 1) == true)
        let told = try company.send("GET", "security-audit?event=keys.revoked").json.data
        #expect(told.map { $0.text("subject_id") } == [made.text("id")])
        #expect(told.first?["by"]?.text("id") == company.adminID.description)
    }

    @Test func `records go only to an active member of the organization`() async throws {
        let company = try await Stage.company("Heirs")
        let other = try await Stage.company("Elsewhere")
        let (_, id) = try await company.join("Gino", role: "sales_rep")
        for heir in [other.adminID, id, .make()] {
            let answer = try company.send("DELETE", "members/\(id)?reassign_to=\(heir)")
            #expect(answer.faults == ["reassign_to:reference_not_found"])
        }
        #expect(try company.send("GET", "members/\(id)").json.text("status") == "active")
    }

    @Test func `who was removed comes back by an invitation`() async throws {
        let company = try await Stage.company("Return")
        let guest = try await Stage.company("Wanderer")
        func accept() async throws -> APIResponse {
            let role = try company.role("viewer")
            try company.send(
                "POST", "invitations", ["email": .string(guest.email), "role_id": .string(role)])
            try await Stage.platform.drain()
            let token = try await Stage.platform.token(in: "invitation", to: guest.email)
            let answer = try guest.send("POST", "invitations/accept", ["token": .string(token)])
            guest.admin.token = answer.json["access_token"]?.stringValue ?? guest.admin.token
            return answer
        }
        #expect(try await accept().status == 200)
        #expect(try company.send("DELETE", "members/\(guest.adminID)").status == 204)
        #expect(try await guest.admin.ends())
        try guest.admin.logIn(guest.email)
        #expect(try await accept().status == 200)
        #expect(try company.send("GET", "members/\(guest.adminID)").json["ended_at"] == .null)
    }

    @Test func `a suspended member is kept out until the suspension is lifted`() async throws {
        let company = try await Stage.company("Suspension")
        let (client, id) = try await company.join("Ivo", role: "viewer")
        let answer = try company.send("POST", "members/\(id)/suspension", ["reason": "leave"])
        #expect(answer.json.text("status") == "suspended")
        #expect(try await client.ends())
        let email = try company.send("GET", "members/\(id)").json.text("email")
        try client.logIn(email)
        #expect(try client.send("GET", "me").json["organization"] == .null)
        #expect(try client.send("POST", "organizations/\(company.id)/switch", [:]).status == 404)
        #expect(try company.send("DELETE", "members/\(id)/suspension").status == 204)
        let moved = try client.send("POST", "organizations/\(company.id)/switch", [:])
        #expect(moved.status == 200)
    }

    @Test func `the last administrator stays, whichever way is tried`() async throws {
        let company = try await Stage.company("Alone")
        let me = "members/\(company.adminID)"
        let viewer = try company.role("viewer")
        #expect(try company.send("PATCH", me, ["role_id": .string(viewer)]).code == "last_admin")
        #expect(try company.send("DELETE", me).code == "last_admin")
        #expect(try company.send("POST", "\(me)/suspension", [:]).code == "last_admin")
        let (other, id) = try await company.join("Second", role: "org_admin")
        #expect(try company.send("PATCH", me, ["role_id": .string(viewer)]).status == 200)
        #expect(try other.send("DELETE", "members/\(id)").status == 409)
    }

    @Test func `the database keeps the last administrator too`() async throws {
        let platform = try await Stage.platform
        let company = try await Stage.company("Trigger")
        #expect(throws: (any Error).self) {
            try platform.database.admin(
                "update kernel.memberships set status = 'removed' where organization_id = \(company.id)::uuid"
            )
        }
    }

    @Test func `a role is given only by who may assign roles, and never beyond their own`() async throws {
        let company = try await Stage.company("Assign")
        let (_, target) = try await company.join("Target", role: "viewer")
        let (helper, helperID) = try await company.join("Helper", role: "viewer")
        let role = try company.send(
            "POST", "roles",
            [
                "name": "People desk",
                "grants": [
                    ["permission": "users.read", "scope": "all"],
                    ["permission": "users.write", "scope": "all"],
                    ["permission": "roles.read", "scope": "all"],
                ],
            ]
        ).json
        #expect(
            try company.send("PATCH", "members/\(helperID)", ["role_id": role["id"] ?? .null]).status == 200)
        let rep: JSON = ["role_id": .string(try company.role("sales_rep"))]
        let without = try helper.send("PATCH", "members/\(target)", rep)
        #expect(without.json.text("permission") == "roles.assign")
        let grants: JSON = [
            ["permission": "users.read", "scope": "all"], ["permission": "users.write", "scope": "all"],
            ["permission": "roles.assign", "scope": "all"],
        ]
        #expect(try company.send("PATCH", "roles/\(role.text("id"))", ["grants": grants]).status == 200)
        #expect(try await helper.holds("roles.assign", "all"))
        #expect(try helper.send("PATCH", "members/\(target)", rep).code == "exceeds_own_rights")
        let admin = try helper.send(
            "PATCH", "members/\(company.adminID)", ["role_id": .string(try company.role("viewer"))])
        #expect(admin.code == "exceeds_own_rights")
        #expect(try helper.send("PATCH", "members/\(target)", ["role_id": role["id"] ?? .null]).status == 200)
    }

    @Test func `who may do more is neither suspended nor removed, nor let in again`() async throws {
        let company = try await Stage.company("Superior")
        let desk = try company.makeRole("Desk", ["users.read": "all", "users.revoke": "all"])
        let (client, _) = try await company.join("Dora", roleID: desk)
        let (_, target) = try await company.join("Tina", role: "sales_rep")
        let path = "members/\(target)"
        #expect(try client.send("POST", "\(path)/suspension", [:]).code == "exceeds_own_rights")
        #expect(try client.send("DELETE", path).code == "exceeds_own_rights")
        #expect(try company.send("POST", "\(path)/suspension", [:]).json.text("status") == "suspended")
        #expect(try client.send("DELETE", "\(path)/suspension").code == "exceeds_own_rights")
        #expect(try company.send("GET", path).json.text("status") == "suspended")
        let (_, peer) = try await company.join("Paula", roleID: desk)
        #expect(try client.send("DELETE", "members/\(peer)").status == 204)
    }

    @Test func `a team's members are set as a whole`() async throws {
        let company = try await Stage.company("Teams")
        let (_, first) = try await company.join("One", role: "sales_rep")
        let (_, second) = try await company.join("Two", role: "sales_rep")
        let team = try company.send("POST", "teams", ["name": "South"]).json.text("id")
        let path = "teams/\(team)/members"
        let both: JSON = [
            "members": [
                ["member_id": .string(first.description), "is_manager": true],
                ["member_id": .string(second.description)],
            ]
        ]
        #expect(try company.send("PUT", path, both).json["members"]?.arrayValue?.count == 2)
        let one: JSON = ["members": [["member_id": .string(first.description)]]]
        #expect(
            try company.send("PUT", path, one).json["members"]?.arrayValue
                == [["member_id": .string(first.description), "is_manager": false]])
        let wrong: JSON = [
            "members": [
                ["member_id": .string(UUIDv7.make().description)], ["member_id": "x", "boss": true], "nobody",
                ["is_manager": "yes"],
            ]
        ]
        #expect(
            Set(try company.send("PUT", path, wrong).faults) == [
                "members[1].boss:unknown_field", "members[1].member_id:not_an_id", "members[2]:wrong_type",
                "members[3].member_id:required",
            ])
        let strangers: JSON = ["members": [["member_id": .string(UUIDv7.make().description)]]]
        #expect(
            try company.send("PUT", path, strangers).faults == ["members[0].member_id:reference_not_found"])
    }

    @Test func `a team can't stand below itself`() async throws {
        let company = try await Stage.company("Tree")
        let top = try company.send("POST", "teams", ["name": "Top"]).json.text("id")
        let low = try company.send("POST", "teams", ["name": "Low", "parent_id": .string(top)]).json.text(
            "id")
        for parent in [low, top] {
            let answer = try company.send("PATCH", "teams/\(top)", ["parent_id": .string(parent)])
            #expect(answer.status == 422)
            #expect(answer.faults.first?.hasPrefix("parent_id:") == true)
        }
        #expect(try company.send("POST", "teams", ["name": "TOP"]).faults == ["name:taken"])
    }

    @Test func `who acts in no organization reaches nothing of any`() async throws {
        let company = try await Stage.company("Leaving")
        let member = try await company.join("Former Member", role: "org_admin")
        #expect(try company.send("DELETE", "members/\(member.id)").status < 300)
        let client = try await Stage.platform.client()
        #expect(try client.logIn("former.member@\(company.id).example").status == 200)
        #expect(try client.send("GET", "me").status == 200)
        for path in ["members", "settings", "search?q=a", "meta", "audit"] {
            let answer = try client.send("GET", path)
            #expect(answer.status == 409, "\(path)")
            #expect(answer.code == "no_organization", "\(path)")
        }
    }
}
