internal import CXlsxWriter
internal import Glibc
internal import Wire

/// Writes an XLSX file with typed cells through libxlsxwriter, one row in memory at a time.
///
/// Instants are local times by `style.local`, else UTC. What a spreadsheet can't hold as a number or date
/// (more than 15 digits, days before 1900) is text. Past 1,048,576 rows another sheet begins. A class, for it
/// owns the workbook.
public final class SpreadsheetWriter: TableWriter {
    private static let rowLimit: UInt32 = 1_048_576
    private static let textLimit = 32_767

    private let path: String
    private let sheetName: String
    private let style: CellStyle
    private var workbook: UnsafeMutablePointer<lxw_workbook>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var formats: SpreadsheetFormats?
    private var columns: [TableColumn] = []
    private var widths: [Int] = []
    private var sheets = 0
    private var nextRow: UInt32 = 0

    /// Writes a file at `path`; rows wait in a temporary file beside it.
    ///
    /// - Parameter sheetName: cut to the 31 characters that a sheet's name may have.
    public init(path: String, sheetName: String, style: CellStyle = CellStyle()) {
        self.path = path
        self.style = style
        self.sheetName = String(
            sheetName.filter { !"[]:*?/\\'".contains($0) && !$0.isNewline }.unicodeScalars.prefix(27))
    }

    deinit {
        if let workbook { lxw_workbook_free(workbook) }
    }

    /// Opens the workbook and its first sheet.
    public func begin(columns: [TableColumn]) throws(TableFileError) {
        // libxlsxwriter would only see at the end that the file can't be made.
        _ = try TableOutput(path: path)
        self.columns = columns
        widths = columns.map(\.title.count)
        let slash = path.lastIndex(of: "/")
        let folder = strdup(slash.map { String(path[..<$0]) } ?? ".")
        defer { free(folder) }
        var options = lxw_workbook_options(constant_memory: 1, tmpdir: folder, use_zip64: 0)
        guard let workbook = workbook_new_opt(path, &options) else { throw .cannotOpen(errno: errno) }
        self.workbook = workbook
        formats = SpreadsheetFormats(workbook: workbook)
        try beginSheet()
    }

    /// Writes one row to the sheet.
    public func row(_ cells: [Cell]) throws(TableFileError) {
        if nextRow == Self.rowLimit { try beginSheet() }
        for (index, cell) in cells.enumerated() {
            try write(cell, row: nextRow, column: UInt16(index))
        }
        nextRow += 1
    }

    /// Sets the widths and puts the file together.
    public func finish() throws(TableFileError) {
        setWidths()
        guard let workbook else { return }
        self.workbook = nil
        let code = workbook_close(workbook)
        guard code == LXW_NO_ERROR else { throw .spreadsheet(code: Int(code.rawValue)) }
    }

    private func beginSheet() throws(TableFileError) {
        setWidths()
        sheets += 1
        let name = sheets == 1 ? sheetName : "\(sheetName) \(sheets)"
        sheet = workbook_add_worksheet(workbook, sheetName.isEmpty ? nil : name)
        guard let sheet else { throw .spreadsheet(code: 0) }
        worksheet_freeze_panes(sheet, 1, 0)
        for (index, column) in columns.enumerated() {
            try check(worksheet_write_string(sheet, 0, UInt16(index), column.title, formats?.heading))
        }
        nextRow = 1
    }

    private func setWidths() {
        guard let sheet else { return }
        for (index, width) in widths.enumerated() {
            let width = Double(min(max(width, 6), 60)) + 2
            worksheet_set_column(sheet, UInt16(index), UInt16(index), width, nil)
        }
    }

    private func write(_ cell: Cell, row: UInt32, column: UInt16) throws(TableFileError) {
        switch cell {
        case .null: return
        case .text(let text), .verbatim(let text): try write(text, row, column)
        case .boolean(let value): try check(worksheet_write_boolean(sheet, row, column, value ? 1 : 0, nil))
        case .integer(let value): try write(DecimalNotation(scaled: value, digits: 0), cell, row, column)
        case .decimal(let scaled, let digits):
            try write(DecimalNotation(scaled: scaled, digits: digits), cell, row, column)
        case .money(let minor, let currency):
            let digits = Currency.digits(of: currency)
            try write(DecimalNotation(scaled: minor, digits: digits), cell, row, column)
        case .date(let date):
            try write(LocalDateTime(date: date), cell, row, column)
        case .instant(let instant):
            try write(style.local?(instant) ?? LocalDateTime(utc: instant), cell, row, column)
        }
    }

    private func write(_ text: String, _ row: UInt32, _ column: UInt16) throws(TableFileError) {
        var text = text
        if text.utf8.count > Self.textLimit { text = String(text.unicodeScalars.prefix(Self.textLimit)) }
        text = Self.storable(text)
        note(width: text.utf8.count, column)
        try check(worksheet_write_string(sheet, row, column, text, nil))
    }

    /// Without the characters that XML 1.0 can't hold even escaped, and those that end a string in C.
    private static func storable(_ text: String) -> String {
        let isStorable =
            text.utf8.allSatisfy { $0 != 0 && $0 != 0xEF } || !text.unicodeScalars.contains(where: isLost)
        return isStorable
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.filter { !isLost($0) }))
    }

    private static func isLost(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\0" || scalar == "\u{FFFE}" || scalar == "\u{FFFF}"
    }

    private func write(
        _ number: DecimalNotation, _ cell: Cell, _ row: UInt32, _ column: UInt16
    ) throws(TableFileError) {
        let (value, isExact) = number.approximation
        guard isExact else { return try write(style.text(of: cell), row, column) }
        note(width: 12, column)
        try check(worksheet_write_number(sheet, row, column, value, formats?.number(of: cell)))
    }

    private func write(
        _ time: LocalDateTime, _ cell: Cell, _ row: UInt32, _ column: UInt16
    ) throws(TableFileError) {
        guard time.date.year >= 1900 else { return try write(style.text(of: cell), row, column) }
        var value = lxw_datetime(
            year: Int32(time.date.year), month: Int32(time.date.month), day: Int32(time.date.day),
            hour: Int32(time.hour), min: Int32(time.minute),
            sec: Double(time.second) + Double(time.millisecond) / 1000)
        if case .date = cell {
            note(width: 10, column)
            try check(worksheet_write_datetime(sheet, row, column, &value, formats?.date))
        } else {
            note(width: 16, column)
            try check(worksheet_write_datetime(sheet, row, column, &value, formats?.instant))
        }
    }

    private func note(width: Int, _ column: UInt16) {
        if Int(column) < widths.count, widths[Int(column)] < width { widths[Int(column)] = width }
    }

    private func check(_ code: lxw_error) throws(TableFileError) {
        guard code == LXW_NO_ERROR else { throw .spreadsheet(code: Int(code.rawValue)) }
    }
}
