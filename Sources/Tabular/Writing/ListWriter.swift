internal import CPango

/// Prints a table as a PDF list on A4 landscape through Pango and Cairo, page by page.
///
/// The heading stands on every page; columns are as wide as the first rows ask for; longer text ends in an
/// ellipsis; numbers stand to the right. A class, for it owns the drawing.
public final class ListWriter: TableWriter {
    private static let sampleRows = 200
    /// What is longer can't be seen anyway.
    private static let textLimit = 300

    private let output: TableOutput
    private let title: String
    private let note: String
    private let style: CellStyle
    private var canvas: ListCanvas?
    private var columns: [TableColumn] = []
    private var widths: [Double] = []
    private var rightward: [Bool] = []
    private var waiting: [[Cell]] = []
    private var isLaidOut = false
    private var page = 0
    private var y = 0.0

    /// - Parameters:
    ///   - title: at the head of the first page and in the file's properties.
    ///   - note: the line below it: when it was made, by whom, of what; in the reader's language.
    ///   - style: how values are written for people.
    public init(to output: TableOutput, title: String, note: String, style: CellStyle = CellStyle()) {
        self.output = output
        self.title = title
        self.note = note
        self.style = style
    }

    /// Ending the drawing writes to the output, which must not go first.
    deinit { canvas = nil }

    /// Opens the drawing.
    public func begin(columns: [TableColumn]) throws(TableFileError) {
        self.columns = columns
        // The output outlives the surface: `finish` and `deinit` let go of the canvas first.
        let target = Unmanaged.passUnretained(output).toOpaque()
        let surface = cairo_pdf_surface_create_for_stream(
            { target, data, count in
                guard let target, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let output = Unmanaged<TableOutput>.fromOpaque(target).takeUnretainedValue()
                let bytes = UnsafeBufferPointer(start: data, count: Int(count))
                let isWritten = (try? output.write { $0.append(contentsOf: bytes) }) != nil
                return isWritten ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR
            }, target, ListPage.width, ListPage.height)
        guard let surface, let canvas = ListCanvas(surface: surface) else { throw .drawing(code: 1) }
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        self.canvas = canvas
    }

    /// Draws one line, once the first rows have settled the widths.
    public func row(_ cells: [Cell]) throws(TableFileError) {
        guard !isLaidOut else { return draw(cells) }
        waiting.append(cells)
        if waiting.count == Self.sampleRows { layOut() }
    }

    /// Ends the last page and the file.
    public func finish() throws(TableFileError) {
        if !isLaidOut { layOut() }
        endPage()
        try canvas?.finish()
        canvas = nil
        try output.flush()
    }

    /// Decides the columns' widths by the rows that wait, then draws these.
    private func layOut() {
        guard let canvas else { return }
        isLaidOut = true
        rightward = columns.indices.map { column in
            let values = waiting.compactMap { column < $0.count && $0[column] != .null ? $0[column] : nil }
            return !values.isEmpty && values.allSatisfy(\.isNumeric)
        }
        let needs = columns.enumerated().map { index, column in
            var need = canvas.width(of: text(column.title), .heading)
            for row in waiting where index < row.count && need < ListPage.widestColumn {
                need = max(need, canvas.width(of: text(style.text(of: row[index])), .body))
            }
            return min(max(need, ListPage.narrowestColumn), ListPage.widestColumn) + 2 * ListPage.padding
        }
        widths = ListWidths.share(needs, width: ListPage.inner)
        beginPage()
        for cells in waiting { draw(cells) }
        waiting = []
    }

    private func beginPage() {
        guard let canvas else { return }
        page += 1
        y = ListPage.margin
        if page == 1 {
            canvas.draw(title, .title, x: ListPage.margin, y: y, width: ListPage.inner)
            canvas.draw(note, .small, x: ListPage.margin, y: y + 18, width: ListPage.inner)
            y += ListPage.titleHeight
        }
        canvas.fill(x: ListPage.margin, y: y, width: ListPage.inner, height: ListPage.rowHeight, gray: 0.92)
        drawLine(columns.map { text($0.title) }, .heading)
    }

    private func endPage() {
        let foot = ListPage.height - ListPage.margin - ListPage.footHeight + 6
        canvas?.draw(
            String(page), .small, x: ListPage.margin, y: foot, width: ListPage.inner, toRight: true)
        canvas?.endPage()
    }

    private func draw(_ cells: [Cell]) {
        if y + ListPage.rowHeight > ListPage.height - ListPage.margin - ListPage.footHeight {
            endPage()
            beginPage()
        }
        drawLine(cells.map { text(style.text(of: $0)) }, .body)
        canvas?.fill(x: ListPage.margin, y: y, width: ListPage.inner, height: 0.3, gray: 0.8)
    }

    private func drawLine(_ texts: [String], _ font: ListCanvas.Font) {
        var x = ListPage.margin
        for (index, text) in texts.enumerated() where index < widths.count {
            let width = widths[index] - 2 * ListPage.padding
            canvas?.draw(
                text, font, x: x + ListPage.padding, y: y + 2, width: width, toRight: rightward[index])
            x += widths[index]
        }
        y += ListPage.rowHeight
    }

    /// One line without control characters, for each would be drawn as a box.
    private func text(_ value: String) -> String {
        guard value.utf8.count > Self.textLimit || value.utf8.contains(where: { $0 < 0x20 }) else {
            return value
        }
        var scalars = String.UnicodeScalarView()
        for scalar in value.unicodeScalars.prefix(Self.textLimit) {
            scalars.append(scalar.value < 0x20 ? " " : scalar)
        }
        return String(scalars)
    }
}
