internal import Glibc
internal import HTTP
internal import Loop
internal import Postgres
internal import Tabular
internal import Wire

/// An export that must be whole before it is sent: written to a file that has lost its name when the first
/// byte goes.
struct ExportFile {
    let table: ExportTable

    private var context: Context { table.query.context }

    /// The finished file.
    func body() async throws(Problem) -> Response.Body {
        let folder = "\(context.runtime.configuration.dataDirectory)/exports"
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Self.full }
        let path = "\(folder)/\(UUIDv7.make())"
        defer { unlink(path) }
        do {
            let writing = try writing(path)
            let pool = context.runtime.blocking
            let table = table
            try await table.query.forEach(table.values) { rows in
                try await pool.run {
                    for row in 0..<rows.count { try writing.writer.row(table.cells(rows, row)) }
                }
            }
            try await pool.run { try writing.writer.finish() }
            return try Response.Body.file(path: path)
        } catch let problem as Problem {
            throw problem
        } catch let error as SQLError {
            throw Problem(error, in: context.runtime)
        } catch {
            throw Self.full
        }
    }

    private static let full = Problem(503, "storage_full", headers: [("Retry-After", "60")])

    /// A writer in the hands of one portion after the other.
    ///
    /// `@unchecked Sendable`: each portion is awaited before the next is handed to the pool.
    private final class Writing: @unchecked Sendable {
        let writer: any TableWriter
        init(_ writer: any TableWriter) { self.writer = writer }
    }

    private func writing(_ path: String) throws -> Writing {
        let name = context.text("entity.\(table.query.request.entity.name).many")
        let style = CellStyle(
            numbers: context.request.language == .italian ? .commaGroupedByPoints : .pointGroupedByCommas,
            dates: context.request.language == .italian ? .dayMonthYearSlashes : .yearMonthDay,
            yes: context.text("export.yes"), no: context.text("export.no"), showsCurrency: true,
            local: { LocalDateTime(clock: $0) })
        let writer: any TableWriter
        if table.format == .pdf {
            let note = context.text(
                "export.note",
                ["date": String(context.now.description.prefix(10)), "name": context.principal.name])
            writer = ListWriter(to: try TableOutput(path: path), title: name, note: note, style: style)
        } else {
            writer = SpreadsheetWriter(path: path, sheetName: name, style: style)
        }
        try writer.begin(columns: table.heads)
        return Writing(writer)
    }
}

extension LocalDateTime {
    /// The clock's own numbers, that the database made of the zone's time.
    fileprivate init(clock instant: Instant) {
        let day: Int64 = 86_400_000
        let days =
            instant.milliseconds >= 0 ? instant.milliseconds / day : (instant.milliseconds - day + 1) / day
        let rest = Int(instant.milliseconds - days * day)
        self.init(
            date: CivilDate(daysSinceEpoch: Int(days)), hour: rest / 3_600_000, minute: rest / 60_000 % 60,
            second: rest / 1000 % 60, millisecond: rest % 1000)
    }
}
