import Postgres
import TestKit
import Testing
import Wire

/// Filters, groups, includes and sums, compared with PostgreSQL's own answers.
@Suite struct ApiQueryTests {
    /// Opportunities on two accounts in two currencies, with gaps.
    private func fill(_ company: Company) throws -> [String] {
        let accounts = try ["Alfa", "Beta"].map { try company.make("accounts", ["name": .string($0)]) }
        for number in 0..<14 {
            var deal: JSON = [
                "title": .string("Deal \(number) Città"), "account_id": .string(accounts[number % 2]),
                "priority": .string(["P3", "P2", "P1"][number % 3]),
            ]
            if number % 4 != 0 {
                deal = deal.adding("amount", .number(JSONNumber(Int64(number) * 1050)))
                    .adding("amount_currency", number % 5 == 0 ? "USD" : "EUR")
            }
            let month = number % 3 + 1
            if number % 2 == 0 {
                deal = deal.adding("expected_close_on", .string("2026-0\(month)-1\(number % 10)"))
            }
            _ = try company.make("opportunities", deal)
        }
        return accounts
    }

    static let filters: [(query: String, sql: String)] = [
        ("amount=2100", "amount = 2100"), ("amount[ne]=2100", "amount is distinct from 2100"),
        ("amount[gt]=5250", "amount > 5250"), ("amount[gte]=5250", "amount >= 5250"),
        ("amount[lt]=5250", "amount < 5250"), ("amount[lte]=5250", "amount <= 5250"),
        ("amount[in]=1050,2100,7", "amount in (1050, 2100, 7)"),
        ("amount[not_in]=1050,2100", "amount is null or amount not in (1050, 2100)"),
        ("amount[null]=true", "amount is null"), ("amount[null]=false", "amount is not null"),
        ("amount[gte]=1050&amount[lt]=9450", "amount >= 1050 and amount < 9450"),
        ("priority=P1", "priority = 'P1'"), ("priority[in]=P1,P3", "priority in ('P1', 'P3')"),
        ("title[contains]=CITTA", "true"), ("title[starts_with]=deal%201", "title like 'Deal 1%'"),
        ("title=deal%203%20citt%C3%A0", "title = 'Deal 3 Città'"), ("title[contains]=%25", "false"),
        (
            "expected_close_on[gte]=2026-02-01&expected_close_on[lt]=2026-03-01",
            "expected_close_on >= '2026-02-01' and expected_close_on < '2026-03-01'"
        ),
        ("created_at[within]=today", "true"), ("created_at[within]=1h", "true"),
        ("created_at[within]=last_year", "false"),
        ("created_at[gte]=2020-01-01", "true"), ("closed_at[null]=true", "closed_at is null"),
        (
            "filter={\"any\":[[\"amount\",\"lt\",2000],{\"all\":[[\"priority\",\"eq\",\"P1\"],[\"amount\",\"null\",true]]}]}",
            "amount < 2000 or (priority = 'P1' and amount is null)"
        ),
        ("filter=[\"amount\",\"in\",[1050,5250]]&priority=P1", "amount in (1050, 5250) and priority = 'P1'"),
        ("filter={\"all\":[[\"amount\",\"eq\",null]]}", "amount is null"),
        ("filter={\"all\":[[\"amount_currency\",\"ne\",\"EUR\"]]}", "amount_currency <> 'EUR'"),
    ]

    @Test func `filters find what SQL finds`() async throws {
        let company = try await ApiPlatform.company("Filters")
        let database = try await ApiPlatform.shared.value.database
        _ = try fill(company)
        for filter in Self.filters {
            let query =
                filter.query.hasPrefix("filter={") || filter.query.hasPrefix("filter=[")
                ? escaped(filter.query) : filter.query
            let answer = try company.send("GET", "opportunities?\(query)&limit=200&sort=id&count=exact")
            let rows = try database.admin(
                """
                select id from sales.opportunities
                where organization_id = \(company.id)::uuid and deleted_at is null
                and (\(unsafeSQL: filter.sql))
                order by id
                """)
            #expect(
                answer.ids == (0..<rows.count).compactMap { rows[$0, 0] },
                "\(filter.query): \(answer.code ?? "")")
            #expect(answer.page("total").integerValue == Int64(rows.count), "\(filter.query)")
        }
    }

    @Test func `sums and counts are SQL's, money by currency`() async throws {
        let company = try await ApiPlatform.company("Sums")
        let database = try await ApiPlatform.shared.value.database
        let accounts = try fill(company)
        let answer = try company.send(
            "GET",
            "opportunities/aggregate?group_by=account_id&measures=count,sum:amount,avg:amount,min:amount,max:amount"
        )
        let rows = try database.admin(
            """
            select account_id, amount_currency, count(*), sum(amount), round(avg(amount)), min(amount),
            max(amount)
            from sales.opportunities
            where organization_id = \(company.id)::uuid
            group by 1, 2
            """)
        let groups = answer.json["data"]?.arrayValue ?? []
        #expect(groups.count == rows.count)
        for row in 0..<rows.count {
            let group = try #require(
                groups.first {
                    $0["group"]?["account_id"]?.stringValue == rows[row, 0]
                        && $0["amount_currency"]?.stringValue == rows[row, 1]
                })
            let members = ["count", "sum_amount", "avg_amount", "min_amount", "max_amount"]
            for (column, member) in members.enumerated() {
                #expect(group[member]?.integerValue == rows.integer(row, column + 2), "\(member)")
            }
            #expect(group["label"]?.stringValue == (rows[row, 0] == accounts[0] ? "Alfa" : "Beta"))
        }
        let months = try company.send(
            "GET", "opportunities/aggregate?group_by=expected_close_on:month&expected_close_on[null]=false")
        #expect(
            (months.json["data"]?.arrayValue ?? []).map { $0["label"]?.stringValue } == [
                "2026-01", "2026-02", "2026-03",
            ])
        let all = try company.send("GET", "opportunities/aggregate")
        #expect(all.json["data"] == [["group": [:], "label": nil, "count": 14]])
        let two = try company.send("GET", "opportunities/aggregate?group_by=priority,account_id")
        #expect((two.json["data"]?.arrayValue ?? []).count == 6)
        #expect(try company.send("GET", "opportunities/aggregate?group_by=id,id,id").status == 400)
        #expect(try company.send("GET", "opportunities/aggregate?measures=sum:title").status == 400)
        for query in ["measures=count,count", "group_by=closed_at:month,closed_at:year"] {
            #expect(try company.send("GET", "opportunities/aggregate?\(query)").status == 400, "\(query)")
        }
    }

    @Test func `what is referred to stands beside when it is asked for`() async throws {
        let company = try await ApiPlatform.company("Include")
        let account = try company.make("accounts", ["name": "Gamma", "industry": "Glass"])
        let deal = try company.make("opportunities", ["title": "Panes", "account_id": .string(account)])
        for path in ["opportunities/\(deal)?include=account,owner", "opportunities?include=account,owner"] {
            let answer = try company.send("GET", path)
            let record = answer.json["data"]?.arrayValue?.first ?? answer.json
            #expect(record["account"]?["name"] == "Gamma")
            #expect(record["account"]?["type"] == "directory.account")
            #expect(record["owner"]?["name"] == "Ada Rossi")
            #expect(record["account_id"]?.stringValue == account)
        }
        #expect(try company.send("GET", "opportunities?include=nope").faults == ["include:unknown_include"])
        let few = try company.send("GET", "opportunities/\(deal)?fields=title,id")
        #expect(Set(few.json.objectValue?.keys ?? []) == ["id", "title"])
        try company.send("DELETE", "accounts/\(account)")
        #expect(try company.send("GET", "opportunities/\(deal)?include=account").json["account"] == .null)
    }

    @Test func `words are found by their beginnings, without accents, in either language`() async throws {
        let company = try await ApiPlatform.company("Words")
        let id = try company.make("accounts", ["name": "Caffè Società Riunioni"])
        for words in ["caffe", "CAFFÈ", "soc", "riunione", "caffe soc"] {
            let found = try company.send("GET", "accounts?q=\(escaped(words))")
            #expect(found.ids == [id], "\(words)")
        }
        #expect(try company.send("GET", "accounts?q=nothing").ids.isEmpty)
    }

    /// Percent-encoded but for what separates parameters.
    private func escaped(_ query: String) -> String {
        query.utf8.reduce(into: "") { text, byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isPlain || "=&-_.[]".utf8.contains(byte), byte != UInt8(ascii: "["), byte != UInt8(ascii: "]")
            {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
