internal import Wire

/// Writes one entity of `/meta`, without the fields that the caller may not read.
struct MetaEntity {
    let entity: EntityDefinition
    let registry: Registry
    let principal: Principal
    let language: Language

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", entity.name)
        writer.field("plugin", entity.plugin)
        writer.field("path", entity.path)
        writer.field(
            "label",
            [
                "one": .string(text("entity.\(entity.name).one")),
                "many": .string(text("entity.\(entity.name).many")),
            ])
        writer.field(
            "permissions", ["read": .string(entity.readPermission), "write": .string(entity.writePermission)])
        writer.field("operations", .array(operations))
        writer.field("owner_field", entity.ownerField)
        writer.field("searchable", fields.contains(where: \.isSearchable))
        writer.key("fields")
        writer.beginArray()
        for field in fields {
            write(field, label: "field.\(entity.name).\(field.key)", isStandard: false, to: &writer)
        }
        for field in EntityDefinition.standardFields {
            write(field, label: "field.standard.\(field.key)", isStandard: true, to: &writer)
        }
        writer.endArray()
        writer.field("states", states)
        writer.field("logged_fields", .array(entity.loggedFields.map { .string($0) }))
        writer.field("views", .array(entity.views.map(view)))
        writer.endObject()
    }

    private var fields: [FieldDefinition] { entity.fields.filter { principal.grant.sees($0, of: entity) } }

    private func text(_ key: String) -> String { registry.messages.text(key, in: language) }

    /// Those of the entity that the caller's rights allow.
    private var operations: [JSON] {
        Operation.allCases.filter { operation in
            guard entity.operations.contains(operation) else { return false }
            if operation == .transition, entity.stateMachine == nil { return false }
            return Operation.reading.contains(operation) || principal.grant.holds(entity.writePermission)
        }.map { .string($0.rawValue) }
    }

    // MARK: Fields

    private func write(_ field: FieldDefinition, label: String, isStandard: Bool, to writer: inout JSONWriter)
    {
        writer.beginObject()
        writer.field("key", field.key)
        writer.field("kind", field.kind.name)
        writer.field("label", text(label))
        writer.field("standard", isStandard)
        writer.field("rules", rules(field))
        writer.field("default", field.defaultValue.map(Self.standard))
        writer.field("writable", principal.grant.writes(field, of: entity))
        writer.field(
            "operators", .array(FilterOperator.allowed(for: field.kind).map { .string($0.rawValue) }))
        writer.field("sortable_by_index", field.computed == nil && (field.isIndexed || field.isUnique))
        writer.field("searchable", field.isSearchable)
        if case .choice(let cases) = field.kind { writer.field("choices", choices(cases, of: field)) }
        if let target = field.target { writer.field("reference", reference(target, field)) }
        if !field.importNames.isEmpty {
            writer.field("import_names", .array(field.importNames.map { .string($0) }))
        }
        writer.endObject()
    }

    private func rules(_ field: FieldDefinition) -> JSON {
        var rules = JSONObject()
        rules["required"] = .bool(field.mustBeSent)
        rules["unique"] = .bool(field.isUnique)
        rules["read_only"] = .bool(!field.isWritable)
        rules["immutable"] = .bool(field.isImmutable)
        rules["min"] = .null
        rules["max"] = .null
        switch field.kind {
        case .text(let maximum), .longText(let maximum): rules["max"] = .integer(maximum)
        case .email: rules["max"] = 254
        case .url: rules["max"] = 2000
        case .integer(let bounds):
            rules["min"] = .integer(bounds.lowerBound)
            rules["max"] = .integer(bounds.upperBound)
        case .percent:
            rules["min"] = -1_000_000
            rules["max"] = 1_000_000
        default: break
        }
        return .object(rules)
    }

    /// A fixed default as `value`, one that is found at creation as `from`.
    private static func standard(_ value: DefaultValue) -> JSON {
        switch value {
        case .value(let value): ["value": value.json]
        case .organizationCurrency: ["from": "organization_currency"]
        case .caller: ["from": "caller"]
        case .now: ["from": "now"]
        }
    }

    private func choices(_ cases: [String], of field: FieldDefinition) -> JSON {
        .array(
            cases.map { name in
                [
                    "value": .string(name),
                    "label": .string(text("choice.\(entity.name).\(field.key).\(name)")),
                ]
            })
    }

    /// Where a reference leads; the path only where the caller may go there. One to its own kind has a name for
    /// the other way too.
    private func reference(_ target: String, _ field: FieldDefinition) -> JSON {
        let known = registry.entity(target)
        let isOpen =
            known.map { principal.plugins.contains($0.plugin) && principal.grant.holds($0.readPermission) }
            ?? false
        var reference = JSONObject()
        reference["entity"] = .string(target)
        reference["path"] = isOpen ? known.map { .string($0.path) } ?? .null : .null
        reference["include"] = field.includeName.map { .string($0) } ?? .null
        if target == entity.name {
            reference["inverse"] = .string(text("inverse.\(entity.name).\(field.key)"))
        }
        return .object(reference)
    }

    // MARK: States and views

    private var states: JSON {
        guard let machine = entity.stateMachine, case .choice(let cases)? = entity.field(machine.field)?.kind
        else {
            return .null
        }
        var transitions = JSONObject()
        for name in cases {
            transitions[name] = .array((machine.transitions[name] ?? []).map { .string($0) })
        }
        let reasons = cases.filter { machine.needsReason.contains($0) }
        return [
            "field": .string(machine.field), "transitions": .object(transitions),
            "needs_reason": .array(reasons.map { .string($0) }),
        ]
    }

    private func view(_ view: ViewDefinition) -> JSON {
        let visible = Set(fields.map(\.key))
        return [
            "form": .string(view.form.rawValue),
            "fields": .array(view.fields.filter { visible.contains($0) }.map { .string($0) }),
            "group_by": view.groupBy.map { .string($0) } ?? .null,
            "sort": view.sort.map { .string($0) } ?? .null,
            "title": view.title.map { .string(text($0)) } ?? .null,
        ]
    }
}
