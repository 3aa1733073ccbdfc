/// One record of a delimited file.
public struct Row: Sendable, Equatable {
    /// The first of the physical lines that it stands on, from 1.
    public let line: Int
    /// Where it starts in the file, in bytes of the original encoding.
    public let byteOffset: Int64
    /// How many bytes of the file it takes, its line end included.
    public let byteLength: Int64
    /// As many as the row has, whatever the table's width; quotes taken off, spaces kept.
    public let fields: [String]
    /// What is wrong with it, if anything.
    public let problem: RowProblem?
}
