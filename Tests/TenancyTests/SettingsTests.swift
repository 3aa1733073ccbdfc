import Testing
import TestKit
import Wire

@Suite struct SettingsTests {
    @Test func `settings are typed, kept and told in the security audit`() async throws {
        let company = try await Stage.company("Settings")
        let before = try company.send("GET", "settings").json
        #expect(before.text("name") == "Settings")
        #expect(before.text("time_zone") == "Europe/Rome")
        #expect(before["week_start"]?.integerValue == 1)
        let answer = try company.send(
            "PATCH", "settings",
            [
                "name": "Settings Ltd", "country": "DE", "time_zone": "America/New_York", "currency": "USD",
                "legal_name": "Settings Limited", "address": ["city": "Berlin"], "week_start": 7,
            ])
        #expect(answer.status == 200, "\(answer.text)")
        let after = try company.send("GET", "settings").json
        #expect(after == answer.json)
        #expect(after.text("name") == "Settings Ltd")
        #expect(after["address"]?.text("city") == "Berlin")
        let event = try company.send("GET", "security-audit?event=settings.changed").json.data.first
        #expect(event?["detail"]?["currency"]?.arrayValue == ["EUR", "USD"])
        #expect(try company.send("PATCH", "settings", ["legal_name": nil]).json["legal_name"] == .null)
    }

    @Test func `what is wrong with settings is told field by field and nothing is kept`() async throws {
        let company = try await Stage.company("WrongSettings")
        let answer = try company.send(
            "PATCH", "settings",
            ["currency": "EURO", "country": "IT!", "locale": "it_IT", "week_start": 8, "color": "red"])
        #expect(
            Set(answer.faults) == [
                "currency:unknown_currency", "country:too_long", "locale:unknown_locale",
                "week_start:too_large",
                "color:unknown_field",
            ])
        let second = try company.send(
            "PATCH", "settings", ["name": nil, "currency": nil, "time_zone": "Mars/Olympus", "country": "FR"])
        #expect(Set(second.faults) == ["name:required", "currency:required", "time_zone:unknown_time_zone"])
        #expect(try company.send("GET", "settings").json["country"] == .null)
    }

    @Test func `a module that is off is not found, and what needs it keeps it on`() async throws {
        let company = try await Stage.company("Modules")
        let modules = try company.send("GET", "plugins").json.data
        #expect(modules.first { $0.text("id") == "probe_extras" }?["requires"]?.arrayValue == ["probe"])
        let refused = try company.send("PUT", "plugins/probe", ["on": false])
        #expect(refused.code == "plugin_required")
        #expect(refused.json["plugins"]?.arrayValue == ["probe_extras"])
        #expect(try company.send("PUT", "plugins/probe_extras", ["on": false]).json["on"]?.boolValue == false)
        #expect(try company.send("PUT", "plugins/probe", ["on": false]).status == 200)
        #expect(try await company.admin.comes(to: 404, "visits"))
        #expect(try company.send("PUT", "plugins/probe_extras", ["on": true]).code == "plugin_requires")
        #expect(try company.send("PUT", "plugins/probe", ["on": true]).status == 200)
        #expect(try await company.admin.comes(to: 200, "visits"))
        #expect(try company.send("GET", "visits").json.data.count == 1)
        #expect(try company.send("PUT", "plugins/tenancy", ["on": false]).code == "plugin_not_optional")
        #expect(try company.send("PUT", "plugins/nothing", ["on": true]).status == 404)
    }

    @Test func `settings are the administrator's alone`() async throws {
        let company = try await Stage.company("Closed")
        let (client, _) = try await company.join("Rep", role: "sales_rep")
        for (method, path, permission) in [
            ("GET", "settings", "settings.read"), ("PATCH", "settings", "settings.write"),
            ("PUT", "plugins/probe", "settings.write"), ("GET", "audit", "audit.read"),
            ("GET", "security-audit", "audit.read"), ("POST", "invitations", "users.invite"),
            ("DELETE", "members/\(company.adminID)", "users.revoke"), ("POST", "roles", "roles.write"),
        ] {
            let answer = try client.send(method, path, method == "GET" || method == "DELETE" ? nil : [:])
            #expect(answer.status == 403, "\(method) \(path)")
            #expect(answer.json.text("permission") == permission)
        }
    }
}
