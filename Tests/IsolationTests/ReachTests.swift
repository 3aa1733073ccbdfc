import Kernel
import TestKit
import Testing
import Wire

/// What stands beside a record keeps to a reach of its own: included records, names, moments, likenesses, words.
@Suite struct ReachTests {
    private static let starting = Task { try await TestPlatform() }

    /// A company with an account that is its admin's, and a contact of that account.
    private struct Setting {
        let company: Company
        let account: String
        let contact: String

        /// A member with a role of these rights.
        func member(
            _ name: String, _ grants: [String: String], hiding fields: [(String, String)] = []
        ) async throws -> APIClient {
            let body: JSON = [
                "name": .string(name),
                "grants": .array(
                    grants.map { ["permission": .string($0.key), "scope": .string($0.value)] }),
                "field_access": .array(
                    fields.map {
                        ["entity": .string($0.0), "field": .string($0.1), "access": "hidden"]
                    }),
            ]
            return try await company.join(name, roleID: try company.make("roles", body)).client
        }
    }

    private func setting() async throws -> Setting {
        let company = try await Self.starting.value.signUp("Beside")
        let account = try company.make(
            "accounts", ["name": "Canary Holdings", "email": "post@canary.example"])
        let contact = try company.make(
            "contacts",
            [
                "first_name": "Visible", "last_name": "Person", "account_id": .string(account),
                "email": "visible@person.example",
            ])
        return Setting(company: company, account: account, contact: contact)
    }

    @Test func `a referred record out of reach is neither included nor named`() async throws {
        let setting = try await setting()
        let member = try await setting.member(
            "Half", ["directory.contact.read": "all", "directory.account.read": "own"])
        for path in [
            "contacts/\(setting.contact)?include=account", "contacts?include=account",
            "contacts/export?format=csv", "contacts/aggregate?group_by=account_id",
        ] {
            let whole = try setting.company.send("GET", path)
            let half = try member.send("GET", path)
            #expect(whole.status == 200 && half.status == 200, "\(path): \(half.text)")
            #expect(whole.text.contains("Canary Holdings"), "\(path)")
            #expect(!half.text.contains("Canary Holdings"), "\(path)")
        }
    }

    @Test func `a timeline shows of others only what is within their own scope`() async throws {
        let setting = try await setting()
        let path = "accounts/\(setting.account)/timeline"
        #expect(try setting.company.send("GET", path).text.contains("Visible Person"))
        let half = try await setting.member(
            "Half", ["directory.account.read": "all", "directory.contact.read": "own"])
        let none = try await setting.member("None", ["directory.account.read": "all"])
        for client in [half, none] {
            let timeline = try client.send("GET", path)
            #expect(timeline.status == 200)
            #expect(!timeline.text.contains("Visible Person"))
        }
    }

    @Test func `what a plugin that is off has put beside a record is gone with it`() async throws {
        let setting = try await setting()
        _ = try setting.company.make(
            "activities",
            ["kind": "call", "subject": "Quiet call", "account_id": .string(setting.account)])
        let path = "accounts/\(setting.account)/timeline"
        #expect(try setting.company.send("GET", path).text.contains("Quiet call"))
        #expect(try setting.company.send("PUT", "plugins/sales", ["on": false]).status == 200)
        #expect(
            try await Deadline.holds { try !setting.company.send("GET", path).text.contains("Quiet call") })
    }

    @Test func `likenesses out of reach are not told`() async throws {
        let setting = try await setting()
        let rights = ["directory.account.read": "own", "directory.account.write": "own"]
        let member = try await setting.member("Own", rights)
        let like: JSON = ["name": "Another", "email": "post@canary.example"]
        #expect(try member.send("POST", "accounts", like).header("Duplicates") == nil)
        let keyed = try member.send("POST", "accounts", like, headers: ["Idempotency-Key": "once"])
        #expect(keyed.status == 201)
        #expect(keyed.header("Duplicates")?.contains(setting.account) != true)
        let asked = try member.send("POST", "accounts/duplicates", like)
        #expect(asked.status == 200)
        #expect(!asked.text.contains(setting.account))
        let known = try setting.company.send("POST", "accounts", like)
        #expect(known.header("Duplicates")?.contains(setting.account) == true)
    }

    @Test func `another member's access is explained to those who may read members`() async throws {
        let setting = try await setting()
        let member = try await setting.member("Reader", ["directory.account.read": "all"])
        let path = "accounts/\(setting.account)/access?member_id="
        let refused = try member.send("GET", "\(path)\(setting.company.adminID)")
        #expect(refused.status == 403)
        #expect(refused.json["permission"] == "users.read")
        let own = try #require(try member.send("GET", "me").json["user"]?["id"]?.stringValue)
        #expect(try member.send("GET", path + own).status == 200)
        #expect(try setting.company.send("GET", path + own).status == 200)
    }

    @Test func `a search refuses entities that may not be read, by name`() async throws {
        let setting = try await setting()
        let member = try await setting.member("Contacts", ["directory.contact.read": "all"])
        let refused = try member.send("GET", "search?q=canary&entities=directory.account")
        #expect(refused.status == 403)
        #expect(refused.json["permission"] == "directory.account.read")
        #expect(try member.send("GET", "search?q=canary").json["data"] == [])
    }

    @Test func `a hidden field stands in no include and no description of screens`() async throws {
        let setting = try await setting()
        let member = try await setting.member(
            "Blind", ["directory.account.read": "all", "directory.contact.read": "all"],
            hiding: [("directory.contact", "account_id"), ("directory.account", "employees")])
        for path in ["contacts?include=account", "contacts/\(setting.contact)?include=account"] {
            #expect(try setting.company.send("GET", path).status == 200)
            #expect(try member.send("GET", path).status == 403)
        }
        #expect(try setting.company.send("GET", "meta").text.contains("\"employees\""))
        #expect(try !member.send("GET", "meta").text.contains("\"employees\""))
        // A search would tell of what it finds.
        let found: JSON = [
            ["entity": "directory.contact", "field": "email", "access": "hidden"]
        ]
        let refused = try setting.company.send("POST", "roles", ["name": "Half", "field_access": found])
        #expect(refused.faults == ["field_access[0].access:searchable_field"])
    }

    @Test func `the id and the key of one member's request are no way to another's record`() async throws {
        let setting = try await setting()
        let rights = ["directory.account.read": "own", "directory.account.write": "own"]
        let first = try await setting.member("First", rights)
        let second = try await setting.member("Second", rights)
        let id = UUIDv7.make().description
        let body: JSON = ["id": .string(id), "name": "Of the first"]
        #expect(try first.send("POST", "accounts", body).status == 201)
        #expect(try first.send("POST", "accounts", body).status == 200)
        let taken = try second.send("POST", "accounts", body)
        #expect(taken.status == 409)
        #expect(taken.code == "id_taken")
        #expect(!taken.text.contains("Of the first"))
        let key = ["Idempotency-Key": "the same"]
        let made = try first.send("POST", "accounts", ["name": "Keyed"], headers: key)
        let other = try second.send("POST", "accounts", ["name": "Keyed"], headers: key)
        #expect(made.status == 201 && other.status == 201)
        #expect(made.json["id"] != other.json["id"])
    }
}
