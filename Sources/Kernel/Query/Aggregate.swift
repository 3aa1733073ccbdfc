internal import Postgres
internal import Wire

/// What an aggregate was asked for: groups and measures over a list's rows.
struct Aggregate: Sendable {
    /// A field, or a field's time bucket in the organization's zone.
    struct Group: Sendable {
        let field: FieldDefinition
        /// day, week, month, quarter or year.
        let unit: String?
    }

    struct Measure: Sendable {
        /// count, sum, avg, min or max.
        let function: String
        /// Nil for count.
        let field: FieldDefinition?

        var name: String { field.map { "\(function)_\($0.key)" } ?? "count" }

        /// SQL over the alias `t`.
        var expression: String {
            guard let field else { return "count(*)" }
            let column = Columns.expression(field, "t")
            switch (function, field.kind) {
            case ("avg", .integer): return "round(avg(\(column)), 2)"
            case ("avg", _): return "round(avg(\(column)))"
            case (_, .instant): return Columns.instant("\(function)(\(column))")
            default: return "\(function)(\(column))"
            }
        }
    }

    let groups: [Group]
    let measures: [Measure]
    /// Currency fields that money measures split by.
    let currencies: [FieldDefinition]

    static let units = ["day", "week", "month", "quarter", "year"]
    static let mostGroups = 1000

    /// Reads `group_by` and `measures`.
    init(groupBy: String?, measures text: String?, parser: FilterParser) throws(Problem) {
        var groups: [Group] = []
        for part in (groupBy ?? "").split(separator: ",") { groups.append(try Self.group(part, parser)) }
        guard groups.count <= 2 else { throw Problem.badQuery("group_by", "too_many", ["maximum": "2"]) }
        var measures: [Measure] = []
        for part in (text ?? "count").split(separator: ",") {
            measures.append(try Self.measure(part, parser))
        }
        guard (1...10).contains(measures.count) else {
            throw Problem.badQuery("measures", "too_many", ["maximum": "10"])
        }
        // Each stands under its name in the answer.
        guard Set(groups.map(\.field.key)).count == groups.count else {
            throw Problem.badQuery("group_by", "repeated_parameter")
        }
        guard Set(measures.map(\.name)).count == measures.count else {
            throw Problem.badQuery("measures", "repeated_parameter")
        }
        self.groups = groups
        self.measures = measures
        var currencies: [FieldDefinition] = []
        for measure in measures {
            guard let field = measure.field, field.kind == .money,
                let currency = parser.entity.field("\(field.key)_currency"),
                !currencies.contains(where: { $0.key == currency.key })
            else { continue }
            currencies.append(currency)
        }
        self.currencies = currencies
    }

    private static func group(_ text: Substring, _ parser: FilterParser) throws(Problem) -> Group {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let field = try parser.readable(parts[0], parameter: "group_by")
        let isTime = field.kind == .instant || field.kind == .date
        if parts.count == 1 {
            guard field.kind != .address, field.kind != .timeWindows, field.kind != .json else {
                throw Problem.badQuery("group_by", "operator_not_allowed")
            }
            return Group(field: field, unit: nil)
        }
        guard parts.count == 2, isTime, units.contains(parts[1]) else {
            throw Problem.badQuery("group_by", "not_a_choice", expected: units.joined(separator: ", "))
        }
        return Group(field: field, unit: parts[1])
    }

    private static func measure(_ text: Substring, _ parser: FilterParser) throws(Problem) -> Measure {
        if text == "count" { return Measure(function: "count", field: nil) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, ["sum", "avg", "min", "max"].contains(parts[0]) else {
            throw Problem.badQuery(
                "measures", "not_a_choice", expected: "count, sum:field, avg:field, min:field, max:field")
        }
        let field = try parser.readable(parts[1], parameter: "measures")
        let isOrdered = field.kind == .date || field.kind == .instant
        guard field.kind.isNumeric || (isOrdered && ["min", "max"].contains(parts[0])) else {
            throw Problem.badQuery("measures", "operator_not_allowed", expected: "count")
        }
        return Measure(function: parts[0], field: field)
    }
}

/// Runs an aggregate within a scope.
struct AggregateQuery {
    let aggregate: Aggregate
    let request: ListRequest
    let context: Context

    /// The groups as a JSON document.
    func page(scope: Scope) async throws(Problem) -> [UInt8] {
        let base = ListCompiler(request: request, scope: scope, context: context).base
        let rows = try await context.read(statement(base), .long)
        var bytes: [UInt8] = Array("{\"data\":[".utf8)
        for row in 0..<min(rows.count, Aggregate.mostGroups) {
            if row > 0 { bytes.append(UInt8(ascii: ",")) }
            rows.append(row, 0, to: &bytes)
        }
        let total = rows.count > Aggregate.mostGroups ? "null" : "\(rows.count)"
        bytes.append(
            contentsOf: "],\"page\":{\"limit\":\(Aggregate.mostGroups),\"next\":null,\"previous\":null,".utf8)
        bytes.append(contentsOf: "\"total\":\(total),\"estimated\":false}}".utf8)
        return bytes
    }

    private func statement(_ base: SQL) -> SQL {
        var columns: [SQL] = []
        for (position, group) in aggregate.groups.enumerated() {
            columns.append("\(sql: bucket(group)) as g\(unsafeSQL: "\(position)")")
        }
        for (position, currency) in aggregate.currencies.enumerated() {
            columns.append("\(unsafeSQL: Columns.expression(currency, "t")) as c\(unsafeSQL: "\(position)")")
        }
        let keys = columns.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        for (position, measure) in aggregate.measures.enumerated() {
            columns.append("\(unsafeSQL: measure.expression) as m\(unsafeSQL: "\(position)")")
        }
        let grouping = keys.isEmpty ? "" : "group by \(keys)"
        return """
            select (select row_to_json(j)::text from (select \(sql: answer)) j)
            from (select \(sql: columns.joined(separator: ", "))
            from \(unsafeSQL: request.entity.table) t
            where \(sql: base)
            \(unsafeSQL: grouping)) g
            order by \(unsafeSQL: order)
            limit \(unsafeSQL: "\(Aggregate.mostGroups + 1)")
            """
    }

    private func bucket(_ group: Aggregate.Group) -> SQL {
        // Nothing is joined beside the rows of a sum, so a computed field stands by its own SQL.
        guard let unit = group.unit else { return "\(unsafeSQL: Columns.json(group.field, "t"))" }
        let column = Columns.expression(group.field, "t")
        if group.field.kind == .date {
            return "date_trunc('\(unsafeSQL: unit)', \(unsafeSQL: column)::timestamp)::date"
        }
        let zone = context.principal.preferences.timeZone
        return "date_trunc('\(unsafeSQL: unit)', \(unsafeSQL: column) at time zone \(zone))::date"
    }

    /// The members of one group's object, over the alias `g`.
    private var answer: SQL {
        var members: [SQL] = []
        let groups = aggregate.groups.enumerated().map { position, group -> SQL in
            "g.g\(unsafeSQL: "\(position)") as \(identifier: group.field.key)"
        }
        if groups.isEmpty {
            members.append("json_build_object() as \"group\"")
        } else {
            members.append(
                "(select row_to_json(k) from (select \(sql: groups.joined(separator: ", "))) k) as \"group\"")
        }
        let labels = aggregate.groups.indices.map { label($0) }
        if labels.isEmpty {
            members.append("null as label")
        } else {
            members.append("concat_ws(' · ', \(sql: labels.joined(separator: ", "))) as label")
        }
        for (position, currency) in aggregate.currencies.enumerated() {
            members.append("g.c\(unsafeSQL: "\(position)") as \(identifier: currency.key)")
        }
        for (position, measure) in aggregate.measures.enumerated() {
            members.append("g.m\(unsafeSQL: "\(position)") as \(identifier: measure.name)")
        }
        return members.joined(separator: ", ")
    }

    private func label(_ position: Int) -> SQL {
        let group = aggregate.groups[position]
        let name = "g.g\(position)"
        switch (group.unit, group.field.kind) {
        case ("year"?, _): return "to_char(\(unsafeSQL: name), 'YYYY')"
        case ("quarter"?, _): return "to_char(\(unsafeSQL: name), 'YYYY \"Q\"Q')"
        case ("month"?, _): return "to_char(\(unsafeSQL: name), 'YYYY-MM')"
        case (nil, .choice(let cases)):
            var texts = JSONObject()
            for name in cases {
                texts[name] = .string(
                    context.text("choice.\(request.entity.name).\(group.field.key).\(name)"))
            }
            return "(\(JSON.object(texts))::jsonb ->> \(unsafeSQL: name))"
        case (nil, .reference(let target)): return context.label(of: target, "\(name)::uuid")
        default: return "\(unsafeSQL: name)::text"
        }
    }

    /// Buckets and numbers by value, the rest by how many.
    private var order: String {
        var terms: [String] = []
        for (position, group) in aggregate.groups.enumerated()
        where group.unit != nil || group.field.kind.isNumeric {
            terms.append("g.g\(position)")
        }
        if terms.isEmpty, let count = aggregate.measures.firstIndex(where: { $0.field == nil }) {
            terms.append("g.m\(count) desc")
        }
        terms += aggregate.groups.indices.map { "g.g\($0)" }
        terms += aggregate.currencies.indices.map { "g.c\($0)" }
        return terms.isEmpty ? "1" : terms.joined(separator: ", ")
    }
}
