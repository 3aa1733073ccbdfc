internal import Postgres
internal import Wire

/// Columns by the names in `fields`.
extension ExportColumns {
    /// One for each name, in that order. Separated text has the currency right after an amount, which says
    /// nothing without; spreadsheets and lists write it with the amount.
    func asked(_ names: [String]) throws(Problem) -> [ExportColumn] {
        var columns: [ExportColumn] = []
        for name in names {
            columns += try self.columns(named: name)
            let currency = "\(name)_currency"
            guard format == .csv, entity.field(name)?.kind == .money, !names.contains(currency),
                let field = entity.field(currency), context.principal.grant.sees(field, of: entity)
            else { continue }
            columns += own(field)
        }
        return columns
    }

    private func columns(named name: String) throws(Problem) -> [ExportColumn] {
        switch name {
        case "id": return [id]
        case "tags": return [tags]
        case "type": return [ExportColumn(name, title(name), .text, "\(entity.name)::text")]
        case "custom": return [ExportColumn(name, title(name), .text, "t.custom::text")]
        default: break
        }
        let parser = FilterParser(entity: entity, grant: context.principal.grant)
        guard let field = entity.reference(namedIn: name), let target = field.target else {
            return own(try parser.readable(name, parameter: "fields"))
        }
        _ = try parser.readable(field.key, parameter: "fields")
        return [self.name(field, target) ?? ExportColumn(name, title(field.key), .text, "null::text")]
    }
}

extension EntityDefinition {
    /// The column of what a reference's record is called: `account` beside `account_id`, `created_by_label`
    /// beside `created_by`.
    func nameColumn(of field: FieldDefinition) -> String {
        field.includeName.flatMap { queryField($0) == nil ? $0 : nil } ?? "\(field.key)_label"
    }

    /// The reference whose record's name stands in this column.
    func reference(namedIn column: String) -> FieldDefinition? {
        guard queryField(column) == nil else { return nil }
        return references.first { nameColumn(of: $0) == column }
    }

    /// The declared references that may be told, and the standard ones.
    var references: [FieldDefinition] {
        (fields.filter { !$0.isSecret } + Self.standardFields).filter { $0.target != nil }
    }
}
