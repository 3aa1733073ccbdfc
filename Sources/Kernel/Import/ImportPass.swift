internal import Postgres
internal import Tabular
internal import Wire

/// Goes through a file chunk by chunk, to see what would become of its rows or to write them.
///
/// Each chunk is one transaction that also moves the import on: a run that was cut off goes on behind the
/// last one.
struct ImportPass {
    enum Mode: Sendable { case check, run }

    /// As the importing member, marked as an import; its request id is the import's.
    let context: Context
    let stored: StoredImport
    let entity: EntityDefinition
    let mapping: ImportMapping
    let mode: Mode
    var counts: ImportCounts
    var done: Int64
    var position: RecordPosition
    var times = LocalTimes()
    var references: ReferenceSearch
    var keys: KeySearch
    var unmatched = UnmatchedValues()
    /// Names in the same file; nil where no column refers to them.
    var names: FileKeys?
    /// Unique texts of earlier rows, by field: a check writes none that the database could tell of.
    var seen: [String: FileKeys] = [:]

    /// Where to begin and what has been counted so far stand in the import.
    init(_ stored: StoredImport, mode: Mode, mapping: ImportMapping, context: Context) {
        self.context = context
        self.stored = stored
        self.mode = mode
        self.mapping = mapping
        entity = stored.entity
        counts = stored.counts
        done = stored.done
        position = stored.position
        references = ReferenceSearch(mapping, entity: stored.entity)
        keys = KeySearch(mapping, entity: stored.entity)
    }

    /// Goes to the end of the file.
    mutating func finish() async throws(Problem) {
        let named = FileKeys.columns(mapping, entity: entity)
        let pool = context.runtime.blocking
        if !named.isEmpty { names = try await FileKeys.read(stored, columns: named, pool: pool) }
        let keyColumn = mapping.key.flatMap { mapping.column(of: $0.key)?.index }
        let file = ImportFile(
            path: stored.path, format: stored.format, from: position,
            reader: RowReader(mapping, entity: entity, context: context), keyColumn: keyColumn, pool: pool)
        while true {
            let chunk = try await file.next()
            guard !chunk.rows.isEmpty else { break }
            let context = context
            try await context.inTransaction(.bulk) { (context: Context) async throws(Problem) -> Void in
                try await take(chunk, in: context)
            }
        }
    }

    private mutating func take(_ chunk: ImportFile.Chunk, in context: Context) async throws(Problem) {
        try await context.demandActive()
        var work = ChunkWork(rows: chunk.rows)
        try await lookUp(&work, in: context)
        settle(&work)
        if mode == .run { try await makeMissing(&work, in: context) }
        try plan(&work)
        try await complete(&work, in: context)
        if mode == .run { try await write(&work, in: context) }
        counts += work.counts
        done += Int64(chunk.rows.count)
        try await log(work, upTo: chunk.end, in: context)
        position = chunk.end
    }
}

/// The rows of one chunk on their way.
struct ChunkWork {
    /// A row's change; `row` is its place in the chunk.
    struct Planned {
        let row: Int
        var change: RecordChange
    }

    /// A reference whose record is to be made.
    struct Missing {
        let row: Int
        let reference: ImportRow.Reference
    }

    /// A record made for a reference.
    struct Made {
        let id: UUIDv7
        let entity: String
        let line: Int
    }

    var rows: [ImportRow]
    var counts = ImportCounts()
    var missing: [Missing] = []
    var made: [Made] = []
    var creates: [Planned] = []
    var updates: [Planned] = []
    /// Changed records' versions after.
    var versions: [UUIDv7: Int64] = [:]

    init(rows: [ImportRow]) { self.rows = rows }

    /// Notes what is wrong with a row's change, at the column that its field came from.
    mutating func note(_ errors: [FieldError], row: Int, _ mapping: ImportMapping) {
        for error in errors {
            let key = String(error.field.prefix { $0 != "." && $0 != "[" })
            let column = mapping.columns.first { $0.target == error.field } ?? mapping.column(of: key)
            var parameters = error.parameters
            if column == nil, !error.field.isEmpty { parameters["field"] = error.field }
            let value = column.flatMap {
                $0.index < rows[row].fields.count ? rows[row].fields[$0.index] : nil
            }
            rows[row].errors.append(
                ImportError(column: column?.name, value: value, code: error.code, parameters: parameters))
        }
    }
}
