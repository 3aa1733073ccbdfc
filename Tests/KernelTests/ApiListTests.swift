import Postgres
import TestKit
import Testing
import Wire

/// Lists: order, places, filters; the order is compared with PostgreSQL's own.
@Suite struct ApiListTests {
    /// Accounts with ties and gaps in every field that is sorted by.
    private func fill(_ company: Company, _ count: Int = 23) throws {
        let kinds = ["prospect", "customer", "partner", "supplier"]
        for number in 0..<count {
            var account: JSON = [
                "name": .string(["Ärger", "ange", "Zeta", "zebra", "Élan"][number % 5] + " \(number / 10)"),
                "kind": .string(kinds[number % 4]),
            ]
            if number % 3 != 0 {
                account = account.adding("employees", .number(JSONNumber(Int64(number % 4))))
            }
            if number % 2 == 0 {
                account = account.adding("annual_revenue", .number(JSONNumber(Int64(number % 6) * 100)))
            }
            if number % 5 == 0 { account = account.adding("owner_id", nil) }
            if number % 4 == 1 {
                account = account.adding("last_synced_at", .string("2026-01-0\(1 + number % 3)T00:00:00Z"))
            }
            _ = try company.make("accounts", account)
        }
    }

    /// All pages from the start on, by `next`; `between` runs after each page.
    private func forward(
        _ company: Company, _ query: String, limit: Int, between: (Int) throws -> Void = { _ in }
    ) throws -> (ids: [String], last: APIResponse) {
        var page = try company.send("GET", "accounts?\(query)&limit=\(limit)")
        var ids = page.ids
        var pages = 0
        while let next = page.page("next").stringValue {
            try between(pages)
            page = try company.send("GET", "accounts?\(query)&limit=\(limit)&cursor=\(next)")
            ids += page.ids
            pages += 1
            guard pages < 100 else { break }
        }
        return (ids: ids, last: page)
    }

    static let orders: [(sort: String, sql: String)] = [
        ("sort=employees", "employees asc nulls last, id asc"),
        ("sort=-employees", "employees desc nulls last, id desc"),
        ("sort=employees&order=desc", "employees desc nulls last, id desc"),
        ("sort=employees,-id", "employees asc nulls last, id desc"),
        ("sort=name", "name collate \"und-x-icu\", id"),
        ("sort=-name", "name collate \"und-x-icu\" desc, id desc"),
        (
            "sort=kind,-employees",
            "array_position(array['prospect','customer','partner','supplier'], kind), employees desc nulls last, id desc"
        ),
        (
            "sort=-kind",
            "array_position(array['prospect','customer','partner','supplier'], kind) desc, id desc"
        ),
        ("sort=-annual_revenue,name", "annual_revenue desc nulls last, name collate \"und-x-icu\", id"),
        (
            "sort=owner_id,-last_synced_at,employees",
            "owner_id nulls last, last_synced_at desc nulls last, employees nulls last, id"
        ),
        ("sort=last_synced_at", "last_synced_at nulls last, id"), ("sort=id", "id"), ("sort=-id", "id desc"),
        ("sort=-created_at", "created_at desc, id desc"), ("sort=active", "active, id"),
    ]

    @Test(arguments: orders)
    func `pages forward and backward are the order of the whole`(_ order: (sort: String, sql: String))
        async throws
    {
        let company = try await ApiPlatform.company("Order")
        try fill(company)
        let database = try await ApiPlatform.shared.value.database
        let rows = try database.admin(
            """
            select id from directory.accounts
            where organization_id = \(company.id)::uuid and deleted_at is null
            order by \(unsafeSQL: order.sql)
            """)
        let expected = (0..<rows.count).compactMap { rows[$0, 0] }
        #expect(expected.count == 23)
        for limit in [1, 4, 23, 50] {
            let (ids, last) = try forward(company, order.sort, limit: limit)
            #expect(ids == expected, "\(order.sort) by \(limit)")
            var page = last
            var back = page.ids
            while let previous = page.page("previous").stringValue {
                page = try company.send("GET", "accounts?\(order.sort)&limit=\(limit)&cursor=\(previous)")
                back = page.ids + back
                guard back.count <= 2 * expected.count else { break }
            }
            #expect(back == expected, "\(order.sort) by \(limit) backward")
        }
    }

    @Test(arguments: [
        "sort=-employees", "sort=employees", "sort=name", "sort=-created_at", "sort=kind,-employees",
    ])
    func `what is made meanwhile moves nothing`(_ sort: String) async throws {
        let company = try await ApiPlatform.company("Moving")
        try fill(company, 12)
        let before = try company.send("GET", "accounts?\(sort)&limit=200").ids
        let paged = try forward(company, sort, limit: 3) { page in
            _ = try company.make("accounts", ["name": .string("AAA \(page)"), "employees": 1000])
            _ = try company.make("accounts", ["name": .string("zzz \(page)")])
        }
        #expect(paged.ids.filter(before.contains) == before)
        #expect(Set(paged.ids).count == paged.ids.count)
    }

    @Test func `pages by number know how many there are`() async throws {
        let company = try await ApiPlatform.company("Pages")
        try fill(company)
        let all = try company.send("GET", "accounts?sort=name&limit=200").ids
        let third = try company.send("GET", "accounts?sort=name&limit=5&page=3")
        #expect(third.ids == Array(all[10..<15]))
        #expect(third.page("number") == 3)
        #expect(third.page("pages") == 5)
        #expect(third.page("total") == 23)
        #expect(try company.send("GET", "accounts?limit=5&page=6").ids.isEmpty)
        #expect(try company.send("GET", "accounts?limit=200&page=52").faults == ["page:too_deep"])
        #expect(try company.send("GET", "accounts?limit=0").faults == ["limit:out_of_range"])
        #expect(try company.send("GET", "accounts?limit=201").faults == ["limit:out_of_range"])
    }

    @Test func `a total is given when it is asked for`() async throws {
        let company = try await ApiPlatform.company("Totals")
        try fill(company, 9)
        let plain = try company.send("GET", "accounts?limit=2")
        #expect(plain.page("total") == .null)
        #expect(plain.page("previous") == .null)
        #expect(plain.page("estimated") == false)
        #expect(try company.send("GET", "accounts?limit=2&count=exact&employees[gt]=1").page("total") == 2)
        let estimate = try company.send("GET", "accounts?limit=2&count=estimate")
        #expect(estimate.page("estimated") == true)
        #expect(estimate.page("total").integerValue != nil)
    }

    @Test func `a cursor is for its own sort and filter`() async throws {
        let company = try await ApiPlatform.company("Cursor")
        try fill(company, 5)
        let next = try #require(
            try company.send("GET", "accounts?sort=name&kind=prospect&limit=1").page("next").stringValue)
        #expect(
            try company.send("GET", "accounts?sort=name&kind=prospect&limit=2&cursor=\(next)").status == 200)
        for query in [
            "sort=-name&kind=prospect", "sort=name&kind=customer", "sort=name", "sort=name&kind=prospect&q=a",
        ] {
            let refused = try company.send("GET", "accounts?\(query)&cursor=\(next)")
            #expect(refused.status == 400)
            #expect(refused.faults == ["cursor:bad_cursor"])
        }
        let bent = String(next.dropLast(2)) + (next.hasSuffix("AA") ? "BB" : "AA")
        #expect(try company.send("GET", "accounts?sort=name&kind=prospect&cursor=\(bent)").status == 400)
    }

    @Test func `long texts are sorted and paged too`() async throws {
        let company = try await ApiPlatform.company("Long")
        for letter in ["c", "a", "b"] {
            _ = try company.make(
                "contacts",
                ["last_name": .string(letter), "notes": .string(String(repeating: letter, count: 15_000))])
        }
        let first = try company.send("GET", "contacts?sort=notes&limit=1")
        let next = try #require(first.page("next").stringValue)
        let second = try company.send("GET", "contacts?sort=notes&limit=1&cursor=\(next)")
        #expect(second.status == 200)
        let names = (first.json["data"]?.arrayValue ?? []) + (second.json["data"]?.arrayValue ?? [])
        #expect(names.map { $0["last_name"]?.stringValue } == ["a", "b"])
    }
}

extension JSON {
    /// The object with one member more.
    func adding(_ key: String, _ value: JSON) -> JSON {
        var object = objectValue ?? JSONObject()
        object[key] = value
        return .object(object)
    }
}
