internal import Loop
internal import Tabular

/// An imported file, read in chunks on the threads for blocking work.
///
/// `@unchecked Sendable`: one task asks for one chunk after the other; the pool's hand-over orders the calls.
final class ImportFile: @unchecked Sendable {
    /// Rows with the place behind them.
    struct Chunk: Sendable {
        let rows: [ImportRow]
        let end: RecordPosition
    }

    /// Rows of one chunk.
    static let chunkLength = 1000

    private let path: String
    private let format: DelimitedFormat
    private let reader: RowReader
    private let keyColumn: Int?
    private let pool: BlockingPool
    private var records: Tabular.RecordReader?
    private var held: ImportRow?
    private var position: RecordPosition

    /// Begins at a position; a chunk ends before a row whose key stands in it already.
    init(
        path: String, format: DelimitedFormat, from position: RecordPosition, reader: RowReader,
        keyColumn: Int?,
        pool: BlockingPool
    ) {
        self.path = path
        self.format = format
        self.reader = reader
        self.keyColumn = keyColumn
        self.pool = pool
        self.position = position
    }

    /// The next rows, none at the end.
    func next() async throws(Problem) -> Chunk {
        do { return try await pool.run { [self] in try chunk() } } catch is BlockingPool.Full {
            throw Problem.unavailable
        } catch {
            throw Problem(422, "file_unreadable")
        }
    }

    private func chunk() throws -> Chunk {
        let records = try self.records ?? Tabular.RecordReader(path: path, format: format, from: position)
        self.records = records
        var rows: [ImportRow] = []
        rows.reserveCapacity(Self.chunkLength)
        var keys: Set<String> = []
        while rows.count < Self.chunkLength {
            guard let row = try held ?? records.next().map({ reader.read($0) }) else { break }
            held = nil
            if let keyColumn, keyColumn < row.fields.count, !row.fields[keyColumn].isEmpty,
                !keys.insert(row.fields[keyColumn].trimmed.lowercased()).inserted
            {
                held = row
                return Chunk(rows: rows, end: row.position)
            }
            rows.append(row)
        }
        return Chunk(rows: rows, end: records.position)
    }
}
