internal import Wire

/// Reads conditions out of query parameters and of `filter=`.
struct FilterParser {
    let entity: EntityDefinition
    let grant: Grant
    /// Conditions in one request, so that a query stays a query.
    static let most = 50

    /// One parameter: `amount[gte]=100`, `stage_id=…`.
    func condition(parameter name: String, value: String) throws(Problem) -> Filter {
        let key: String
        var comparison = FilterOperator.eq
        if let open = name.firstIndex(of: "["), name.hasSuffix("]") {
            key = String(name[..<open])
            let written = String(name[name.index(after: open)...].dropLast())
            guard let known = FilterOperator(rawValue: written) else {
                throw Problem.badQuery(name, "unknown_operator", expected: operators)
            }
            comparison = known
        } else {
            key = name
        }
        let field = try readable(key, parameter: name)
        return .condition(try condition(field, comparison, .string(value), parameter: name, isText: true))
    }

    /// The JSON of `filter=`.
    func filter(json text: String) throws(Problem) -> Filter {
        let json: JSON
        do { json = try JSON.parse(text) } catch { throw Problem.badQuery("filter", "not_json") }
        return try filter(json)
    }

    /// The same, parsed already.
    func filter(_ json: JSON) throws(Problem) -> Filter {
        let filter = try group(json, path: "filter")
        guard filter.conditions.count <= Self.most else {
            throw Problem.badQuery("filter", "too_many", ["maximum": "\(Self.most)"])
        }
        return filter
    }

    private var operators: String { FilterOperator.allCases.map(\.rawValue).joined(separator: ", ") }

    private func group(_ json: JSON, path: String) throws(Problem) -> Filter {
        if case .array(let parts) = json { return try leaf(parts, path: path) }
        guard case .object(let object) = json, object.keys.count == 1, let key = object.keys.first,
            key == "all" || key == "any", case .array(let parts)? = object[key], !parts.isEmpty
        else {
            throw Problem.badQuery(
                path, "bad_filter", expected: "{\"any\":[…]}, {\"all\":[…]}, [field, operator, value]")
        }
        var filters: [Filter] = []
        for (position, part) in parts.enumerated() {
            filters.append(try group(part, path: "\(path).\(key)[\(position)]"))
        }
        return key == "all" ? .all(filters) : .any(filters)
    }

    private func leaf(_ parts: [JSON], path: String) throws(Problem) -> Filter {
        guard parts.count == 3, case .string(let key) = parts[0], case .string(let name) = parts[1] else {
            throw Problem.badQuery(path, "bad_filter", expected: "[field, operator, value]")
        }
        guard let comparison = FilterOperator(rawValue: name) else {
            throw Problem.badQuery(path, "unknown_operator", expected: operators)
        }
        let field = try readable(key, parameter: path)
        return .condition(try condition(field, comparison, parts[2], parameter: path, isText: false))
    }

    /// The field, if the caller may read it; naming a hidden one is 403.
    func readable(_ key: String, parameter: String) throws(Problem) -> FieldDefinition {
        guard var field = entity.queryField(key) else {
            throw Problem.badQuery(parameter, "unknown_parameter")
        }
        guard grant.sees(field, of: entity) else {
            throw Problem.permissionRequired(field.visibleTo ?? "\(entity.readPermission):\(key)")
        }
        field.further = grant.further(field)
        return field
    }

    private func condition(
        _ field: FieldDefinition, _ name: FilterOperator, _ operand: JSON, parameter: String, isText: Bool
    ) throws(Problem) -> Filter.Condition {
        guard FilterOperator.allowed(for: field.kind).contains(name) else {
            let allowed = FilterOperator.allowed(for: field.kind).map(\.rawValue).joined(separator: ", ")
            throw Problem.badQuery(parameter, "operator_not_allowed", expected: allowed)
        }
        let reader = OperandReader(field: field, parameter: parameter)
        return Filter.Condition(
            field: field, comparison: try reader.comparison(name, operand, isText: isText))
    }
}

/// Turns what stands behind an operator into values of the field's kind.
private struct OperandReader {
    let field: FieldDefinition
    let parameter: String

    func comparison(_ name: FilterOperator, _ operand: JSON, isText: Bool) throws(Problem)
        -> Filter.Comparison
    {
        switch name {
        case .eq: return operand == .null ? .isNull(true) : .equal(try value(operand))
        case .ne: return operand == .null ? .isNull(false) : .notEqual(try value(operand))
        case .lt: return .less(try value(operand))
        case .lte: return .lessOrEqual(try value(operand))
        case .gt: return .greater(try value(operand))
        case .gte: return .greaterOrEqual(try value(operand))
        case .oneOf: return .oneOf(try values(operand, isText: isText))
        case .noneOf: return .noneOf(try values(operand, isText: isText))
        case .null: return .isNull(try flag(operand))
        case .contains: return .contains(try text(operand))
        case .startsWith: return .startsWith(try text(operand))
        case .within:
            guard case .string(let text) = operand, let period = Period(text) else {
                throw Problem.badQuery(
                    parameter, "not_a_period", expected: "30d, 12h, this_month, last_quarter")
            }
            return .within(period)
        case .inTeam:
            guard case .id(let team) = try value(operand) else {
                throw Problem.badQuery(parameter, "wrong_type")
            }
            return .inTeam(team)
        }
    }

    private func value(_ operand: JSON) throws(Problem) -> Value {
        do {
            if case .instant = field.kind, case .string(let text) = operand, let day = CivilDate(text) {
                return .date(day)
            }
            let decoder = FieldDecoder(field, path: parameter)
            if case .string(let text) = operand {
                if field.kind.isText { return .text(try self.text(operand)) }
                let value = try decoder.decode(text: text)
                guard !value.isNull else { throw Problem.badQuery(parameter, "required") }
                return value
            }
            return try decoder.decode(operand)
        } catch let problem as Problem {
            throw problem
        } catch let fault as FieldFault {
            throw Problem(400, "invalid_query", errors: [fault.error])
        } catch {
            throw Problem.badQuery(parameter, "wrong_type")
        }
    }

    private func values(_ operand: JSON, isText: Bool) throws(Problem) -> [Value] {
        var items: [JSON]
        switch operand {
        case .array(let listed): items = listed
        case .string(let text) where isText: items = text.split(separator: ",").map { .string(String($0)) }
        default: throw Problem.badQuery(parameter, "wrong_type", ["expected": "array"])
        }
        guard (1...200).contains(items.count) else {
            throw Problem.badQuery(parameter, "too_many", ["maximum": "200"])
        }
        var values: [Value] = []
        for item in items { values.append(try value(item)) }
        return values
    }

    private func flag(_ operand: JSON) throws(Problem) -> Bool {
        switch operand {
        case .bool(let flag): return flag
        case .string("true"): return true
        case .string("false"): return false
        default:
            throw Problem.badQuery(parameter, "wrong_type", ["expected": "boolean"], expected: "true, false")
        }
    }

    private func text(_ operand: JSON) throws(Problem) -> String {
        guard case .string(let text) = operand else {
            throw Problem.badQuery(parameter, "wrong_type", ["expected": "string"])
        }
        guard !text.isEmpty, text.unicodeScalars.count <= 500 else {
            throw Problem.badQuery(parameter, "too_long", ["maximum": "500"])
        }
        return text
    }
}
