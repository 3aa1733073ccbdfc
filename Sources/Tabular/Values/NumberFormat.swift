/// How a column writes numbers. Signs, currencies, a percent sign and parentheses may stand around all of
/// them.
public enum NumberFormat: String, Sendable, CaseIterable {
    case point = "1234.56"
    case comma = "1234,56"
    case pointGroupedByCommas = "1,234.56"
    case commaGroupedByPoints = "1.234,56"
    case commaGroupedBySpaces = "1 234,56"
    case pointGroupedBySpaces = "1 234.56"
    case pointGroupedByApostrophes = "1'234.56"

    /// Between units and decimals.
    var decimalMark: UInt8 {
        switch self {
        case .point, .pointGroupedByCommas, .pointGroupedBySpaces, .pointGroupedByApostrophes: 0x2E
        case .comma, .commaGroupedByPoints, .commaGroupedBySpaces: 0x2C
        }
    }

    /// Between thousands; spaces and apostrophes of all kinds count as one.
    var groupMark: UInt8? {
        switch self {
        case .point, .comma: nil
        case .pointGroupedByCommas: 0x2C
        case .commaGroupedByPoints: 0x2E
        case .commaGroupedBySpaces, .pointGroupedBySpaces: 0x20
        case .pointGroupedByApostrophes: 0x27
        }
    }
}
