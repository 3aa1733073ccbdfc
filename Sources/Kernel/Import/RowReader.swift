internal import Tabular
internal import Wire

/// Turns a file's rows into contents of fields: all that can be said of a row without the database.
struct RowReader: Sendable {
    private let cells: [(position: Int, reader: CellReader)]
    private let amounts: [(position: Int, reader: CellReader)]
    private let constants: [String: Value]
    private let currency: String

    /// `isOnly` leaves out the columns that it refuses.
    init(
        _ mapping: ImportMapping, entity: EntityDefinition, context: Context,
        isOnly: (ImportMapping.Column) -> Bool = { _ in true }
    ) {
        let messages = context.runtime.registry.messages
        let readers = mapping.columns.enumerated().filter { isOnly($0.element) }.map { position, column in
            (position: position, reader: CellReader(column, entity: entity, messages: messages))
        }
        cells = readers.filter { !$0.reader.isMoney }
        amounts = readers.filter { $0.reader.isMoney }
        constants = mapping.constants
        currency = context.principal.preferences.currency
    }

    /// The row's contents with everything that is wrong with them.
    func read(_ row: Row) -> ImportRow {
        var read = ImportRow(row)
        if let problem = row.problem, !problem.isWarning {
            read.errors.append(Self.error(of: problem))
            return read
        }
        read.assigned = constants
        for cell in cells { take(cell, digits: 2, into: &read) }
        for amount in amounts {
            let code = read.assigned["\(amount.reader.column.field.key)_currency"]?.textValue ?? currency
            take(amount, digits: CurrencyCodes.digits(of: code), into: &read)
        }
        return read
    }

    private func take(_ cell: (position: Int, reader: CellReader), digits: Int, into row: inout ImportRow) {
        let column = cell.reader.column
        guard column.index < row.fields.count else { return }
        let text = row.fields[column.index]
        do {
            switch try cell.reader.read(text, digits: digits) {
            case .empty: return
            case .value(let value): assign(value, column, &row)
            case .local(let time): row.locals.append(ImportRow.Local(column: cell.position, time: time))
            case .reference(let text):
                row.references.append(ImportRow.Reference(column: cell.position, text: text))
            }
        } catch {
            row.errors.append(
                ImportError(column: column.name, value: text, code: error.code, parameters: error.parameters))
        }
    }

    /// The parts of an address come together in one object.
    private func assign(_ value: Value, _ column: ImportMapping.Column, _ row: inout ImportRow) {
        guard let part = column.part else {
            row.assigned[column.field.key] = value
            return
        }
        var address = JSONObject()
        if case .json(.object(let known))? = row.assigned[column.field.key] { address = known }
        address[part] = value.json
        row.assigned[column.field.key] = .json(.object(address))
    }

    private static func error(of problem: RowProblem) -> ImportError {
        var error = ImportError(code: problem.code)
        switch problem {
        case .width(let found, let expected):
            error.parameters = ["found": "\(found)", "expected": "\(expected)"]
        case .unclosedQuote(let line): error.parameters = ["line": "\(line)"]
        case .fieldTooLong(_, let limit), .rowTooLong(let limit): error.parameters = ["maximum": "\(limit)"]
        default: break
        }
        return error
    }
}
