internal import Postgres
internal import Wire

/// The columns of an entity's table that a caller may see.
struct ExportColumns {
    let request: ListRequest
    let context: Context
    let format: ExportFormat

    var entity: EntityDefinition { request.entity }

    /// Those that `fields` names, else all: in the order of declaration, the id first, what the kernel keeps
    /// last; a reference is its id and what the record is called.
    func chosen() throws(Problem) -> [ExportColumn] {
        if let text = request.extra["fields"] { return try asked(ListRequest.names(text)) }
        var columns = [id]
        for field in entity.fields where context.principal.grant.sees(field, of: entity) {
            columns += self.columns(of: field)
        }
        columns.append(tags)
        for field in EntityDefinition.standardFields where field.key != "deleted_at" {
            columns += self.columns(of: field)
        }
        return columns
    }

    var id: ExportColumn { ExportColumn("id", "ID", .text, "t.id") }

    var tags: ExportColumn { ExportColumn("tags", title("tags"), .text, "array_to_string(t.tags, ', ')") }

    private func columns(of field: FieldDefinition) -> [ExportColumn] {
        guard let target = field.target, let name = name(field, target) else { return own(field) }
        return own(field) + [name]
    }

    /// What a field holds itself: of a reference the id alone.
    func own(_ field: FieldDefinition) -> [ExportColumn] {
        let column: SQL = "\(unsafeSQL: Columns.expression(field, "t"))"
        let title = title(field.key)
        switch field.kind {
        case .text, .longText, .email, .url, .currency: return [ExportColumn(field.key, title, .text, column)]
        case .phone: return [ExportColumn(field.key, title, .verbatim, column)]
        case .integer: return [ExportColumn(field.key, title, .integer, column)]
        case .percent: return [ExportColumn(field.key, title, .percent, column)]
        case .boolean: return [ExportColumn(field.key, title, .boolean, column)]
        case .date: return [ExportColumn(field.key, title, .date, column)]
        case .instant: return [ExportColumn(field.key, title, .instant, instant(column))]
        case .choice(let cases): return [ExportColumn(field.key, title, choice(field, cases), column)]
        case .money: return [ExportColumn(field.key, title, .money, column, currency(of: field))]
        case .timeWindows: return [ExportColumn(field.key, title, .timeWindows, "(\(sql: column))::text")]
        case .json, .ids: return [ExportColumn(field.key, title, .text, "(\(sql: column))::text")]
        case .address:
            let parts = AddressDecoder.parts.map(\.key) + AddressDecoder.coordinates.map(\.key)
            return parts.map { part in
                ExportColumn(
                    "\(field.key).\(part)", "\(title) \(context.text("export.address.\(part)"))", .text,
                    "\(sql: column) ->> \(part)")
            }
        case .reference: return [ExportColumn(field.key, "\(title) (ID)", .text, column)]
        }
    }

    /// What a reference's record is called; nil where the caller may read none of its kind.
    func name(_ field: FieldDefinition, _ target: String) -> ExportColumn? {
        guard let label = label(target, "\(unsafeSQL: Columns.expression(field, "t"))") else { return nil }
        return ExportColumn(entity.nameColumn(of: field), title(field.key), .text, label)
    }

    func title(_ key: String) -> String {
        for candidate in ["field.\(entity.name).\(key)", "field.standard.\(key)"] {
            let text = context.text(candidate)
            if text != candidate { return text }
        }
        return key
    }

    private func choice(_ field: FieldDefinition, _ cases: [String]) -> ExportColumn.Content {
        guard format.isForPeople else { return .text }
        let labels = cases.map { ($0, context.text("choice.\(entity.name).\(field.key).\($0)")) }
        return .choice(Dictionary(labels, uniquingKeysWith: { first, _ in first }))
    }

    /// For machines in UTC; for people the clock of the organization's zone, which the writer takes as it is.
    private func instant(_ column: SQL) -> SQL {
        let zone = format.isForPeople ? context.principal.preferences.timeZone : "UTC"
        return "to_char((\(sql: column)) at time zone \(zone), 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    }

    private func currency(of field: FieldDefinition) -> SQL {
        let standard = context.principal.preferences.currency
        guard let currency = entity.field("\(field.key)_currency"), currency.computed == nil else {
            return "\(standard)::text"
        }
        return "coalesce(\(unsafeSQL: Columns.expression(currency, "t")), \(standard))"
    }

    /// What a referred record is called, within what the caller may read.
    private func label(_ target: String, _ column: SQL) -> SQL? {
        guard let entity = context.runtime.registry.entity(target),
            let scope = context.authorizer.readingIfAny(entity)
        else { return nil }
        return """
            (select \(unsafeSQL: entity.label(for: context.principal.grant)) from \(unsafeSQL: entity.table) r
            where \(sql: scope.condition("r")) and r.id = \(sql: column) and r.deleted_at is null)
            """
    }
}
