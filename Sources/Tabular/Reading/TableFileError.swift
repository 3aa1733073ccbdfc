/// Why a table's file can't be read or written at all; faults of single rows are `RowProblem`.
public enum TableFileError: Error, Sendable, Equatable {
    /// The file can't be opened; `errno` of the system call.
    case cannotOpen(errno: Int32)
    /// Reading failed midway; `errno` of the system call.
    case cannotRead(errno: Int32)
    /// Writing failed (for one, the disk is full); `errno` of the system call.
    case cannotWrite(errno: Int32)
    /// The C library has no converter for the encoding.
    case encodingUnavailable(TextEncoding)
    /// The file holds no row.
    case empty
    /// The first row has more columns than a table may have.
    case tooManyColumns(found: Int, limit: Int)
    /// libxlsxwriter refused; its `lxw_error` number.
    case spreadsheet(code: Int)
    /// Cairo refused; its `cairo_status_t` number.
    case drawing(code: Int)
}
