internal import Tabular
internal import Wire

/// Reads a mapping as it was put and finds everything that is wrong with it.
struct MappingReader {
    let entity: EntityDefinition
    let columns: [ImportColumn]
    let context: Context
    private var errors: [FieldError] = []
    private var mapped: [ImportMapping.Column] = []
    private var targets: Set<String> = []

    init(entity: EntityDefinition, columns: [ImportColumn], context: Context) {
        self.entity = entity
        self.columns = columns
        self.context = context
    }

    /// The checked mapping; 422 with every fault.
    mutating func mapping(_ json: JSON) throws(Problem) -> ImportMapping {
        guard case .object(let object) = json else { throw Problem.notAnObject }
        for key in object.keys where !["key", "on_match", "columns", "constants"].contains(key) {
            refuse(key, "unknown_field")
        }
        readColumns(json["columns"] ?? .null)
        let constants = readConstants(json["constants"] ?? .null)
        let onMatch: ImportMapping.OnMatch = choice(json["on_match"], "on_match") ?? .create
        let key = readKey(json["key"] ?? .null, onMatch)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return ImportMapping(key: key, onMatch: onMatch, columns: mapped, constants: constants)
    }

    // MARK: Columns

    private mutating func readColumns(_ json: JSON) {
        guard case .array(let items) = json else { return refuse("columns", "wrong_type", expected: "array") }
        var used: Set<Int> = []
        for (position, item) in items.enumerated() {
            let path = "columns[\(position)]"
            guard case .object(let object) = item else {
                refuse(path, "wrong_type", expected: "object")
                continue
            }
            let known = ["column", "field", "format", "multiplier", "match_by", "aliases", "unmatched"]
            for key in object.keys where !known.contains(key) { refuse("\(path).\(key)", "unknown_field") }
            guard let name = item["column"]?.stringValue,
                let index = columns.firstIndex(where: { $0.name == name })
            else {
                refuse(
                    "\(path).column", "unknown_column", expected: columns.map(\.name).joined(separator: ", "))
                continue
            }
            if !used.insert(index).inserted { refuse("\(path).column", "duplicate_column") }
            if item["field"] ?? .null == .null { continue }
            readColumn(item, index, path)
        }
        if mapped.isEmpty, errors.isEmpty { refuse("columns", "required") }
    }

    private mutating func readColumn(_ item: JSON, _ index: Int, _ path: String) {
        guard let (field, part) = field(item["field"] ?? .null, "\(path).field") else { return }
        let target = part.map { "\(field.key).\($0)" } ?? field.key
        if !targets.insert(target).inserted { refuse("\(path).field", "duplicate_field") }
        let unmatched: ImportMapping.Unmatched = choice(item["unmatched"], "\(path).unmatched") ?? .error
        let match = match(field, item["match_by"] ?? .null, path)
        if unmatched == .create, let match { checkCreation(match, "\(path).unmatched") }
        mapped.append(
            ImportMapping.Column(
                index: index, name: columns[index].name, field: field, part: part,
                format: format(field, part, columns[index], item["format"] ?? .null, "\(path).format"),
                multiplier: multiplier(field, item["multiplier"] ?? .null, "\(path).multiplier"),
                match: match, aliases: aliases(item["aliases"] ?? .null, "\(path).aliases"),
                unmatched: unmatched))
    }

    /// A field that the caller may write, with the part of an address.
    private mutating func field(_ json: JSON, _ path: String) -> (FieldDefinition, part: String?)? {
        guard case .string(let text) = json else {
            refuse(path, "wrong_type", expected: "string")
            return nil
        }
        let pieces = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard let field = entity.field(pieces[0]), !field.isSecret || field.isWritable else {
            let isStandard = EntityDefinition.standardFields.contains { $0.key == text } || text == "id"
            refuse(path, isStandard ? "read_only" : "unknown_field")
            return nil
        }
        guard context.principal.grant.writes(field, of: entity) else {
            refuse(path, "read_only")
            return nil
        }
        guard case .address = field.kind else {
            if pieces.count > 1 { refuse(path, "unknown_field") }
            return pieces.count > 1 ? nil : (field, nil)
        }
        let parts = AddressDecoder.parts.map(\.key) + AddressDecoder.coordinates.map(\.key)
        guard pieces.count == 2, parts.contains(pieces[1]) else {
            refuse(path, "address_part", expected: parts.map { "\(field.key).\($0)" }.joined(separator: ", "))
            return nil
        }
        return (field, pieces[1])
    }

    private mutating func format(
        _ field: FieldDefinition, _ part: String?, _ column: ImportColumn, _ json: JSON, _ path: String
    ) -> String? {
        let isDate = field.kind == .date || field.kind == .instant
        let isNumber = field.kind.isNumeric || part == "latitude" || part == "longitude"
        guard isDate || isNumber else {
            if json != .null { refuse(path, "not_allowed") }
            return nil
        }
        func fits(_ name: String) -> Bool {
            isDate ? DateFormat(name) != nil : NumberFormat(rawValue: name) != nil
        }
        if json == .null {
            let found = column.format.flatMap { fits($0) ? $0 : nil }
            if found != nil, column.isAmbiguous {
                refuse(path, "ambiguous_format", expected: column.alternatives.joined(separator: ", "))
            }
            return found
        }
        guard let name = json.stringValue, fits(name) else {
            let all =
                isDate ? DateFormat.Layout.allCases.map(\.rawValue) : NumberFormat.allCases.map(\.rawValue)
            refuse(path, "unknown_format", expected: all.joined(separator: ", "))
            return nil
        }
        return name
    }

    /// Amounts and counts may stand in thousands or millions.
    private mutating func multiplier(_ field: FieldDefinition, _ json: JSON, _ path: String) -> Int64? {
        guard field.kind.isNumeric, field.kind != .percent else {
            if json != .null { refuse(path, "not_allowed") }
            return nil
        }
        guard json != .null else { return 1 }
        if let multiplier = json.integerValue, ImportMapping.multipliers[multiplier] != nil {
            return multiplier
        }
        let all = ImportMapping.multipliers.keys.sorted().map { "\($0)" }
        refuse(path, "not_a_choice", expected: all.joined(separator: ", "))
        return nil
    }

    private mutating func match(_ field: FieldDefinition, _ json: JSON, _ path: String) -> ReferenceMatch? {
        guard let target = field.target.flatMap({ context.runtime.registry.entity($0) }) else {
            if json != .null { refuse("\(path).match_by", "not_allowed") }
            return nil
        }
        let choices = ReferenceMatch.choices(target).map(\.key) + ["id"]
        if json != .null, !choices.contains(json.stringValue ?? "") {
            refuse("\(path).match_by", "not_matchable", expected: choices.joined(separator: ", "))
            return nil
        }
        return ReferenceMatch(field, of: entity, target: target, by: json.stringValue)
    }

    /// Records for unmatched values are made by their label, as far as the caller may.
    private mutating func checkCreation(_ match: ReferenceMatch, _ path: String) {
        let grant = context.principal.grant
        guard let label = ReferenceMatch.labelField(match.target), grant.writes(label, of: match.target),
            match.target.operations.contains(.create), grant.holds(match.target.writePermission)
        else { return refuse(path, "not_creatable") }
    }

    private mutating func aliases(_ json: JSON, _ path: String) -> [String: String?] {
        guard json != .null else { return [:] }
        guard case .object(let object) = json else {
            refuse(path, "wrong_type", expected: "object")
            return [:]
        }
        var aliases: [String: String?] = [:]
        for (text, meaning) in object.entries {
            switch meaning {
            case .string(let value): aliases[text.trimmed] = .some(value)
            case .null: aliases[text.trimmed] = .some(nil)
            default: refuse("\(path).\(text)", "wrong_type", expected: "string")
            }
        }
        return aliases
    }

    // MARK: The rest

    private mutating func readConstants(_ json: JSON) -> [String: Value] {
        guard json != .null else { return [:] }
        guard case .object(let object) = json else {
            refuse("constants", "wrong_type", expected: "object")
            return [:]
        }
        var constants: [String: Value] = [:]
        for (key, sent) in object.entries {
            let path = "constants.\(key)"
            guard let field = entity.field(key) else {
                refuse(path, "unknown_field")
                continue
            }
            guard context.principal.grant.writes(field, of: entity) else {
                refuse(path, "read_only")
                continue
            }
            if targets.contains(key) { refuse(path, "duplicate_field") }
            do { constants[key] = try FieldDecoder(field, path: path).decode(sent) } catch {
                errors.append(error.error)
            }
        }
        return constants
    }

    private mutating func readKey(_ json: JSON, _ onMatch: ImportMapping.OnMatch) -> FieldDefinition? {
        guard json != .null else {
            if onMatch != .create { refuse("key", "required") }
            return nil
        }
        let usable = mapped.map(\.field).filter { $0.isMatchable && $0.kind.isText && $0.computed == nil }
        guard let key = usable.first(where: { $0.key == json.stringValue }) else {
            refuse("key", "not_a_key", expected: usable.map(\.key).joined(separator: ", "))
            return nil
        }
        return key
    }

    private mutating func choice<Case: RawRepresentable & CaseIterable>(_ json: JSON?, _ path: String)
        -> Case?
    where Case.RawValue == String {
        guard let json, json != .null else { return nil }
        if let choice = json.stringValue.flatMap({ Case(rawValue: $0) }) { return choice }
        refuse(path, "not_a_choice", expected: Case.allCases.map(\.rawValue).joined(separator: ", "))
        return nil
    }

    private mutating func refuse(_ path: String, _ code: String, expected: String? = nil) {
        let parameters = expected.map { ["expected": $0] } ?? [:]
        errors.append(FieldError(field: path, code: code, parameters: parameters, expected: expected))
    }
}
