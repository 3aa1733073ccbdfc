/// What a column's values look like.
public enum ColumnKind: String, Sendable, CaseIterable {
    case integer
    case decimal
    /// Numbers with a currency sign, or with never more than two decimals and somewhere exactly two.
    case money
    case date
    /// A day with a time of day; without an offset in its format it is local to the organization.
    case instant
    case boolean
    case email
    case phone
    case url
    case text
    /// No value anywhere.
    case empty
}
