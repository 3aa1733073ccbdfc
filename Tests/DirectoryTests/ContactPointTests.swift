import TestKit
import Testing
import Wire

struct ContactPointTests {
    @Test func `a contact is found by any of its addresses and numbers`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let ada = try company.make("contacts", ["last_name": "Verdi", "email": "ada@verdi.example"])
        let bruno = try company.make("contacts", ["last_name": "Neri"])
        let made = try company.send(
            "POST", "contact-points",
            ["contact_id": .string(ada), "email": "Ada.Private@verdi.example", "purpose": "Home"])
        #expect(made.status == 201)
        #expect(made.json["owner_id"]?.stringValue == company.adminID.description)
        _ = try company.make("contact-points", ["contact_id": .string(bruno), "phone": "+39 06 1234567"])
        func found(_ query: String) throws -> [String] {
            let answer = try company.send("GET", "contacts?\(query)&sort=last_name")
            #expect(answer.status == 200, "\(answer.text)")
            return (answer.json["data"]?.arrayValue ?? []).compactMap { $0["last_name"]?.stringValue }
        }
        #expect(try found("email=ada.private@VERDI.example") == ["Verdi"])
        #expect(try found("email=ada@verdi.example") == ["Verdi"])
        #expect(try found("email[starts_with]=ada.p") == ["Verdi"])
        #expect(try found("email[in]=x@y.example,ada.private@verdi.example") == ["Verdi"])
        #expect(try found("email[ne]=ada.private@verdi.example") == ["Neri"])
        #expect(try found("phone=%2B39061234567") == ["Neri"])
        #expect(try found("phone[null]=true") == ["Verdi"])
        #expect(try found("phone[null]=false") == ["Neri"])
        #expect(
            try company.send("DELETE", "contact-points/\(made.json["id"]?.stringValue ?? "")").status == 204)
        #expect(try found("email=ada.private@verdi.example") == [])
    }

    @Test func `a further address warns of a duplicate as the primary one does`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let ada = try company.make("contacts", ["last_name": "Verdi"])
        _ = try company.make("contact-points", ["contact_id": .string(ada), "email": "ada@verdi.example"])
        _ = try company.make("contact-points", ["contact_id": .string(ada), "phone": "06 1234567"])
        let repeated = try company.send(
            "POST", "contacts", ["last_name": "Other", "email": "ADA@verdi.example"])
        #expect(repeated.header("duplicates") == "\(ada);reason=email")
        let typed = try company.send("POST", "contacts/duplicates", ["phone": "+39 06 1234567"])
        #expect(typed.json["data"]?.arrayValue?.map { $0["id"] } == [.string(ada)])
    }

    @Test func `who may not see further numbers can't ask for them either`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let ada = try company.make("contacts", ["last_name": "Verdi", "phone": "+39 06 7654321"])
        _ = try company.make("contact-points", ["contact_id": .string(ada), "phone": "+39 06 1234567"])
        let role = try company.make(
            "roles",
            [
                "name": "Half sight",
                "grants": [
                    ["permission": "directory.contact.read", "scope": "all"],
                    ["permission": "directory.contact.write", "scope": "all"],
                ],
                "field_access": [
                    ["entity": "directory.contact_point", "field": "phone", "access": "hidden"]
                ],
            ])
        let person = try await company.join("Half Sight", roleID: role).client
        func count(_ query: String) throws -> Int? {
            try person.send("GET", "contacts?\(query)").json["data"]?.arrayValue?.count
        }
        #expect(try count("phone=%2B39067654321") == 1)
        #expect(try count("phone=%2B39061234567") == 0)
        #expect(try count("phone[starts_with]=%2B39061") == 0)
        let repeated = try person.send("POST", "contacts", ["last_name": "Other", "phone": "+39 06 1234567"])
        #expect(repeated.status == 201, "\(repeated.text)")
        #expect(repeated.header("duplicates") == nil)
    }

    @Test func `the contact of a suspended member still gets further addresses`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let (_, repID) = try await company.join("Rita Bruni", role: "sales_rep")
        let contact = try company.make(
            "contacts", ["last_name": "Verdi", "owner_id": .string("\(repID)")])
        #expect(try company.send("POST", "members/\(repID)/suspension", ["reason": "leave"]).status == 200)
        let made = try company.send(
            "POST", "contact-points", ["contact_id": .string(contact), "email": "a@b.example"])
        #expect(made.status == 201, "\(made.text)")
        #expect(made.json["owner_id"] == .string("\(repID)"))
    }

    @Test func `a contact point is one thing, of a contact that the caller may change`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let (rep, repID) = try await company.join("Rita Bruni", role: "sales_rep")
        let contact = try company.make("contacts", ["last_name": "Verdi"])
        let both: JSON = ["contact_id": .string(contact), "email": "a@b.example", "phone": "061234567"]
        #expect(try company.send("POST", "contact-points", both).faults == ["email:one_contact_point"])
        #expect(
            try company.send("POST", "contact-points", ["contact_id": .string(contact)]).faults == [
                "email:one_contact_point"
            ])
        let one: JSON = ["contact_id": .string(contact), "email": "a@b.example"]
        #expect(try rep.send("POST", "contact-points", one).code == "permission_required")
        let id = try company.make("contact-points", one)
        #expect(try rep.send("GET", "contact-points/\(id)").status == 200)
        #expect(try rep.send("PATCH", "contact-points/\(id)", ["purpose": "Mine"]).status == 403)
        try company.send("PATCH", "contacts/\(contact)", ["owner_id": .string("\(repID)")])
        #expect(try rep.send("PATCH", "contact-points/\(id)", ["purpose": "Mine"]).status == 200)
        #expect(
            try company.send(
                "POST", "contact-points", ["contact_id": .string("\(repID)"), "email": "a@b.example"]
            )
            .faults == ["contact_id:reference_not_found"])
        #expect(try company.send("DELETE", "contacts/\(contact)").status == 204)
        #expect(try company.send("GET", "contact-points/\(id)").status == 404)
    }
}
