/// What was found out about one column by reading all of the file.
public struct ColumnAnalysis: Sendable, Hashable {
    /// The column's name in the format.
    public let column: String
    /// The first different values, at most five, cut to 80 characters.
    public let samples: [String]
    /// What at least nine in ten of the values look like.
    public let kind: ColumnKind
    /// How dates or numbers are written: the name of a `DateFormat` or `NumberFormat`.
    public let format: String?
    /// Whether other formats fit every value as well and would read some of them differently.
    public let ambiguous: Bool
    /// All formats that fit, the proposed one first, when it is ambiguous.
    public let alternatives: [String]
    /// Rows without a value.
    public let empty: Int
    /// Different values, counted to `distinctLimit`, which then means that many or more.
    public let distinct: Int
    /// Values that are not of the kind.
    public let unfit: Int

    /// Where counting different values stops.
    public static let distinctLimit = 1000
}
