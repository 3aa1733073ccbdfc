import TestKit
import Testing
import Wire

/// Opens every list behind a dashboard and compares it with its number.
struct DashboardCheck {
    let client: APIClient
    let dashboard: JSON
    private(set) var opened = 0

    init(_ client: APIClient, _ query: String = "") throws {
        self.client = client
        let answer = try client.send("GET", "sales/dashboard\(query.isEmpty ? "" : "?\(query)")")
        guard answer.status == 200 else { throw CompanyError.refused(answer.text) }
        dashboard = answer.json
    }

    /// What is told at a path of members.
    subscript(_ path: String...) -> JSON {
        path.reduce(dashboard) { found, key in found[key] ?? .null }
    }

    /// Lines of a section, as `label count value`.
    func lines(_ section: String) -> [String] {
        (dashboard[section]?.arrayValue ?? []).map { line in
            "\(line["label"]?.stringValue ?? "-") \(line["count"]?.text ?? "") \(Self.money(line["value"]))"
        }
    }

    /// Amounts, as `EUR 100`.
    static func money(_ figures: JSON?) -> String {
        (figures?.arrayValue ?? []).map { "\($0["currency"]?.stringValue ?? "") \($0["value"]?.text ?? "")" }
            .joined(separator: " ")
    }

    /// Compares all of them.
    mutating func run() throws {
        for key in ["open", "started", "won", "lost"] {
            let part = self[key]
            try count(part["count"]?["filter"], part["count"]?["value"], "opportunities", key)
            try money(part["value"], "sum:amount", key)
        }
        try money(self["open", "weighted"], "sum:weighted_amount", "weighted")
        try money(self["won", "average"], "avg:amount", "average")
        for section in ["products", "owners", "teams"] {
            for line in self[section].arrayValue ?? [] {
                try count(line["filter"], line["count"], "opportunities", section)
                try money(line["value"], "sum:amount", section)
            }
        }
        for stage in self["stages", "data"].arrayValue ?? [] {
            try count(stage["filter"], stage["count"], "opportunities", "stages")
        }
        for month in self["months", "data"].arrayValue ?? [] where month["count"] != 0 {
            try count(month["filter"], month["count"], "opportunities", "months")
            try money(month["value"], "sum:amount", "months")
        }
        try parts("leads", ["sources", "statuses"])
        try parts("activities", ["kinds"])
        let won = self["won", "count", "value"].integerValue ?? 0
        let lost = self["lost", "count", "value"].integerValue ?? 0
        try count(self["win_rate", "filter"], .integer(won + lost), "opportunities", "win_rate")
    }

    private mutating func parts(_ path: String, _ sections: [String]) throws {
        guard self[path] != .null else { return }
        let total = self[path, "count"]
        try count(total["filter"], total["value"], path, path)
        for section in sections {
            for line in self[path, section].arrayValue ?? [] {
                try count(line["filter"], line["count"], path, section)
            }
        }
    }

    private mutating func count(_ filter: JSON?, _ number: JSON?, _ path: String, _ name: String) throws {
        let query = filter?.stringValue ?? ""
        let list = try client.send("GET", "\(path)?\(query)&count=exact&limit=1")
        #expect(list.status == 200, "\(name) \(query) \(list.text)")
        #expect(list.json["page"]?["total"] == number, "\(name) \(query)")
        opened += 1
    }

    private mutating func money(_ figures: JSON?, _ measure: String, _ name: String) throws {
        for figure in figures?.arrayValue ?? [] {
            let query = figure["filter"]?.stringValue ?? ""
            let sums = try client.send("GET", "opportunities/aggregate?\(query)&measures=\(measure)")
            #expect(sums.status == 200, "\(name) \(query) \(sums.text)")
            let key = measure.replacing(":", with: "_")
            let sum = sums.json["data"]?.arrayValue?.first?[key] ?? .null
            #expect((sum == .null ? 0 : sum) == figure["value"], "\(name) \(query)")
            opened += 1
        }
    }
}
