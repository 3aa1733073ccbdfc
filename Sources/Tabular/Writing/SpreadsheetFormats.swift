internal import CXlsxWriter

/// The number formats of a workbook, each made once. They belong to the workbook and live as long.
final class SpreadsheetFormats {
    private enum Kind: Hashable {
        case decimal(digits: Int)
        case money(currency: String)
    }

    let heading: UnsafeMutablePointer<lxw_format>?
    /// The short date of the reader's own settings.
    let date: UnsafeMutablePointer<lxw_format>?
    /// The short date and time of the reader's own settings.
    let instant: UnsafeMutablePointer<lxw_format>?
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var numbers: [Kind: UnsafeMutablePointer<lxw_format>] = [:]

    init(workbook: UnsafeMutablePointer<lxw_workbook>) {
        self.workbook = workbook
        heading = workbook_add_format(workbook)
        format_set_bold(heading)
        date = workbook_add_format(workbook)
        format_set_num_format_index(date, 14)
        instant = workbook_add_format(workbook)
        format_set_num_format_index(instant, 22)
    }

    /// The format of a number, or nil for the plain one.
    func number(of cell: Cell) -> UnsafeMutablePointer<lxw_format>? {
        switch cell {
        case .decimal(_, let digits):
            return format(.decimal(digits: digits), code: "0" + Self.decimals(digits))
        case .money(_, let currency):
            let code = currency.filter { $0.isASCII && $0.isLetter }
            let digits = Self.decimals(Currency.digits(of: currency))
            return format(.money(currency: currency), code: "#,##0\(digits) [$\(code)]")
        case .null, .text, .verbatim, .integer, .boolean, .date, .instant: return nil
        }
    }

    private func format(_ kind: Kind, code: String) -> UnsafeMutablePointer<lxw_format>? {
        if let known = numbers[kind] { return known }
        let made = workbook_add_format(workbook)
        format_set_num_format(made, code)
        numbers[kind] = made
        return made
    }

    private static func decimals(_ digits: Int) -> String {
        digits > 0 ? "." + String(repeating: "0", count: digits) : ""
    }
}
