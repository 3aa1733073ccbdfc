import Kernel
import Postgres
import TestKit
import Testing
import Wire

@testable import Kernel

/// Exports over HTTP, on the server of the tests of imports.
extension ImportTests {
    @Suite struct Export {
        @Test func `a table is what the list gives, all pages of it, with labels and decimals`() async throws
        {
            let desk = try await ImportDesk("Export")
            var text = "name,revenue,phone,city,parent\n"
            for row in 0..<700 {
                text += "Account \(row),\(row).5,+39 06 12345,Roma,\(row > 0 ? "Account 0" : "")\n"
            }
            let loaded = try await desk.load(
                text,
                [
                    ("name", "name"), ("revenue", "annual_revenue"), ("phone", "phone"),
                    ("city", "billing_address.city"), ("parent", "parent_id"),
                ])
            #expect(loaded.tally == [700, 0, 0, 0], "\(loaded.findings)")
            let whole = try desk.client.send("GET", "accounts/export?format=csv&sort=name")
            #expect(whole.status == 200)
            #expect(whole.header("content-type") == "text/csv; charset=utf-8")
            #expect(
                whole.header("content-disposition")?.hasPrefix("attachment; filename=\"accounts-") == true)
            #expect(whole.text.split(separator: "\r\n").count == 701)
            let some = try desk.client.send(
                "GET",
                "accounts/export?name[starts_with]=Account%2069&sort=-name"
                    + "&fields=name,phone,parent_id,parent,annual_revenue,annual_revenue_currency")
            let lines = some.text.split(separator: "\r\n")
            try #require(lines.count == 12)
            let root = try desk.records("accounts", "&name=Account%200").first?.id ?? ""
            #expect(lines[1] == "Account 699,+390612345,\(root),Account 0,699.50,EUR", "\(lines[1])")
        }

        @Test func `columns are those asked for, in that order, each once`() async throws {
            let desk = try await ImportDesk("Export columns")
            _ = try await desk.load(
                "name,revenue,size,parent\nAlfa,10.5,4,\nBeta,7,5,Alfa\n",
                [
                    ("name", "name"), ("revenue", "annual_revenue"), ("size", "employees"),
                    ("parent", "parent_id"),
                ])
            func lines(_ fields: String) throws -> [String] {
                let answer = try desk.client.send("GET", "accounts/export?sort=name&fields=\(fields)")
                #expect(answer.status == 200, "\(answer.text)")
                let text = answer.text.hasPrefix("\u{FEFF}") ? answer.text.dropFirst() : answer.text[...]
                return text.split(separator: "\r\n").map(String.init)
            }
            let alfa = try desk.records("accounts", "&name=Alfa").first?.id ?? ""
            #expect(
                try lines("employees,parent,name,employees") == [
                    "Employees,Parent company,Name", "4,,Alfa", "5,Alfa,Beta",
                ])
            // An amount's currency follows it, unless it has a place of its own.
            #expect(
                try lines("annual_revenue,name")[1...] == ["10.50,EUR,Alfa", "7.00,EUR,Beta"])
            #expect(
                try lines("annual_revenue_currency,name,annual_revenue")[1...] == [
                    "EUR,Alfa,10.50", "EUR,Beta,7.00",
                ])
            #expect(try lines("parent_id,type,id")[1] == ",directory.account,\(alfa)")
            #expect(try lines("created_by_label,name")[1].hasSuffix(",Alfa"))
            for wrong in ["parent_label", "secret", "name,parent_name", ",", ""] {
                let answer = try desk.client.send("GET", "accounts/export?fields=\(wrong)")
                #expect(answer.status == 400, "\(wrong)")
            }
            #expect(try desk.client.send("GET", "accounts/export?fields=name&fields=id").status == 400)
            #expect(try desk.client.send("GET", "accounts/export?format=json&fields=parent").status == 400)
        }

        @Test func `the name of a hidden reference's record is refused`() async throws {
            let desk = try await ImportDesk("Export hidden")
            let body: JSON = [
                "name": "No parents",
                "grants": [["permission": "directory.account.read", "scope": "all"]],
                "field_access": [
                    ["entity": "directory.account", "field": "parent_id", "access": "hidden"]
                ],
            ]
            let role = try desk.client.send("POST", "roles", body)
            #expect(role.status == 201, "\(role.text)")
            let person = try await desk.company.join("Paula Parentless", roleID: role.json.id).client
            for name in ["parent", "parent_id"] {
                let answer = try person.send("GET", "accounts/export?fields=name,\(name)")
                #expect(answer.code == "permission_required", "\(answer.text)")
            }
            #expect(try person.send("GET", "accounts/export?fields=name").status == 200)
        }

        @Test func `JSON is the records as the list has them`() async throws {
            let desk = try await ImportDesk("Export JSON")
            #expect(try desk.client.send("GET", "accounts/export?format=json").json == [])
            _ = try await desk.load(
                "name,code\nA,1\nB,2\nC,3\n", [("name", "name"), ("code", "external_code")])
            let answer = try desk.client.send("GET", "accounts/export?format=json&sort=id")
            #expect(answer.header("content-type") == "application/json")
            let listed = try desk.records()
            #expect(answer.json.arrayValue == listed)
            let one = try desk.client.send("GET", "accounts/export?format=json&external_code=2&fields=name")
            #expect(one.json == [["name": "B"]])
        }

        @Test func `spreadsheets and lists are whole files`() async throws {
            let desk = try await ImportDesk("Export files")
            _ = try await desk.load(
                "name,kind\n=1+1,customer\nB,prospect\n", [("name", "name"), ("kind", "kind")])
            let sheet = try desk.client.send("GET", "accounts/export?format=xlsx")
            #expect(sheet.status == 200)
            #expect(sheet.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
            let list = try desk.client.send("GET", "accounts/export?format=pdf&fields=name,kind,created_at")
            #expect(list.header("content-type") == "application/pdf")
            #expect(list.text.hasPrefix("%PDF-"))
            #expect(list.text.hasSuffix("%%EOF\n"))
            let csv = try desk.client.send("GET", "accounts/export?fields=name&sort=name")
            #expect(csv.text.contains("\r\n'=1+1\r\n"))
            let folder = try await ImportTests.platform.value.runtime.configuration.dataDirectory
            #expect(TestFolder.files(in: "\(folder)/exports").isEmpty)
        }

        @Test func `an export holds only what its reader may see, and is told in the security audit`()
            async throws
        {
            let desk = try await ImportDesk("Export reach")
            _ = try await desk.load(
                "last_name\nRossi\nBianchi\n", entity: "sales.lead", [("last_name", "last_name")])
            let rep = try await desk.company.join("Rita Rep", role: "sales_rep")
            _ = try rep.client.send("POST", "leads", ["last_name": "Verdi"])
            let own = try rep.client.send("GET", "leads/export?format=csv&fields=last_name")
            #expect(own.status == 200, "\(own.text)")
            #expect(own.text.split(separator: "\r\n").dropFirst() == ["Verdi"])
            let database = try await ImportTests.platform.value.database
            let audit = try database.admin(
                """
                select a.detail ->> 'entity', a.detail ->> 'format', a.actor_id::text
                from kernel.security_audit a
                where a.organization_id = \(desk.company.id)::uuid and a.event = 'export'
                """)
            #expect(audit.count == 1)
            #expect(audit[0, 0] == "sales.lead")
            #expect(audit[0, 2] == rep.id.description)
            #expect(try rep.client.send("GET", "leads/export?format=doc").faults == ["format:not_a_choice"])
            #expect(try rep.client.send("GET", "leads/export?limit=5").faults == ["limit:unknown_parameter"])
            #expect(try rep.client.send("GET", "leads/export?fields=secret").status == 400)
        }

        @Test func `an unverified address exports nothing, and all as soon as it is verified`() async throws {
            let platform = try await ImportTests.platform.value
            try #require(try await Deadline.holds { platform.runtime.principals.isTrusted })
            let client = platform.client()
            let email = "new@\(UUIDv7.make()).example"
            let answer = try client.send(
                "POST", "auth/signup",
                [
                    "email": .string(email), "password": .string(Company.password),
                    "name": "Nina",
                    "organization": ["name": "Unverified", "currency": "EUR", "locale": "en"],
                ])
            client.token = answer.json["access_token"]?.stringValue
            let refused = try client.send("GET", "accounts/export?format=csv")
            #expect(refused.status == 403)
            #expect(refused.code == "email_not_verified")
            // As by another process, whose notice is still on its way.
            let database = platform.database
            _ = try database.admin(
                "update platform.users set email_verified_at = now() where email = \(email)")
            #expect(try client.send("GET", "accounts/export?format=csv").status == 200)
        }
    }
}
