import Testing
import TestKit
import Wire

@Suite struct RoleTests {
    @Test func `a custom role is made, changed and, once nobody has it, deleted`() async throws {
        let company = try await Stage.company("Custom")
        let made = try company.send(
            "POST", "roles",
            [
                "name": "Visitor", "grants": [["permission": "probe.visit.read", "scope": "team"]],
                "field_access": [["entity": "probe.visit", "field": "secret", "access": "hidden"]],
            ])
        #expect(made.status == 201, "\(made.text)")
        let path = "roles/\(made.json.text("id"))"
        #expect(made.header("location") == "/api/v1/\(path)")
        let (client, id) = try await company.join("Vera", role: "viewer")
        #expect(
            try company.send("PATCH", "members/\(id)", ["role_id": made.json["id"] ?? .null]).status == 200)
        #expect(try await client.holds("probe.visit.read", "team"))
        let changed = try company.send(
            "PATCH", path, ["grants": [["permission": "probe.visit.read", "scope": "all"]]])
        #expect(changed.json["grants"]?.arrayValue == [["permission": "probe.visit.read", "scope": "all"]])
        #expect(changed.json["version"]?.integerValue ?? 0 > made.json["version"]?.integerValue ?? 0)
        #expect(try await client.holds("probe.visit.read", "all"))
        let history = try company.send("GET", "audit?record_id=\(made.json.text("id"))&action=updated").json
            .data.first
        #expect(history?["changes"]?.arrayValue?.first?["from"]?.text("probe.visit.read") == "team")
        #expect(try client.send("GET", "visits").json.data.allSatisfy { $0["secret"] == nil })
        #expect(try company.send("DELETE", path).code == "role_in_use")
        #expect(
            try company.send("PATCH", "members/\(id)", ["role_id": .string(try company.role("viewer"))])
                .status == 200)
        #expect(try company.send("DELETE", path).status == 204)
        #expect(try company.send("GET", path).status == 404)
    }

    @Test func `built-in roles stay as they are and can be copied`() async throws {
        let company = try await Stage.company("BuiltIn")
        for key in ["viewer", "org_admin"] {
            let path = "roles/\(try company.role(key))"
            #expect(try company.send("PATCH", path, ["name": "Mine"]).code == "built_in_role")
            #expect(try company.send("DELETE", path).code == "built_in_role")
            let copy = try company.send("POST", "\(path)/copies", ["name": .string("Copy of \(key)")])
            #expect(copy.status == 201)
            #expect(copy.json["key"] == .null)
            let rights = copy.json["grants"]?.arrayValue ?? []
            #expect(rights.contains(["permission": "roles.assign", "scope": "all"]) == (key == "org_admin"))
        }
    }

    @Test func `every fault of a role is told at its own place`() async throws {
        let company = try await Stage.company("Faults")
        let answer = try company.send(
            "POST", "roles",
            [
                "name": "Faulty",
                "grants": [
                    ["permission": "no.such", "scope": "all"], ["permission": "users.read", "scope": "none"],
                    ["permission": "roles.read", "scope": "all"],
                    ["permission": "roles.read", "scope": "own"],
                ],
                "field_access": [
                    ["entity": "probe.visit", "field": "nothing", "access": "hidden"],
                    ["entity": "probe.visit", "field": "title", "access": "secret"],
                ],
            ])
        #expect(
            Set(answer.faults) == [
                "grants[0].permission:unknown_permission", "grants[1].scope:not_a_choice",
                "grants[3].permission:repeated", "field_access[0].field:unknown_field",
                "field_access[1].access:not_a_choice",
            ])
        #expect(try company.send("POST", "roles", ["name": "Viewer "]).faults == ["name:taken"])
    }

    @Test func `nobody makes a role of rights that they don't hold`() async throws {
        let company = try await Stage.company("Escalation")
        let maker = try company.send(
            "POST", "roles",
            [
                "name": "Role maker",
                "grants": [
                    ["permission": "roles.read", "scope": "all"],
                    ["permission": "roles.write", "scope": "all"],
                    ["permission": "probe.visit.read", "scope": "own"],
                ],
                "field_access": [["entity": "probe.visit", "field": "secret", "access": "hidden"]],
            ]
        ).json
        let (client, id) = try await company.join("Mallory", role: "viewer")
        #expect(try company.send("PATCH", "members/\(id)", ["role_id": maker["id"] ?? .null]).status == 200)
        func make(_ body: JSON) throws -> APIResponse { try client.send("POST", "roles", body) }
        let wider: JSON = ["name": "Wider", "grants": [["permission": "probe.visit.read", "scope": "all"]]]
        #expect(try make(wider).json.text("right") == "probe.visit.read")
        let other: JSON = ["name": "Other", "grants": [["permission": "users.invite", "scope": "own"]]]
        #expect(try make(other).json.text("right") == "users.invite")
        let seeing: JSON = [
            "name": "Seeing", "grants": [["permission": "probe.visit.read", "scope": "own"]],
        ]
        #expect(try make(seeing).json.text("right") == "probe.visit.secret")
        let own = try client.send("PATCH", "roles/\(maker.text("id"))", ["field_access": []])
        #expect(own.json.text("right") == "probe.visit.secret")
        let copy = try client.send("POST", "roles/\(try company.role("org_admin"))/copies", ["name": "Root"])
        #expect(copy.json.text("right") == "org_admin")
        let equal = try client.send("POST", "roles/\(maker.text("id"))/copies", ["name": "Equal"])
        #expect(equal.status == 201)
    }

    @Test func `nobody lowers or deletes a role that holds more than they do`() async throws {
        let company = try await Stage.company("Above")
        let keeper = try company.makeRole("Keeper", ["roles.read": "all", "roles.write": "all"])
        let (client, _) = try await company.join("Kay", roleID: keeper)
        let lowered = try company.makeRole("Seeing", ["probe.visit.read": "all"])
        let refused = try client.send("PATCH", "roles/\(lowered)", ["grants": []])
        #expect(refused.status == 403, "\(refused.text)")
        #expect(refused.json.text("right") == "probe.visit.read")
        let deleted = try company.makeRole("Writing", ["probe.visit.write": "own"])
        let kept = try client.send("DELETE", "roles/\(deleted)")
        #expect(kept.status == 403, "\(kept.text)")
        #expect(kept.json.text("right") == "probe.visit.write")
        let equal = try company.makeRole("Reader", ["roles.read": "all"])
        #expect(try client.send("PATCH", "roles/\(equal)", ["grants": []]).status == 200)
        #expect(try client.send("DELETE", "roles/\(equal)").status == 204)
    }

    @Test func `nobody makes a role that writes a field which they may only read`() async throws {
        let company = try await Stage.company("ReadOnly")
        let readOnly: JSON = [["entity": "probe.visit", "field": "secret", "access": "readonly"]]
        let own = ["probe.visit.read", "probe.visit.write", "roles.read", "roles.write"].map { name -> JSON in
            ["permission": .string(name), "scope": "all"]
        }
        let maker = try company.make(
            "roles", ["name": "Maker", "grants": .array(own), "field_access": readOnly])
        let (client, _) = try await company.join("Mara", roleID: maker)
        let grants: JSON = [["permission": "probe.visit.write", "scope": "all"]]
        let refused = try client.send("POST", "roles", ["name": "Writing", "grants": grants])
        #expect(refused.status == 403, "\(refused.text)")
        #expect(refused.json.text("right") == "probe.visit.secret")
        let equal: JSON = ["name": "Equal", "grants": grants, "field_access": readOnly]
        #expect(try client.send("POST", "roles", equal).status == 201)
    }

    @Test func `the matrix names every permission in the caller's language`() async throws {
        let company = try await Stage.company("Matrix")
        let matrix = try company.send("GET", "roles/matrix", headers: ["Accept-Language": "it"]).json
        let admin = try company.role("org_admin")
        let permissions = matrix["permissions"]?.arrayValue ?? []
        #expect(permissions.allSatisfy { $0["scopes"]?.text(admin) == "all" })
        let invite = permissions.first { $0.text("permission") == "users.invite" }
        #expect(invite?.text("label") == "Invitare persone")
        #expect(invite?["scopes"]?.objectValue?.keys == [admin])
        let rep = try company.role("sales_rep")
        let read = permissions.first { $0.text("permission") == "probe.visit.read" }
        #expect(read?["scopes"]?.text(rep) == "own")
    }

    @Test func `another organization's roles are not found`() async throws {
        let company = try await Stage.company("RolesA")
        let other = try await Stage.company("RolesB")
        let role = try other.role("viewer")
        #expect(try company.send("PATCH", "roles/\(role)", ["name": "X"]).status == 404)
        #expect(try company.send("POST", "roles/\(role)/copies", ["name": "X"]).status == 404)
        #expect(try company.send("DELETE", "roles/\(role)").status == 404)
        let invited = try company.send(
            "POST", "invitations", ["email": .string(Stage.address("x")), "role_id": .string(role)])
        #expect(invited.faults == ["role_id:reference_not_found"])
    }
}

extension APIClient {
    /// Whether the caller comes to hold a permission in a scope within the five seconds that a change may
    /// take.
    func holds(_ permission: String, _ scope: String) async throws -> Bool {
        let wanted: JSON = ["permission": .string(permission), "scope": .string(scope)]
        return try await Deadline.holds {
            try send("GET", "me").json["permissions"]?.arrayValue?.contains(wanted) ?? false
        }
    }
}
