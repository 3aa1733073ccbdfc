/// How much of one row is kept in memory; what goes past is passed over and reported.
public struct RecordLimits: Sendable {
    /// The longest field, in bytes of UTF-8.
    public var field: Int
    /// The longest row, in bytes of UTF-8.
    public var row: Int
    /// The most columns.
    public var columns: Int

    /// One megabyte a field, eight a row, 500 columns.
    public init(field: Int = 1 << 20, row: Int = 8 << 20, columns: Int = 500) {
        self.field = field
        self.row = row
        self.columns = columns
    }
}
