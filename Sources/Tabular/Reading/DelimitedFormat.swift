/// How a text file holds a table.
public struct DelimitedFormat: Sendable, Hashable {
    /// The character between fields.
    public enum Separator: String, Sendable, CaseIterable {
        case comma = ","
        case semicolon = ";"
        case tab = "\t"
        case bar = "|"

        var byte: UInt8 {
            switch self {
            case .comma: 0x2C
            case .semicolon: 0x3B
            case .tab: 0x09
            case .bar: 0x7C
            }
        }
    }

    /// The character around fields that hold separators or line ends.
    public enum Quote: String, Sendable, CaseIterable {
        case double = "\""
        case single = "'"

        var byte: UInt8 { self == .double ? 0x22 : 0x27 }
    }

    /// How its bytes become characters.
    public var encoding: TextEncoding
    /// What stands between fields.
    public var separator: Separator
    /// What stands around fields; nil when quotes are plain text.
    public var quote: Quote?
    /// Whether the first row names the columns.
    public var hasHeader: Bool
    /// The columns' names, all different: the header's, else letters as a spreadsheet has them. Empty when
    /// the width is not known: then rows of any width are in order.
    public var columns: [String]

    /// A format given from outside, for one that detection proposed and a person corrected.
    public init(
        encoding: TextEncoding = .utf8, separator: Separator = .comma, quote: Quote? = .double,
        hasHeader: Bool = true, columns: [String] = []
    ) {
        self.encoding = encoding
        self.separator = separator
        self.quote = quote
        self.hasHeader = hasHeader
        self.columns = columns
    }
}
