/// What is wrong with one row; of several, the gravest. Columns count from 0.
public enum RowProblem: Sendable, Hashable {
    /// A quote opened on `line` is not closed before the end of the file; the rest of the file is in that
    /// row.
    case unclosedQuote(line: Int)
    /// A field is longer than the limit and was cut.
    case fieldTooLong(column: Int, limit: Int)
    /// The row is longer than the limit and was cut.
    case rowTooLong(limit: Int)
    /// More columns than a table may have; those past the limit are missing from `fields`.
    case tooManyFields(found: Int, limit: Int)
    /// The row has another number of fields than the table has columns.
    case width(found: Int, expected: Int)
    /// A field holds a NUL, which no text in the database may.
    case nulCharacter(column: Int)
    /// Bytes that the encoding doesn't know; they read as U+FFFD.
    case undecodable(column: Int)
    /// A field holds a control character other than tab and line ends.
    case controlCharacter(column: Int)
    /// A quote inside a quoted field was not doubled; it was read as text.
    case strayQuote(column: Int)

    /// A stable name for error lists.
    public var code: String {
        switch self {
        case .unclosedQuote: "unclosed_quote"
        case .fieldTooLong: "field_too_long"
        case .rowTooLong: "row_too_long"
        case .tooManyFields: "too_many_fields"
        case .width: "wrong_width"
        case .nulCharacter: "nul_character"
        case .undecodable: "undecodable"
        case .controlCharacter: "control_character"
        case .strayQuote: "stray_quote"
        }
    }

    /// Whether the row's fields can be relied on all the same.
    public var isWarning: Bool {
        switch self {
        case .strayQuote, .controlCharacter: true
        default: false
        }
    }

    /// The column at fault, where it is one.
    public var column: Int? {
        switch self {
        case .fieldTooLong(let column, _), .nulCharacter(let column), .undecodable(let column),
            .controlCharacter(let column), .strayQuote(let column):
            column
        case .unclosedQuote, .rowTooLong, .tooManyFields, .width: nil
        }
    }
}
