internal import Tabular
internal import Wire

/// One row of a file on its way to a record.
struct ImportRow: Sendable {
    /// A text that names a record, still to be found.
    struct Reference: Sendable {
        /// The place among the mapping's columns.
        let column: Int
        let text: String
    }

    /// A day or local time that is to become an instant.
    struct Local: Sendable {
        let column: Int
        let time: LocalDateTime
    }

    /// The first physical line.
    let line: Int
    let offset: Int64
    let length: Int64
    /// The file's own texts.
    let fields: [String]
    /// Contents by field; empty cells are left out.
    var assigned: [String: Value] = [:]
    var references: [Reference] = []
    var locals: [Local] = []
    var errors: [ImportError] = []
    /// Fields whose record will be made when the import runs.
    var promised: Set<String> = []

    init(_ row: Row) {
        line = row.line
        offset = row.byteOffset
        length = row.byteLength
        fields = row.fields
    }

    /// Where the row starts.
    var position: RecordPosition { RecordPosition(byteOffset: offset, line: line) }
}

/// What is wrong with one cell of a row, or with the row.
struct ImportError: Sendable {
    var column: String?
    var value: String?
    let code: String
    var parameters: [String: String] = [:]
}
