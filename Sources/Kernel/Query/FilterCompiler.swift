internal import Postgres
internal import Wire

/// Says a filter in SQL over one table alias, with every operand bound.
struct FilterCompiler {
    let alias: String
    /// The organization's zone, for civil periods and days.
    let timeZone: String
    let now: Instant

    func sql(_ filter: Filter) -> SQL {
        switch filter {
        case .all(let parts): parts.isEmpty ? "true" : "(\(sql: parts.map(sql).joined(separator: " and ")))"
        case .any(let parts): parts.isEmpty ? "false" : "(\(sql: parts.map(sql).joined(separator: " or ")))"
        case .condition(let condition): sql(condition)
        }
    }

    private func sql(_ condition: Filter.Condition) -> SQL {
        guard let further = condition.field.further else { return ofRecord(condition) }
        return "(\(sql: ofRecord(condition)) \(sql: ofOthers(condition, further)))"
    }

    /// What the records that refer to this one say: any of them may fulfil a condition, none may break a
    /// negated one.
    private func ofOthers(_ condition: Filter.Condition, _ further: FurtherContents) -> SQL {
        let others = FilterCompiler(alias: "f", timeZone: timeZone, now: now)
        let (positive, isNegated) = condition.comparison.positive
        let held = others.ofRecord(Filter.Condition(field: condition.field, comparison: positive))
        let found: SQL = """
            \(unsafeSQL: alias).id = any(array(
            select f.\(identifier: further.reference)
            from \(unsafeSQL: further.table) f
            where f.deleted_at is null and \(sql: held)))
            """
        return isNegated ? "and not \(sql: found)" : "or \(sql: found)"
    }

    private func ofRecord(_ condition: Filter.Condition) -> SQL {
        ofReferred(condition) ?? compared(condition, Columns.expression(condition.field, alias))
    }

    /// What the row says that one of the record's references leads to, asked of those rows alone; nil where
    /// the field is of another kind, or a record without such a row would do.
    private func ofReferred(_ condition: Filter.Condition) -> SQL? {
        guard let (column, lookup) = condition.field.drawn, let reference = lookup.reference,
            condition.comparison.needsContent, Columns.renamed(column, "") == column
        else { return nil }
        let rows = FilterCompiler(alias: lookup.alias, timeZone: timeZone, now: now)
        return """
            \(unsafeSQL: alias).\(identifier: reference) = any(array(
            select \(unsafeSQL: lookup.alias).id
            from \(unsafeSQL: "\(lookup.table) \(lookup.alias)")
            where \(unsafeSQL: lookup.alias).organization_id = current_setting('app.organization_id')::uuid
            and \(sql: rows.compared(condition, column))))
            """
    }

    private func compared(_ condition: Filter.Condition, _ column: String) -> SQL {
        let field = condition.field
        switch condition.comparison {
        case .equal(let value): return compare(field, column, "=", value)
        case .notEqual(let value):
            return "(\(sql: compare(field, column, "<>", value)) or \(unsafeSQL: column) is null)"
        case .less(let value): return compare(field, column, "<", value)
        case .lessOrEqual(let value): return compare(field, column, "<=", value)
        case .greater(let value): return compare(field, column, ">", value)
        case .greaterOrEqual(let value): return compare(field, column, ">=", value)
        case .oneOf(let values):
            return "(\(sql: values.map { compare(field, column, "=", $0) }.joined(separator: " or ")))"
        case .noneOf(let values):
            let each = values.map { compare(field, column, "<>", $0) }.joined(separator: " and ")
            return "(\(unsafeSQL: column) is null or (\(sql: each)))"
        case .isNull(let wanted): return "\(unsafeSQL: column) is \(unsafeSQL: wanted ? "" : "not ")null"
        case .contains(let text):
            return "position(kernel.fold(\(text)) in \(unsafeSQL: folded(field, column))) > 0"
        case .startsWith(let text):
            return "\(unsafeSQL: folded(field, column)) ^@ kernel.fold(\(text))"
        case .within(let period): return within(period, field, column)
        case .inTeam(let team): return "\(unsafeSQL: column) = any(array(\(sql: Self.members(of: team))))"
        }
    }

    /// Who stands in a team or in one below: one column of ids.
    private static func members(of team: UUIDv7) -> SQL {
        """
        select peer.member_id
        from kernel.team_paths path
        join kernel.team_members peer on peer.organization_id = path.organization_id
        and peer.team_id = path.descendant_id
        where path.organization_id = current_setting('app.organization_id')::uuid
        and path.ancestor_id = \(team)::uuid
        """
    }

    private func folded(_ field: FieldDefinition, _ column: String) -> String {
        field.isMatchable ? "\(alias).\(field.key)_key" : "kernel.fold(\(column))"
    }

    private func compare(_ field: FieldDefinition, _ column: String, _ comparison: String, _ value: Value)
        -> SQL
    {
        if field.kind.isText, field.isMatchable, case .text(let text) = value {
            return
                "\(unsafeSQL: alias).\(unsafeSQL: field.key)_key \(unsafeSQL: comparison) kernel.fold(\(text))"
        }
        if case .instant = field.kind, case .date(let day) = value { return onDay(column, comparison, day) }
        if case .choice(let cases) = field.kind, comparison != "=", comparison != "<>" {
            return
                "array_position(\(cases)::text[], \(unsafeSQL: column)) \(unsafeSQL: comparison) array_position(\(cases)::text[], \(sql: value.sql))"
        }
        return
            "\(unsafeSQL: column) \(unsafeSQL: comparison) \(sql: value.sql)::\(unsafeSQL: field.kind.columnType)"
    }

    /// Compares an instant with a whole civil day of the organization's zone.
    private func onDay(_ column: String, _ comparison: String, _ day: CivilDate) -> SQL {
        let start: SQL = "(\(day)::date::timestamp at time zone \(timeZone))"
        let end: SQL = "((\(day)::date + 1)::timestamp at time zone \(timeZone))"
        let name: SQL = "\(unsafeSQL: column)"
        switch comparison {
        case "<": return "\(sql: name) < \(sql: start)"
        case "<=": return "\(sql: name) < \(sql: end)"
        case ">": return "\(sql: name) >= \(sql: end)"
        case ">=": return "\(sql: name) >= \(sql: start)"
        case "<>": return "not (\(sql: name) >= \(sql: start) and \(sql: name) < \(sql: end))"
        default: return "(\(sql: name) >= \(sql: start) and \(sql: name) < \(sql: end))"
        }
    }

    private func within(_ period: Period, _ field: FieldDefinition, _ column: String) -> SQL {
        let isDate = field.kind == .date
        let name: SQL = "\(unsafeSQL: column)"
        switch period {
        case .seconds(let seconds):
            let other = Instant(milliseconds: now.milliseconds - seconds * 1000)
            let (from, to) = seconds > 0 ? (other, now) : (now, other)
            if isDate {
                return
                    "(\(sql: name) >= (\(from)::timestamptz at time zone \(timeZone))::date and \(sql: name) <= (\(to)::timestamptz at time zone \(timeZone))::date)"
            }
            return "(\(sql: name) >= \(from)::timestamptz and \(sql: name) <= \(to)::timestamptz)"
        case .civil(let unit, let offset):
            let length = unit == "quarter" ? "3 months" : "1 \(unit)"
            let start: SQL =
                "(date_trunc('\(unsafeSQL: unit)', \(now)::timestamptz at time zone \(timeZone)) + \(unsafeSQL: String(offset)) * interval '\(unsafeSQL: length)')"
            let end: SQL = "(\(sql: start) + interval '\(unsafeSQL: length)')"
            if isDate { return "(\(sql: name) >= \(sql: start)::date and \(sql: name) < \(sql: end)::date)" }
            return
                "(\(sql: name) >= (\(sql: start) at time zone \(timeZone)) and \(sql: name) < (\(sql: end) at time zone \(timeZone)))"
        }
    }
}

extension Filter.Comparison {
    /// What is asked, without its negation.
    fileprivate var positive: (comparison: Filter.Comparison, isNegated: Bool) {
        switch self {
        case .notEqual(let value): (comparison: .equal(value), isNegated: true)
        case .noneOf(let values): (comparison: .oneOf(values), isNegated: true)
        case .isNull(true): (comparison: .isNull(false), isNegated: true)
        default: (comparison: self, isNegated: false)
        }
    }

    /// Whether nothing but content fulfils it.
    fileprivate var needsContent: Bool {
        switch self {
        case .notEqual, .noneOf, .isNull(true): false
        default: true
        }
    }
}

extension Value {
    /// The value as a bound parameter.
    var sql: SQL {
        switch self {
        case .null: "null"
        case .text(let text): "\(text)"
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .date(let date): "\(date)"
        case .instant(let instant): "\(instant)"
        case .id(let id): "\(id)"
        case .json(let json): "\(json)"
        }
    }
}

/// How fields are read in SQL.
enum Columns {
    /// The field's content over a table alias.
    static func expression(_ field: FieldDefinition, _ alias: String) -> String {
        if let computed = field.computed { return renamed(computed, alias) }
        return "\(alias).\(field.key)"
    }

    /// Declared SQL speaks of the alias `t`; names that only end in a t are left alone.
    static func renamed(_ sql: String, _ alias: String) -> String {
        if alias == "t" { return sql }
        var renamed = ""
        var before: Character = " "
        var rest = sql[...]
        while let character = rest.first {
            let isAlias =
                rest.hasPrefix("t.")
                && !(before.isLetter || before.isNumber || before == "_" || before == ".")
            renamed += isAlias ? "\(alias)." : String(character)
            rest = rest.dropFirst(isAlias ? 2 : 1)
            before = isAlias ? "." : character
        }
        return renamed
    }

    /// The field as it stands in JSON: instants in RFC 3339 with milliseconds, the rest as PostgreSQL prints
    /// it.
    static func json(_ field: FieldDefinition, _ alias: String) -> String {
        printed(field, expression(field, alias))
    }

    /// The same where the row that the field draws on is joined beside.
    static func joinedJSON(_ field: FieldDefinition, _ alias: String) -> String {
        printed(field, field.drawn.map { renamed($0.sql, alias) } ?? expression(field, alias))
    }

    private static func printed(_ field: FieldDefinition, _ column: String) -> String {
        field.kind == .instant ? instant(column) : column
    }

    /// An instant's text; the session's zone is UTC.
    static func instant(_ column: String) -> String {
        "to_char(\(column), 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    }
}
