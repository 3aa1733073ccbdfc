import TestKit
import Testing
import Wire

/// The places of a list that a scrollbar jumps to.
@Suite struct ApiMarksTests {
    @Test(arguments: [
        "", "sort=name", "sort=-employees", "sort=employees,-name", "sort=-created_at",
        "sort=name&order=desc",
        "industry=Wood&sort=-name",
    ])
    func `each mark's page begins with the row of its index`(_ list: String) async throws {
        let bulk = try await BulkCompany("Marks")
        try bulk.fill(60)
        for (number, name) in ["Ada", "Bea", "Cia"].enumerated() {
            _ = try bulk.company.make(
                "accounts", ["name": .string(name), "employees": .integer(number + 1)])
        }
        let company = bulk.company
        let all = try company.send("GET", "accounts?\(list)&limit=200".replacing("?&", with: "?")).ids
        let answer = try company.send("GET", "accounts/marks?every=10&\(list)")
        #expect(answer.status == 200)
        #expect(answer.json["total"] == .integer(all.count))
        let marks = answer.json["data"]?.arrayValue ?? []
        #expect(
            marks.map { $0["index"]?.integerValue }
                == stride(from: 0, to: Int64(all.count), by: 10).map { $0 })
        for mark in marks {
            let cursor = try #require(mark["cursor"]?.stringValue)
            let index = Int(try #require(mark["index"]?.integerValue))
            let page = try company.send("GET", "accounts?\(list)&limit=5&cursor=\(cursor)")
            #expect(page.ids == Array(all[index...].prefix(5)), "\(index): \(page.text.prefix(300))")
            let other = try company.send("GET", "accounts?sort=-updated_at&cursor=\(cursor)")
            #expect(other.status == 400)
        }
    }

    @Test func `more marks than an answer holds are refused, with the least distance that does`() async throws
    {
        let bulk = try await BulkCompany("Many marks")
        try bulk.fill(1001)
        let refused = try bulk.company.send("GET", "accounts/marks?every=1")
        #expect(refused.status == 400)
        #expect(refused.json["errors"]?.arrayValue?.first?["expected"] == "2...100000")
        let told = try bulk.company.send("GET", "accounts/marks?every=2")
        #expect(told.json["data"]?.arrayValue?.count == 501)
        #expect(told.json["total"] == 1001)
    }

    @Test func `an empty list has no marks, and a distance that is none is refused`() async throws {
        let company = try await ApiPlatform.company("No marks")
        let empty = try company.send("GET", "accounts/marks")
        #expect(empty.json == ["data": [], "total": 0])
        for distance in ["0", "-1", "x", "100001"] {
            let answer = try company.send("GET", "accounts/marks?every=\(distance)")
            #expect(answer.status == 400)
            #expect(answer.json["errors"]?.arrayValue?.first?["field"] == "every")
        }
        #expect(try company.send("GET", "accounts/marks?nope=1").status == 400)
        let person = try await company.join("Nobody Marks", roleID: try company.makeRole("Nothing", [:]))
        #expect(try person.client.send("GET", "accounts/marks").status == 403)
    }
}
