internal import Kernel
internal import Wire

/// A file of the public CRM data, and what its columns mean.
struct DemoFile: Sendable {
    let name: String
    let entity: String
    private let key: String
    private let columns: [JSON]

    /// In the order in which they refer to each other.
    static let all = [
        DemoFile(
            name: "products.csv", entity: Product.name, key: "name",
            columns: [
                ["column": "product", "field": "name"], ["column": "series", "field": "series"],
                ["column": "sales_price", "field": "price"],
            ]),
        DemoFile(
            name: "accounts.csv", entity: "directory.account", key: "name",
            columns: [
                ["column": "account", "field": "name"], ["column": "sector", "field": "industry"],
                ["column": "year_established", "field": "founded_year"],
                ["column": "revenue", "field": "annual_revenue", "multiplier": 1_000_000],
                ["column": "employees", "field": "employees"],
                ["column": "office_location", "field": "territory"],
                ["column": "subsidiary_of", "field": "parent_id", "match_by": "name"],
            ]),
        DemoFile(
            name: "sales_pipeline.csv", entity: Opportunity.name, key: "external_code",
            columns: [
                ["column": "opportunity_id", "field": "external_code"], DemoFile.agent,
                ["column": "product", "field": "product_id", "match_by": "name"],
                ["column": "account", "field": "account_id", "match_by": "name"],
                ["column": "deal_stage", "field": "stage_id", "match_by": "code"],
                ["column": "engage_date", "field": "engaged_on"],
                ["column": "close_date", "field": "closed_at"],
                ["column": "close_value", "field": "amount"],
            ]),
    ]

    private static let agent: JSON = ["column": "sales_agent", "field": "owner_id", "match_by": "name"]

    /// The mapping as `PUT /imports/{id}/mapping` takes it. What is there already stays as it is. Where the
    /// agents are no members, the deals are the importer's.
    func mapping(into pipeline: UUIDv7, agentsAreMembers: Bool) -> JSON {
        let isDeals = entity == Opportunity.name
        let columns = agentsAreMembers ? columns : columns.filter { $0 != Self.agent }
        return [
            "key": .string(key), "on_match": "skip", "columns": .array(columns),
            "constants": isDeals ? ["pipeline_id": .string("\(pipeline)")] : [:],
        ]
    }

    /// The mapping with the best proposal for each unmatched value as an alias: what a person confirms.
    static func taking(_ unmatched: [JSON], into mapping: JSON, _ tell: (String) -> Void) -> JSON {
        guard !unmatched.isEmpty, var object = mapping.objectValue else { return mapping }
        let columns = (object["columns"]?.arrayValue ?? []).map { column -> JSON in
            guard var changed = column.objectValue else { return column }
            var aliases = JSONObject()
            for item in unmatched where item["column"] == column["column"] {
                guard let value = item["value"]?.stringValue,
                    let label = item["proposals"]?.arrayValue?.first?["label"]
                else { continue }
                let count = item["count"]?.integerValue ?? 0
                tell("'\(value)' is taken for '\(label.stringValue ?? "")' (\(count) rows)")
                aliases[value] = label
            }
            if !aliases.isEmpty { changed["aliases"] = .object(aliases) }
            return .object(changed)
        }
        object["columns"] = .array(columns)
        return .object(object)
    }
}
