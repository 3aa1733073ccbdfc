import TestKit
import Testing
import Wire

struct AccountTests {
    @Test func `a VAT number is cleaned and judged with the country of the address`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let made = try company.send("POST", "accounts", ["name": "Verdi", "vat_number": "it 012.345.678-97"])
        #expect(made.status == 201)
        #expect(made.json["vat_number"] == "IT01234567897")
        let wrong = try company.send(
            "POST", "accounts", ["name": "Neri", "vat_number": "01234567890", "tax_code": "RSSMRA85T10A562T"])
        #expect(wrong.faults == ["vat_number:vat_number_checksum", "tax_code:tax_code_checksum"])
        let swiss: JSON = ["name": "Bär", "vat_number": "01234567890", "billing_address": ["country": "CH"]]
        let foreign = try company.send("POST", "accounts", swiss)
        #expect(foreign.status == 201)
        let moved = try company.send(
            "PATCH", "accounts/\(foreign.json["id"]?.stringValue ?? "")",
            ["billing_address": ["country": "Italia"]])
        #expect(moved.faults == ["vat_number:vat_number_checksum"])
    }

    @Test func `every wrong field is told at once`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let answer = try company.send(
            "POST", "accounts",
            [
                "kind": "friend", "sdi_code": "123", "email": "nobody", "employees": -1, "annual_revenue": -5,
                "vat_number": "1",
            ])
        #expect(
            Set(answer.faults) == [
                "name:required", "kind:not_a_choice", "sdi_code:sdi_code_format", "email:not_an_email",
                "employees:too_small", "annual_revenue:negative", "vat_number:vat_number_length",
            ])
    }

    @Test func `companies stand above one another without a circle`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        func account(_ name: String, under parent: String?) throws -> String {
            let body: JSON = ["name": .string(name), "parent_id": parent.map { .string($0) } ?? .null]
            return try company.send("POST", "accounts", body).json["id"]?.stringValue ?? ""
        }
        let group = try account("Group", under: nil)
        let holding = try account("Holding", under: group)
        let plant = try account("Plant", under: holding)
        let circle = try company.send("PATCH", "accounts/\(group)", ["parent_id": .string(plant)])
        #expect(circle.faults == ["parent_id:parent_below"])
        let own = try company.send("PATCH", "accounts/\(group)", ["parent_id": .string(group)])
        #expect(own.status == 422)
        #expect(try company.send("PATCH", "accounts/\(plant)", ["parent_id": .string(group)]).status == 200)
    }

    @Test func `probable duplicates are told when an account is made and while it is typed`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let first = try company.send(
            "POST", "accounts",
            [
                "name": "Rossi & Figli S.r.l.", "vat_number": "IT01234567897", "phone": "+39 06 1234567",
                "billing_address": ["city": "Forlì"],
            ])
        #expect(first.header("duplicates") == nil)
        let id = first.json["id"]?.stringValue ?? ""
        let second = try company.send("POST", "accounts", ["name": "Other", "vat_number": "01234567897"])
        #expect(second.status == 201)
        #expect(second.header("duplicates") == "\(id);reason=vat_number")
        func reasons(_ typed: JSON) throws -> [String?] {
            let answer = try company.send("POST", "accounts/duplicates", typed)
            #expect(answer.status == 200)
            return (answer.json["data"]?.arrayValue ?? []).filter { $0["id"] == .string(id) }.map {
                $0["reason"]?.stringValue
            }
        }
        #expect(try reasons(["name": "ROSSI E FIGLI"]) == [])
        #expect(
            try reasons(["name": "rossi figli srl", "billing_address": ["city": "FORLI"]]) == [
                "name_and_city"
            ])
        #expect(try reasons(["name": "rossi figli srl", "billing_address": ["city": "Roma"]]) == [])
        #expect(try reasons(["phone": "06/1234567"]) == ["phone"])
        #expect(try reasons(["vat_number": "01234567897", "id": .string(id)]) == [])
        #expect(try reasons(["vat_number": "0123"]) == [])
    }

    @Test func `duplicates of contacts go by address, number, and name at the account`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let account = try company.send("POST", "accounts", ["name": "Verdi"]).json["id"] ?? .null
        let first = try company.send(
            "POST", "contacts",
            [
                "first_name": "Gino", "last_name": "Verdi", "email": "Gino@Verdi.example",
                "account_id": account,
            ])
        let id = first.json["id"]?.stringValue ?? ""
        let typed = try company.send("POST", "contacts/duplicates", ["email": "gino@verdi.example"])
        #expect(typed.json["data"]?.arrayValue?.first?["label"] == "Gino Verdi")
        let twin = try company.send(
            "POST", "contacts", ["first_name": "gino", "last_name": "VERDI", "account_id": account])
        #expect(twin.header("duplicates") == "\(id);reason=name_and_account")
        #expect(try company.send("POST", "contacts", ["title": "CEO"]).faults == ["last_name:name_needed"])
    }
}
