internal import HTTP
internal import Loop
internal import Postgres
internal import Tabular
internal import Wire

/// The rows that could not be taken, as they stood in the file, with a column that says why.
struct ImportErrorFile {
    let stored: StoredImport
    let context: Context

    private struct Line: Sendable {
        let offset: Int64
        let line: Int
        let reason: String
    }

    /// The file, made as it is sent.
    func answer() throws(Problem) -> Answer {
        let file = self
        return Answer(
            media: "text/csv; charset=utf-8",
            body: .stream { (writer: ResponseWriter) in try await file.write(to: writer) }
        ).with("Content-Disposition", "attachment; filename=\"errors-\(stored.id).csv\"")
    }

    private func write(to writer: ResponseWriter) async throws {
        try await writer.write(head())
        var after: Int64 = -1
        while true {
            let lines = try await lines(after: after)
            guard let last = lines.last else { break }
            let bytes = try await context.runtime.blocking.run { [self] in try body(lines) }
            try await writer.write(bytes)
            after = Int64(last.line)
        }
    }

    /// The mark that spreadsheets need, and the titles in the file's own way.
    private func head() -> [UInt8] {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        let separator = stored.format.separator.rawValue
        let titles = stored.format.columns + [context.text("import.reason")]
        bytes += Array(titles.map { Self.quoted($0, separator) }.joined(separator: separator).utf8)
        return bytes + [0x0D, 0x0A]
    }

    /// The reasons of up to 500 rows, joined per row.
    private func lines(after: Int64) async throws(Problem) -> [Line] {
        let rows = try await context.read(
            """
            select e.line, e.start_offset, e.column_name, e.code, e.parameters
            from kernel.import_errors e
            where e.organization_id = \(try context.organization())::uuid and e.import_id = \(stored.id)::uuid
            and e.line > \(after)::bigint and e.line <= coalesce((
                select b.line
                from kernel.import_errors b
                where b.organization_id = \(try context.organization())::uuid
                and b.import_id = \(stored.id)::uuid
                and b.line > \(after)::bigint and b.place = 0
                order by b.line
                offset 499 limit 1), 9223372036854775807)
            order by e.line, e.place
            """)
        var lines: [Line] = []
        for row in 0..<rows.count {
            guard let line = rows.integer(row, 0), let offset = rows.integer(row, 1) else { continue }
            let message = ImportView.message(rows[row, 3] ?? "", rows.json(row, 4), context)
            let reason = rows[row, 2].map { "\($0): \(message)" } ?? message
            if let last = lines.last, last.line == Int(line) {
                lines[lines.count - 1] = Line(
                    offset: offset, line: last.line, reason: "\(last.reason); \(reason)")
            } else {
                lines.append(Line(offset: offset, line: Int(line), reason: reason))
            }
        }
        return lines
    }

    /// Each row's own text with the reason behind it.
    private func body(_ lines: [Line]) throws -> [UInt8] {
        let separator = stored.format.separator.rawValue
        var bytes: [UInt8] = []
        for line in lines {
            let position = RecordPosition(byteOffset: line.offset, line: line.line)
            // At offset 0 a reader would pass over a header; a row stands there only in a file without one.
            let reader = try Tabular.RecordReader(path: stored.path, format: stored.format, from: position)
            guard let row = try reader.next() else { continue }
            bytes += Array(try reader.originalText(of: row).utf8)
            bytes += Array((separator + Self.quoted(line.reason, separator)).utf8)
            bytes += [0x0D, 0x0A]
        }
        return bytes
    }

    private static func quoted(_ text: String, _ separator: String) -> String {
        guard text.contains("\"") || text.contains(separator) || text.contains("\n") || text.contains("\r")
        else {
            return text
        }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
