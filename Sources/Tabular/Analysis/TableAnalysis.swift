/// What was found out about a file by reading all of it, in bounded memory.
public struct TableAnalysis: Sendable {
    /// A row that can't be taken as it is.
    public struct Finding: Sendable, Hashable {
        /// The row's first physical line.
        public let line: Int
        /// What is wrong with it.
        public let problem: RowProblem
    }

    /// How it was read.
    public let format: DelimitedFormat
    /// Rows, without the header.
    public let rows: Int
    /// One for each of the format's columns.
    public let columns: [ColumnAnalysis]
    /// The first rows with a problem.
    public let findings: [Finding]
    /// How many rows have a problem that is no mere warning.
    public let faultyRows: Int

    /// How many findings are listed.
    public static let findingLimit = 100

    /// Reads the file at `path` from its beginning to its end.
    ///
    /// - Parameters:
    ///   - format: how to read it; detected when nil.
    ///   - continues: asked now and then; reading ends early, with what was seen, when it says no.
    public static func of(
        path: String, format: DelimitedFormat? = nil, while continues: () -> Bool = { true }
    ) throws(TableFileError) -> TableAnalysis {
        let format = if let format { format } else { try DelimitedFormat.detect(path: path) }
        let reader = try RecordReader(path: path, format: format)
        var profiles = format.columns.map { ColumnProfile(column: $0) }
        var findings: [Finding] = []
        var (rows, faultyRows) = (0, 0)
        while let row = try reader.next() {
            rows += 1
            if let problem = row.problem {
                if !problem.isWarning { faultyRows += 1 }
                if findings.count < findingLimit {
                    findings.append(Finding(line: row.line, problem: problem))
                }
            }
            add(row, to: &profiles)
            if rows % 1024 == 0, !continues() { break }
        }
        return TableAnalysis(
            format: format, rows: rows, columns: profiles.map { $0.analysis() }, findings: findings,
            faultyRows: faultyRows)
    }

    private static func add(_ row: Row, to profiles: inout [ColumnProfile]) {
        for index in profiles.indices {
            if index < row.fields.count {
                profiles[index].add(row.fields[index])
            } else {
                profiles[index].addMissing()
            }
        }
    }
}
