import Postgres
import TestKit
import Testing
import Wire

extension ImportTests {
    @Suite struct Running {
        @Test func `dirty rows are told with line, column and reason and given back as a file`() async throws
        {
            let desk = try await ImportDesk("Dirty")
            let text = """
                name,employees,active,revenue,mail
                Acme,10,yes,"1.100,04",info@acme.example
                Beta,ten,no,"5,00",info@beta.example
                ,5,sì,"5,00",x@y.example
                "Multi
                line",7,maybe,"5,00",
                Gamma,1,no
                Delta,-1,no,"5,005",nonsense
                """
            let result = try await desk.load(
                text,
                [
                    ("name", "name"), ("employees", "employees"), ("active", "active"),
                    ("revenue", "annual_revenue"),
                    ("mail", "email"),
                ], more: ["revenue": ["format": "1.234,56"]])
            #expect(result.status == "done")
            #expect(result.tally == [1, 0, 0, 5])
            #expect(
                result.findings == [
                    "3:employees:not_a_number", "4:name:required", "5:name:control_characters",
                    "5:active:not_a_boolean", "7::wrong_width",
                    "8:employees:too_small", "8:mail:not_an_email", "8:revenue:too_many_decimals",
                ])
            let file = try desk.client.send("GET", "imports/\(result.id)/errors.csv")
            #expect(file.header("content-type") == "text/csv; charset=utf-8")
            let lines = file.text.split(separator: "\r\n")
            #expect(lines.first == "\u{FEFF}name,employees,active,revenue,mail,Reason")
            #expect(lines.count == 6)
            #expect(lines.contains { $0.hasPrefix("Beta,ten,no,\"5,00\",info@beta.example,") })
            #expect(lines.contains { $0.hasPrefix("\"Multi\nline\",7,maybe,\"5,00\",,") })
            let made = try desk.records()
            #expect(made.count == 1)
            #expect(made[0]["annual_revenue"] == 110_004)
            #expect(made[0]["active"] == true)
            #expect(made[0]["employees"] == 10)
        }

        @Test func `records are met by key and updated, and an undo puts the old contents back`() async throws
        {
            let desk = try await ImportDesk("Update")
            let columns = [("code", "external_code"), ("name", "name"), ("staff", "employees")]
            let first = try await desk.load("code,name,staff\nA1,Acme,1\nB2,Beta,2\nC3,Gamma,3\n", columns)
            #expect(first.tally == [3, 0, 0, 0])
            let second = try await desk.load(
                "code,name,staff\na1,Acme SpA,10\nB2,Beta,2\nD4,Delta,4\nD4,Delta 2,5\nC3,Gamma,33\n",
                columns,
                key: "external_code", onMatch: "update")
            #expect(second.tally == [1, 3, 1, 0], "\(second.findings)")
            var names = try desk.records().compactMap { $0["name"]?.stringValue }
            #expect(names == ["Acme SpA", "Beta", "Gamma", "Delta 2"])
            let gamma = try desk.records()[2].id
            #expect(try desk.client.send("PATCH", "accounts/\(gamma)", ["employees": 99]).status == 200)
            let undone = try await desk.step("undo", second.id)
            #expect(undone.status == "undone")
            names = try desk.records().compactMap { $0["name"]?.stringValue }
            #expect(names == ["Acme", "Beta", "Gamma"])
            #expect(try desk.records().map { $0["employees"]?.integerValue } == [1, 2, 99])
            #expect(undone["kept"]?.arrayValue?.map { $0["reason"]?.stringValue } == ["changed"])
            #expect(undone["kept"]?.arrayValue?.first?["label"] == "Gamma")
            let skipped = try await desk.load(
                "code,name,staff\nA1,Other,7\nE5,Epsilon,1\n", columns, key: "external_code", onMatch: "skip")
            #expect(skipped.tally == [1, 0, 1, 0])
        }

        @Test func `an undo takes back what was made, but not what somebody changed or needs`() async throws {
            let desk = try await ImportDesk("Undo")
            let before = try desk.client.send("POST", "products", ["name": "Old", "price": 5])
            #expect(before.status == 201, "\(before.text)")
            let result = try await desk.load(
                "title,product\nOne,Old\nTwo,New\nThree,new\nFour,Newer\n", entity: "sales.opportunity",
                [("title", "title"), ("product", "product_id")], more: ["product": ["unmatched": "create"]])
            #expect(result.tally == [4, 0, 0, 0], "\(result.findings)")
            #expect(
                Set(try desk.records("products").compactMap { $0["name"]?.stringValue }) == [
                    "Old", "New", "Newer",
                ])
            let two = try desk.records("opportunities")[1].id
            #expect(
                try desk.client.send("PATCH", "opportunities/\(two)", ["next_step": "call"]).status == 200)
            let undone = try await desk.step("undo", result.id)
            #expect(undone.status == "undone")
            #expect(try desk.records("opportunities").map(\.id) == [two])
            #expect(try desk.records("products").compactMap { $0["name"]?.stringValue } == ["Old", "New"])
            let kept = (undone["kept"]?.arrayValue ?? []).compactMap { $0["reason"]?.stringValue }
            #expect(Set(kept) == ["changed", "referenced"])
            #expect(try desk.total("opportunities", "&deleted=true") == 3)
        }

        @Test func `references into the same file are set once all rows are there`() async throws {
            let desk = try await ImportDesk("Parents")
            let columns = [("name", "name"), ("parent", "parent_id")]
            let id = try desk.upload("name,parent\nChild,Mother\nMother,\nOrphan,Nobody\nGrandchild,child\n")
                .id
            #expect(try desk.map(id, columns).status == 200)
            let checked = try await desk.step("check", id)
            #expect(checked.tally == [3, 0, 0, 1])
            #expect(try desk.total() == 0)
            let result = try await desk.step("run", id)
            #expect(result.tally == [3, 0, 0, 1])
            #expect(result.findings == ["4:parent:reference_not_found"])
            let records = try desk.records()
            let mother = records.first { $0["name"] == "Mother" }?.id
            let child = records.first { $0["name"] == "Child" }
            #expect(child?["parent_id"]?.stringValue == mother)
            #expect(records.first { $0["name"] == "Grandchild" }?["parent_id"]?.stringValue == child?.id)
            #expect(try await desk.step("undo", id)["kept"] == [])
            #expect(try desk.total() == 0)
        }

        @Test func `a row that breaks a unique key is found among a thousand`() async throws {
            let desk = try await ImportDesk("Bisect")
            var text = "name,code\n"
            for row in 0..<1500 {
                // The database folds accents and this program does not: only the index can tell.
                let code = row == 700 ? "Café" : row == 701 ? "Cafe" : row == 1200 ? "N3" : "N\(row)"
                text += "Account \(row),\(code)\n"
            }
            let result = try await desk.load(text, [("name", "name"), ("code", "external_code")])
            #expect(result.tally == [1498, 0, 0, 2])
            #expect(result.findings == ["703:code:taken", "1202:code:taken"])
            #expect(try desk.total() == 1498)
        }

        @Test func `a run that is cut off goes on where it stood, no row twice`() async throws {
            let platform = try await ImportTests.platform.value
            let desk = try await ImportDesk("Resume")
            var text = "name,code\n"
            for row in 0..<3500 { text += "Account \(row),N\(row)\n" }
            let id = try desk.upload(text).id
            #expect(try desk.map(id, [("name", "name"), ("code", "external_code")]).status == 200)
            // The third chunk's connection dies, as it would with the process or the database.
            _ = try platform.database.admin(
                """
                create function directory.cut_off() returns trigger language plpgsql security definer as $$
                begin
                    if new.name = 'Account 2500' then perform pg_terminate_backend(pg_backend_pid()); end if;
                    return new;
                end
                $$
                """)
            _ = try platform.database.admin(
                """
                create trigger cut_off before insert on directory.accounts
                for each row execute function directory.cut_off()
                """)
            let broken = try await desk.step("run", id)
            _ = try platform.database.admin("drop trigger cut_off on directory.accounts")
            _ = try platform.database.admin("drop function directory.cut_off()")
            #expect(broken.status == "running")
            #expect(broken["progress"]?["done"] == 2000)
            #expect(try desk.total() == 2000)
            _ = try platform.database.admin(
                "update platform.jobs set run_at = now() where state = 'scheduled'")
            try await platform.drain()
            let result = try desk.show(id)
            #expect(result.status == "done")
            #expect(result.tally == [3500, 0, 0, 0])
            #expect(try desk.total() == 3500)
        }

        @Test func `days become the start of the day in the organization's zone`() async throws {
            let desk = try await ImportDesk("Zones")
            let stages = try desk.records("stages")
            let won = stages.first { $0["kind"] == "won" }?["name"]?.stringValue ?? ""
            let result = try await desk.load(
                "title,stage,closed,amount\nA,\(won.uppercased()),2017-03-01,1054.5\nB,\(won),2017-07-01,\n",
                entity: "sales.opportunity",
                [("title", "title"), ("stage", "stage_id"), ("closed", "closed_at"), ("amount", "amount")])
            #expect(result.tally == [2, 0, 0, 0], "\(result.findings)")
            let made = try desk.records("opportunities")
            #expect(
                made.map { $0["closed_at"]?.stringValue } == [
                    "2017-02-28T23:00:00.000Z", "2017-06-30T22:00:00.000Z",
                ])
            #expect(made[0]["amount"] == 105_450)
        }

        @Test func `an importer sees and writes only within their own reach`() async throws {
            let desk = try await ImportDesk("Reach")
            let rep = try await desk.company.join("Rita Rep", role: "sales_rep")
            let manager = try await desk.company.join("Mario Manager", role: "sales_manager")
            #expect(
                try rep.client.upload("imports", fields: ["entity": "sales.lead"], file: [65], named: "a")
                    .status == 403)
            let own = ImportDesk(desk.company, as: manager.client)
            let file = try own.upload(
                "last_name,owner\nRossi,Mario Manager\nBianchi,Ada Rossi\n", entity: "sales.lead")
            #expect(try own.map(file.id, [("last_name", "last_name"), ("owner", "owner_id")]).status == 200)
            let result = try await own.step("run", file.id)
            #expect(result.tally == [1, 0, 0, 1], "\(result.findings)")
            #expect(result.findings == ["3:owner:reference_not_found"])
            #expect(try desk.client.send("GET", "imports/\(file.id)").status == 200)
            let foreign = try await desk.company.join("Mina Manager", role: "sales_manager")
            #expect(try foreign.client.send("GET", "imports/\(file.id)").status == 404)
            #expect(try foreign.client.send("POST", "imports/\(file.id)/undo").status == 404)
            #expect(try foreign.client.send("GET", "imports").ids.isEmpty)
        }

        @Test func `an import meets no record out of reach, and says that its key is taken`() async throws {
            let desk = try await ImportDesk("Met")
            let made = try desk.client.send(
                "POST", "opportunities", ["title": "Ada's", "external_code": "X1", "amount": 100])
            #expect(made.status == 201, "\(made.text)")
            let manager = try await desk.company.join("Mario Manager", role: "sales_manager")
            let own = ImportDesk(desk.company, as: manager.client)
            for onMatch in ["skip", "update"] {
                let result = try await own.load(
                    "code,title\nX1,Mine\n", entity: "sales.opportunity",
                    [("code", "external_code"), ("title", "title")], key: "external_code", onMatch: onMatch)
                #expect(result.tally == [0, 0, 0, 1], "\(onMatch): \(result.findings)")
                #expect(result.findings == ["2:code:taken"])
            }
            #expect(try desk.records("opportunities").map { $0["title"] } == ["Ada's"])
        }

        @Test func `an import changes no record that its member may only read`() async throws {
            let desk = try await ImportDesk("Read")
            let made = try desk.client.send(
                "POST", "opportunities", ["title": "Ada's", "external_code": "X1", "amount": 100])
            #expect(made.status == 201, "\(made.text)")
            let own = try await desk.manager(scopes: ["sales.deal.read": "all"])
            #expect(try own.records("opportunities").count == 1)
            let result = try await own.load(
                "code,title\nX1,Mine\n", entity: "sales.opportunity",
                [("code", "external_code"), ("title", "title")], key: "external_code", onMatch: "update")
            #expect(result.tally == [0, 0, 0, 1], "\(result.findings)")
            #expect(result.findings == ["2:code:out_of_scope"])
            #expect(try desk.records("opportunities").map { $0["title"] } == ["Ada's"])
        }

        @Test func `an import refers to no record out of reach`() async throws {
            let desk = try await ImportDesk("Referred")
            let made = try desk.client.send("POST", "accounts", ["name": "Ada's"])
            #expect(made.status == 201, "\(made.text)")
            let own = try await desk.manager(scopes: ["directory.account.read": "own"])
            let result = try await own.load(
                "title,account\nDeal,Ada's\n", entity: "sales.opportunity",
                [("title", "title"), ("account", "account_id")])
            #expect(result.tally == [0, 0, 0, 1], "\(result.findings)")
            #expect(result.findings == ["2:account:reference_not_found"])
            #expect(try desk.total("opportunities") == 0)
        }

        @Test func `an import makes no records of a kind that its member may no longer make`() async throws {
            let desk = try await ImportDesk("Made")
            let role = try desk.managerRole()
            let own = try await desk.manager(role.json.id)
            let file = try own.upload("title,account\nDeal,Newcomer\n", entity: "sales.opportunity")
            let mapped = try own.map(
                file.id, [("title", "title"), ("account", "account_id")],
                more: ["account": ["match_by": "name", "unmatched": "create"]])
            #expect(mapped.status == 200, "\(mapped.text)")
            let grants = role.grants.filter { $0["permission"] != "directory.account.write" }
            let changed = try desk.client.send(
                "PATCH", "roles/\(role.json.id)", ["grants": .array(grants)])
            #expect(changed.status == 200, "\(changed.text)")
            _ = try await own.step("run", file.id)
            #expect(try desk.total("accounts") == 0)
            #expect(try desk.total("opportunities") == 0)
        }

        @Test func `choices are met by their codes and by their labels in both languages`() async throws {
            let desk = try await ImportDesk("Choices")
            let result = try await desk.load(
                "name,kind\nA,CUSTOMER\nB,Cliente\nC,Fornitore\nD,partner\nE,enemy\n",
                [("name", "name"), ("kind", "kind")])
            #expect(result.tally == [4, 0, 0, 1])
            #expect(result.findings == ["6:kind:not_a_choice"])
            let kinds = try desk.records().compactMap { $0["kind"]?.stringValue }
            #expect(kinds == ["customer", "customer", "supplier", "partner"])
        }
    }
}
