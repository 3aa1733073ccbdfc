internal import Wire

/// The query parameters of an entity's lists, and what each accepts.
struct ListParameters {
    let entity: EntityDefinition
    let text: @Sendable (String) -> String

    /// What every list and aggregate understands.
    var list: [Parameter] { filters + search + order + place + shape }

    /// What an export understands as a list does: it has all pages, and columns of its own.
    var exported: [Parameter] { filters + search + order + [deleted] }

    /// One parameter for each field and operator, `amount[gte]`.
    var filters: [Parameter] {
        queryFields.flatMap { field in
            FilterOperator.allowed(for: field.kind).map { filter(field, $0) }
        }
    }

    /// Parameters of one record.
    var single: [Parameter] { shape + [deleted] }

    /// Parameters of an aggregate beside the list's.
    var aggregate: [Parameter] {
        let groups = queryFields.filter { !Self.isUngrouped($0) }.map { field -> String in
            let isTime = field.kind == .instant || field.kind == .date
            return isTime ? "\(field.key)(:(\(Aggregate.units.joined(separator: "|"))))?" : field.key
        }.joined(separator: "|")
        return [
            Parameter(
                name: "group_by", schema: Self.pattern("^((\(groups))(,(\(groups)))?)?$"),
                description: "openapi.parameter.group_by"),
            Parameter(
                name: "measures", schema: Self.pattern("^(\(measures))(,(\(measures))){0,9}$"),
                description: "openapi.parameter.measures"),
        ]
    }

    /// Parameters of a list's marks beside the list's.
    var marks: [Parameter] {
        let schema: JSON = [
            "type": "integer", "minimum": 1, "maximum": .integer(ListMarks.largestDistance),
            "default": .integer(ListMarks.standardDistance),
        ]
        return [Parameter(name: "every", schema: schema, description: "openapi.parameter.every")]
    }

    /// Parameters of an export alone.
    var export: [Parameter] {
        let formats: JSON = ["type": "string", "enum": ["csv", "json", "xlsx", "pdf"], "default": "csv"]
        return [
            Parameter(name: "format", schema: formats, description: "openapi.parameter.format"),
            Parameter(
                name: "fields",
                schema: Self.names(members + entity.references.map { .string(entity.nameColumn(of: $0)) }),
                description: "openapi.parameter.export_fields", isArray: true),
        ]
    }

    /// Parameters of a record's history.
    static var history: [Parameter] { [limit, cursor] }

    private var queryFields: [FieldDefinition] {
        let declared = entity.fields.filter { !$0.isSecret }
        return [FieldDefinition("id", .reference(entity.name))] + declared + EntityDefinition.standardFields
    }

    private static func isUngrouped(_ field: FieldDefinition) -> Bool {
        switch field.kind {
        case .address, .timeWindows, .json, .ids: true
        default: false
        }
    }

    private var measures: String {
        var names = ["count"]
        for field in queryFields {
            if field.kind.isNumeric { names += ["sum", "avg", "min", "max"].map { "\($0):\(field.key)" } }
            if field.kind == .date || field.kind == .instant {
                names += ["min", "max"].map { "\($0):\(field.key)" }
            }
        }
        return names.joined(separator: "|")
    }

    private func filter(_ field: FieldDefinition, _ comparison: FilterOperator) -> Parameter {
        let name = comparison == .eq ? field.key : "\(field.key)[\(comparison.rawValue)]"
        let operand = Self.operand(field)
        let description = "openapi.operator.\(comparison.rawValue)"
        switch comparison {
        case .eq, .ne, .lt, .lte, .gt, .gte, .inTeam:
            return Parameter(name: name, schema: operand, description: description)
        case .contains, .startsWith:
            return Parameter(name: name, schema: Self.words, description: description)
        case .null: return Parameter(name: name, schema: ["type": "boolean"], description: description)
        case .within: return Parameter(name: name, schema: Self.period, description: description)
        case .oneOf, .noneOf:
            let list: JSON = ["type": "array", "items": operand, "minItems": 1, "maxItems": 200]
            return Parameter(name: name, schema: list, description: description, isArray: true)
        }
    }

    private static func operand(_ field: FieldDefinition) -> JSON {
        if field.kind.isText { return words }
        if field.kind == .instant {
            return [
                "anyOf": [["type": "string", "format": "date-time"], ["type": "string", "format": "date"]]
            ]
        }
        return FieldSchema(field: FieldDefinition(field.key, field.kind)).parameter
    }

    private static let words: JSON = ["type": "string", "minLength": 1, "maxLength": 500]

    private static let period = pattern(
        "^(today|yesterday|tomorrow|(this|last|next)_(day|week|month|quarter|year)"
            + "|((last|next)_)?[1-9][0-9]{0,4}[mhdw])$"
    )

    private var search: [Parameter] {
        [
            Parameter(
                name: "q", schema: ["type": "string", "maxLength": 200], description: "openapi.parameter.q"),
            Parameter(
                name: "filter", schema: ["$ref": "#/components/schemas/Filter"],
                description: "openapi.parameter.filter", isJSON: true),
        ]
    }

    private var order: [Parameter] {
        let names = queryFields.map(\.key).joined(separator: "|")
        return [
            Parameter(
                name: "sort", schema: Self.pattern("^-?(\(names))(,-?(\(names))){0,2}$"),
                description: "openapi.parameter.sort"),
            Parameter(
                name: "order", schema: ["type": "string", "enum": ["asc", "desc"]],
                description: "openapi.parameter.order"),
        ]
    }

    private var place: [Parameter] {
        [
            Self.limit, Self.cursor,
            Parameter(
                name: "page",
                schema: ["type": "integer", "minimum": 1, "maximum": .integer(ListRequest.deepestPage)],
                description: "openapi.parameter.page"),
            Parameter(
                name: "count", schema: ["type": "string", "enum": ["exact", "estimate"]],
                description: "openapi.parameter.count"),
            deleted,
        ]
    }

    private var deleted: Parameter {
        Parameter(
            name: "deleted", schema: ["type": "boolean", "default": false],
            description: "openapi.parameter.deleted")
    }

    /// The members of a record that `fields` can name.
    private var members: [JSON] {
        (["id", "type", "custom", "tags"] + queryFields.dropFirst().map(\.key)).map { .string($0) }
    }

    private var shape: [Parameter] {
        let included: [JSON] = entity.fields.compactMap(\.includeName).map { .string($0) }
        var parameters = [
            Parameter(
                name: "fields", schema: Self.names(members), description: "openapi.parameter.fields",
                isArray: true)
        ]
        if !included.isEmpty {
            parameters.append(
                Parameter(
                    name: "include", schema: Self.names(included), description: "openapi.parameter.include",
                    isArray: true))
        }
        return parameters
    }

    private static var limit: Parameter {
        let schema: JSON = [
            "type": "integer", "minimum": 1, "maximum": .integer(ListRequest.largestLimit),
            "default": .integer(ListRequest.standardLimit),
        ]
        return Parameter(name: "limit", schema: schema, description: "openapi.parameter.limit")
    }

    private static var cursor: Parameter {
        Parameter(name: "cursor", schema: ["type": "string"], description: "openapi.parameter.cursor")
    }

    private static func names(_ names: [JSON]) -> JSON {
        ["type": "array", "items": ["type": "string", "enum": .array(names)], "minItems": 1]
    }

    private static func pattern(_ pattern: String) -> JSON {
        ["type": "string", "pattern": .string(pattern)]
    }
}
