/// Writes delimited text by RFC 4180, in UTF-8.
///
/// Text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return) gets an apostrophe before it (OWASP, CSV injection); numbers are left alone. A class, as the
/// protocol asks.
public final class CSVWriter: TableWriter {
    private let output: TableOutput
    private let separator: UInt8
    private let hasMark: Bool
    private let style: CellStyle

    /// - Parameters:
    ///   - hasMark: whether a byte order mark comes first, which spreadsheets need to see UTF-8.
    ///   - style: how values are written; a number whose decimal mark is the separator is quoted.
    public init(
        to output: TableOutput, separator: DelimitedFormat.Separator = .comma, hasMark: Bool = true,
        style: CellStyle = CellStyle()
    ) {
        self.output = output
        self.separator = separator.byte
        self.hasMark = hasMark
        self.style = style
    }

    /// Writes the mark and the titles.
    public func begin(columns: [TableColumn]) throws(TableFileError) {
        try output.write { bytes in
            if hasMark { bytes.append(contentsOf: TextEncoding.utf8.byteOrderMark) }
            for (index, column) in columns.enumerated() {
                if index > 0 { bytes.append(separator) }
                appendText(column.title, to: &bytes)
            }
            bytes.append(contentsOf: [0x0D, 0x0A])
        }
    }

    /// Writes one line; nulls and empty texts are empty fields.
    public func row(_ cells: [Cell]) throws(TableFileError) {
        try output.write { bytes in
            for (index, cell) in cells.enumerated() {
                if index > 0 { bytes.append(separator) }
                append(cell, to: &bytes)
            }
            // A lone empty field would read as a blank line.
            if cells == [.null] || cells == [.text("")] { bytes.append(contentsOf: [0x22, 0x22]) }
            bytes.append(contentsOf: [0x0D, 0x0A])
        }
    }

    /// Sends on what is held back.
    public func finish() throws(TableFileError) {
        try output.flush()
    }

    private func append(_ cell: Cell, to bytes: inout [UInt8]) {
        switch cell {
        case .null: return
        case .text(let text): appendText(text, to: &bytes)
        case .verbatim, .integer, .decimal, .boolean, .date, .instant, .money:
            var text = style.text(of: cell)
            text.withUTF8 { appendField($0, guarded: false, to: &bytes) }
        }
    }

    private func appendText(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            let isFormula = utf8.first.map { [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains($0) } ?? false
            appendField(utf8, guarded: isFormula, to: &bytes)
        }
    }

    private func appendField(_ field: UnsafeBufferPointer<UInt8>, guarded: Bool, to bytes: inout [UInt8]) {
        let needsQuotes =
            field.contains { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
            || field.first == 0x20 || field.last == 0x20
        if needsQuotes { bytes.append(0x22) }
        if guarded { bytes.append(0x27) }
        if needsQuotes {
            for byte in field {
                if byte == 0x22 { bytes.append(0x22) }
                bytes.append(byte)
            }
            bytes.append(0x22)
        } else {
            bytes.append(contentsOf: field)
        }
    }
}
