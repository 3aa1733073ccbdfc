internal import Kernel
internal import Wire

/// The demo's products, accounts and pipeline, imported as its admin would import them.
struct DemoData: Sendable {
    let folder: String
    let process: PlatformProcess
    let organization: UUIDv7
    let admin: UUIDv7

    private static let files: [(file: String, entity: String, mapping: JSON)] = [
        (
            file: "products.csv", entity: "sales.product",
            mapping: [
                "key": "name", "on_match": "update",
                "columns": [
                    ["column": "product", "field": "name"], ["column": "series", "field": "series"],
                    ["column": "sales_price", "field": "price"],
                ],
            ]
        ),
        (
            file: "accounts.csv", entity: "directory.account",
            mapping: [
                "key": "name", "on_match": "update",
                "columns": [
                    ["column": "account", "field": "name"], ["column": "sector", "field": "industry"],
                    ["column": "year_established", "field": "founded_year"],
                    ["column": "revenue", "field": "annual_revenue"],
                    ["column": "employees", "field": "employees"],
                    ["column": "office_location", "field": "territory"],
                    ["column": "subsidiary_of", "field": "parent_id", "match_by": "name"],
                ],
            ]
        ),
        (
            file: "sales_pipeline.csv", entity: "sales.opportunity",
            mapping: [
                "key": "external_code", "on_match": "update",
                "columns": [
                    ["column": "opportunity_id", "field": "external_code"],
                    ["column": "sales_agent", "field": "owner_id", "match_by": "name"],
                    ["column": "product", "field": "product_id", "match_by": "name"],
                    ["column": "account", "field": "account_id", "match_by": "name"],
                    ["column": "deal_stage", "field": "stage_id", "match_by": "name"],
                    ["column": "engage_date", "field": "engaged_on"],
                    ["column": "close_date", "field": "closed_at"],
                    ["column": "close_value", "field": "amount"],
                ],
            ]
        ),
    ]

    /// Imports file after file; `tell` hears what each one came to.
    func load(_ tell: (String) -> Void) async throws {
        let working = try await Context.command("demo", runtime: process.runtime).working(in: organization)
        guard let context = try await working.acting(asMember: admin) else {
            throw CommandFault("the demo has no admin")
        }
        let importer = Importer(context: context)
        for step in Self.files {
            let id = try await importer.analyse(path: "\(folder)/\(step.file)", entity: step.entity)
            try await importer.map(id, step.mapping)
            let checked = try await importer.check(id)
            let mapping = Self.taking(checked["unmatched"]?.arrayValue ?? [], into: step.mapping, tell)
            if mapping != step.mapping { try await importer.map(id, mapping) }
            let done = try await importer.run(id)
            let counts = done["counts"]
            tell(
                """
                \(step.file): \(counts?["create"]?.integerValue ?? 0) made, \
                \(counts?["error"]?.integerValue ?? 0) refused
                """
            )
        }
    }

    /// Takes the best proposal for each unmatched value as an alias: what a person confirms in the wizard.
    private static func taking(_ unmatched: [JSON], into mapping: JSON, _ tell: (String) -> Void) -> JSON {
        guard !unmatched.isEmpty, var object = mapping.objectValue else { return mapping }
        let columns = (object["columns"]?.arrayValue ?? []).map { column -> JSON in
            guard var changed = column.objectValue else { return column }
            var aliases = JSONObject()
            for item in unmatched where item["column"] == column["column"] {
                guard let value = item["value"]?.stringValue,
                    let label = item["proposals"]?.arrayValue?.first?["label"]
                else { continue }
                tell(
                    """
                    '\(value)' is taken for '\(label.stringValue ?? "")' \
                    (\(item["count"]?.integerValue ?? 0) rows)
                    """
                )
                aliases[value] = label
            }
            if !aliases.isEmpty { changed["aliases"] = .object(aliases) }
            return .object(changed)
        }
        object["columns"] = .array(columns)
        return .object(object)
    }
}
