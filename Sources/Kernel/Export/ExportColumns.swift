internal import Postgres
internal import Wire

/// The columns of an entity's table that a caller may see.
struct ExportColumns {
    let request: ListRequest
    let context: Context
    let format: ExportFormat

    private var entity: EntityDefinition { request.entity }

    /// In the order of declaration: the id first, what the kernel keeps last.
    func all() throws(Problem) -> [ExportColumn] {
        var columns: [ExportColumn] = []
        func wants(_ key: String) -> Bool { request.only?.contains(key) ?? true }
        if wants("id") { columns.append(ExportColumn("id", "ID", .text, "t.id")) }
        for field in entity.fields where wants(field.key) && context.principal.grant.sees(field, of: entity) {
            columns += try self.columns(of: field)
        }
        if wants("tags") {
            columns.append(ExportColumn("tags", title("tags"), .text, "array_to_string(t.tags, ', ')"))
        }
        for field in EntityDefinition.standardFields where wants(field.key) && field.key != "deleted_at" {
            columns += try self.columns(of: field)
        }
        return columns
    }

    private func columns(of field: FieldDefinition) throws(Problem) -> [ExportColumn] {
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
        case .reference(let target):
            let id = ExportColumn(field.key, "\(title) (ID)", .text, column)
            guard let label = label(target, column) else { return [id] }
            let name =
                field.includeName.flatMap { entity.queryField($0) == nil ? $0 : nil } ?? "\(field.key)_label"
            return [id, ExportColumn(name, title, .text, label)]
        }
    }

    private func title(_ key: String) -> String {
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
            (select \(unsafeSQL: entity.label) from \(unsafeSQL: entity.table) r
            where \(sql: scope.condition("r")) and r.id = \(sql: column) and r.deleted_at is null)
            """
    }
}
