internal import HTTP
internal import Postgres
internal import Tabular

/// An export as a table.
struct ExportTable: Sendable {
    let query: ExportQuery
    let columns: [ExportColumn]
    let format: ExportFormat

    /// What is selected, column by column.
    var values: [SQL] { columns.flatMap(\.values) }

    /// The titles.
    var heads: [TableColumn] { columns.map { TableColumn(key: $0.key, title: $0.title) } }

    /// The cells of a row.
    func cells(_ rows: Rows, _ row: Int) -> [Cell] {
        var cells: [Cell] = []
        cells.reserveCapacity(columns.count)
        var place = 0
        for column in columns {
            cells.append(column.cell(rows, row, at: place))
            place += column.values.count
        }
        return cells
    }

    /// Comma-separated lines, a portion at a time.
    var lines: Response.Body {
        .stream { [self] (writer: ResponseWriter) in
            let output = TableOutput()
            let csv = CSVWriter(to: output)
            try csv.begin(columns: heads)
            try await query.forEach(values) { rows in
                for row in 0..<rows.count { try csv.row(cells(rows, row)) }
                try await writer.write(output.take())
            }
            try csv.finish()
            let rest = output.take()
            if !rest.isEmpty { try await writer.write(rest) }
        }
    }
}
