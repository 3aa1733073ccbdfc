import TestKit
import Testing
import Wire

extension ImportTests {
    @Suite struct Mapping {
        @Test func `an uploaded file is understood and its columns get proposals`() async throws {
            let desk = try await ImportDesk("Mapping")
            let file = try desk.upload(
                """
                account;sector;revenue;year_established;office_location;city
                Acme;tech;1100,04;1996;Kenya;Roma
                "Beta; Co";med;251,40;1999;Japan;Milano
                """)
            #expect(file.status == "analysed")
            #expect(file["encoding"] == "utf-8")
            #expect(file["separator"] == ";")
            #expect(file["rows"]?.integerValue == 2)
            #expect(file.column("account")["proposal"]?["field"] == "name")
            #expect(file.column("sector")["proposal"]?["field"] == "industry")
            #expect(file.column("revenue")["proposal"]?["field"] == "annual_revenue")
            #expect(file.column("revenue")["format"] == "1234,56")
            #expect(file.column("city")["proposal"]?["field"] == "billing_address.city")
            #expect(file["mapping"] == .null)
            #expect(try desk.client.send("GET", "imports").ids == [file.id])
        }

        @Test func `windows-1252, UTF-16 and tabs are read`() async throws {
            let desk = try await ImportDesk("Encodings")
            let latin = try desk.upload(
                Array("name\tcity\nCaff".utf8) + [0xE8] + Array(" Roma\tForl".utf8) + [0xEC, 0x0A])
            #expect(latin["encoding"] == "windows-1252")
            #expect(latin["separator"] == "\t")
            let wide: [UInt8] =
                [0xFF, 0xFE] + "name,city\nÈra,Città\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            let file = try desk.upload(wide)
            #expect(file["encoding"] == "utf-16le")
            for id in [latin.id, file.id] {
                #expect(try desk.map(id, [("name", "name"), ("city", "billing_address.city")]).status == 200)
                #expect(try await desk.step("run", id).tally == [1, 0, 0, 0])
            }
            let records = try desk.records()
            #expect(records.map { $0["name"]?.stringValue } == ["Caffè Roma", "Èra"])
            #expect(records.map { $0["billing_address"]?["city"]?.stringValue } == ["Forlì", "Città"])
        }

        @Test func `every fault of a mapping is told at once`() async throws {
            let desk = try await ImportDesk("Faults")
            let file = try desk.upload("name,founded,since\nAcme,03/04/2020,x\n", entity: "directory.contact")
            let answer = try desk.client.send(
                "PUT", "imports/\(file.id)/mapping",
                [
                    "key": "phone", "on_match": "merge",
                    "columns": [
                        ["column": "nome", "field": "last_name"],
                        ["column": "name", "field": "last_name", "match_by": "id"],
                        ["column": "founded", "field": "birthday"],
                        ["column": "since", "field": "created_at"],
                    ],
                    "constants": ["surname": "x", "last_name": "y"],
                ])
            #expect(answer.status == 422)
            #expect(
                Set(answer.faults) == [
                    "columns[0].column:unknown_column", "columns[1].match_by:not_allowed",
                    "columns[2].format:ambiguous_format", "columns[3].field:read_only",
                    "constants.surname:unknown_field",
                    "constants.last_name:duplicate_field", "on_match:not_a_choice", "key:not_a_key",
                ])
            let formats = (answer.json["errors"]?.arrayValue ?? []).first { $0["code"] == "ambiguous_format" }
            #expect(formats?["expected"]?.stringValue?.contains("M/D/YYYY") == true)
            let chosen = try desk.map(
                file.id, [("name", "last_name"), ("founded", "birthday")],
                more: ["founded": ["format": "M/D/YYYY"]])
            #expect(chosen.status == 200)
            #expect(try await desk.step("run", file.id).tally == [1, 0, 0, 0])
            #expect(try desk.records("contacts").first?["birthday"] == "2020-03-04")
        }

        @Test func `numbers in thousands and millions become whole ones, also in the next file`() async throws
        {
            let desk = try await ImportDesk("Thousands")
            let text = "name,revenue,people,year\nAcme,1100.04,1.5,1996\nBeta,0.0000005,2,1999\n"
            let columns = [
                ("name", "name"), ("revenue", "annual_revenue"), ("people", "employees"),
                ("year", "founded_year"),
            ]
            let file = try desk.upload(text)
            let refused = try desk.map(
                file.id, columns, more: ["name": ["multiplier": 1000], "revenue": ["multiplier": 100]])
            #expect(
                refused.faults == ["columns[0].multiplier:not_allowed", "columns[1].multiplier:not_a_choice"])
            let mapped = try desk.map(
                file.id, columns,
                more: [
                    "revenue": ["multiplier": 1_000_000], "people": ["multiplier": 1_000],
                    "year": ["multiplier": 1],
                ])
            #expect(mapped.status == 200, "\(mapped.text)")
            #expect(try await desk.step("run", file.id).tally == [2, 0, 0, 0])
            let records = try desk.records()
            #expect(records.map { $0["annual_revenue"]?.integerValue } == [110_004_000_000, 50])
            #expect(records.map { $0["employees"]?.integerValue } == [1_500, 2_000])
            #expect(records.map { $0["founded_year"]?.integerValue } == [1996, 1999])
            let next = try desk.upload(text)
            #expect(next.column("revenue")["proposal"]?["multiplier"] == 1_000_000)
            #expect(next.column("people")["proposal"]?["multiplier"] == 1_000)
            #expect(next.column("year")["proposal"]?["multiplier"] == nil)
        }

        @Test func `a mapping is proposed again for the next file`() async throws {
            let desk = try await ImportDesk("Memory")
            let product = try desk.company.send("POST", "products", ["name": "GTX Pro", "price": 100])
            #expect(product.status == 201, "\(product.text)")
            let text = "what,Zona 51\nGTXPro,a\nGTX Pro,b\n"
            let first = try desk.upload(text, entity: "sales.opportunity")
            let columns = [("what", "product_id"), ("Zona 51", "title")]
            #expect(try desk.map(first.id, columns).status == 200)
            let checked = try await desk.step("check", first.id)
            #expect(checked.status == "checked")
            #expect(checked.tally == [1, 0, 0, 1])
            let unmatched = checked["unmatched"]?.arrayValue?.first
            #expect(unmatched?["value"] == "GTXPro")
            #expect(unmatched?["count"] == 1)
            #expect(unmatched?["proposals"]?.arrayValue?.first?["label"] == "GTX Pro")
            #expect(
                try desk.map(first.id, columns, more: ["what": ["aliases": ["GTXPro": "GTX Pro"]]]).status
                    == 200)
            #expect(try await desk.step("check", first.id).tally == [2, 0, 0, 0])
            #expect(try desk.total("opportunities") == 0)
            let next = try desk.upload(text, entity: "sales.opportunity")
            #expect(next.column("Zona 51")["proposal"]?["field"] == "title")
            #expect(next.column("what")["proposal"]?["aliases"]?["gtxpro"] == "GTX Pro")
        }

        @Test func `steps in a wrong state are refused`() async throws {
            let desk = try await ImportDesk("States")
            let id = try desk.upload("name\nAcme\n").id
            for step in ["check", "run", "undo"] {
                let answer = try desk.client.send("POST", "imports/\(id)/\(step)")
                #expect(answer.status == 409)
                #expect(answer.code == "import_state")
            }
            #expect(try desk.map(id, [("name", "name")]).status == 200)
            #expect(try desk.client.send("POST", "imports/\(id)/check").status == 202)
            #expect(try desk.client.send("POST", "imports/\(id)/run").status == 409)
            #expect(try desk.map(id, [("name", "name")]).status == 409)
            try await ImportTests.platform.value.drain()
            #expect(try await desk.step("run", id).status == "done")
            #expect(try desk.client.send("POST", "imports/\(id)/run").status == 409)
        }

        @Test func `uploads that are no table are refused`() async throws {
            let desk = try await ImportDesk("Refusals")
            let client = desk.client
            let empty = try client.upload(
                "imports", fields: ["entity": "directory.account"], file: [], named: "a.csv")
            #expect(empty.faults == ["file:file_empty"])
            let unknown = try client.upload("imports", fields: ["entity": "x.y"], file: [65], named: "a.csv")
            #expect(unknown.faults == ["entity:unknown_entity"])
            #expect(
                try client.upload("imports", fields: [:], file: [65], named: "a.csv").faults == [
                    "entity:required"
                ])
            #expect(try client.send("POST", "imports", ["entity": "directory.account"]).status == 415)
        }
    }
}
