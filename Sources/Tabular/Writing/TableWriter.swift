/// Writes a table row by row, in bounded memory.
///
/// `begin` comes first and once, `finish` last and once; a writer let go before `finish` leaves an unfinished
/// file, which the caller deletes. Use it from one task at a time.
public protocol TableWriter: AnyObject {
    /// Writes what stands before the rows.
    func begin(columns: [TableColumn]) throws(TableFileError)
    /// Writes one row, with a cell for each column.
    func row(_ cells: [Cell]) throws(TableFileError)
    /// Writes what stands behind the rows, and all that was held back.
    func finish() throws(TableFileError)
}
