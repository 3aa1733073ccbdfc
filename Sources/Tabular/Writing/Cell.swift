public import Wire

/// One value of an exported table.
public enum Cell: Sendable, Hashable {
    case null
    case text(String)
    /// Text that is never taken for a formula, such as a telephone number with its plus sign.
    case verbatim(String)
    case integer(Int64)
    /// `scaled` over ten to the `digits`.
    case decimal(scaled: Int64, digits: Int)
    case boolean(Bool)
    case date(CivilDate)
    case instant(Instant)
    /// In minor units of the currency, an ISO 4217 code.
    case money(minor: Int64, currency: String)

    /// Whether it is shown to the right, digits under digits.
    var isNumeric: Bool {
        switch self {
        case .integer, .decimal, .money: true
        case .null, .text, .verbatim, .boolean, .date, .instant: false
        }
    }
}
