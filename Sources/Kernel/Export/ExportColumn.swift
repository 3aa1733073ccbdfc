internal import Postgres
internal import Tabular
internal import Wire

/// One column of an exported table: what is asked of the database, and how its text becomes a cell.
struct ExportColumn: Sendable {
    /// How a column's text is read.
    enum Content: Sendable {
        case text
        /// Text that no spreadsheet takes for a formula.
        case verbatim
        case integer
        /// In hundredths of a percent.
        case percent
        case boolean
        case date
        case instant
        /// Minor units; the currency stands in the next value.
        case money
        /// Hours of a week, in the form that imports read.
        case timeWindows
        /// A code with what it is called.
        case choice([String: String])
    }

    let key: String
    let title: String
    let content: Content
    /// One value; of money also the currency.
    let values: [SQL]

    init(_ key: String, _ title: String, _ content: Content, _ values: SQL...) {
        self.key = key
        self.title = title
        self.content = content
        self.values = values
    }

    /// The cell of a row, whose values begin at `place`.
    func cell(_ rows: Rows, _ row: Int, at place: Int) -> Cell {
        guard let text = rows[row, place] else { return .null }
        switch content {
        case .text: return .text(text)
        case .verbatim: return .verbatim(text)
        case .integer: return rows.integer(row, place).map(Cell.integer) ?? .text(text)
        case .percent: return rows.integer(row, place).map { .decimal(scaled: $0, digits: 2) } ?? .null
        case .boolean: return rows.bool(row, place).map(Cell.boolean) ?? .null
        case .date: return CivilDate(text).map(Cell.date) ?? .null
        case .instant: return rows.instant(row, place).map(Cell.instant) ?? .null
        case .money:
            return rows.integer(row, place).map { .money(minor: $0, currency: rows[row, place + 1] ?? "EUR") }
                ?? .null
        case .timeWindows:
            return .text((try? JSON.parse(text)).map { TimeWindowsDecoder.text(of: $0) } ?? text)
        case .choice(let labels): return .text(labels[text] ?? text)
        }
    }
}
