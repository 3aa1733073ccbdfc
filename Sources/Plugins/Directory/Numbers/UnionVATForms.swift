/// The forms of VAT numbers in the member states of the Union and Northern Ireland, after the prefix.
///
/// `#` is a digit, `@` a letter, `*` either; other characters stand for themselves. Source: VIES, frequently
/// asked questions, question 11 (European Commission).
enum UnionVATForms {
    private static let all: [String: [String]] = [
        "AT": ["U########"], "BE": ["##########"], "BG": ["#########", "##########"], "CY": ["########@"],
        "CZ": ["########", "#########", "##########"], "DE": ["#########"], "DK": ["########"],
        "EE": ["#########"], "EL": ["#########"], "ES": ["@########", "@#######@", "########@"],
        "FI": ["########"], "FR": ["**#########"], "GR": ["#########"], "HR": ["###########"],
        "HU": ["########"], "IE": ["#######@", "#######@@", "#*#####@"], "LT": ["#########", "############"],
        "LU": ["########"], "LV": ["###########"], "MT": ["########"], "NL": ["#########B##"],
        "PL": ["##########"], "PT": ["#########"],
        "RO": [
            "##", "###", "####", "#####", "######", "#######", "########", "#########", "##########",
        ],
        "SE": ["############"], "SI": ["########"], "SK": ["##########"],
        "XI": ["#########", "############", "GD###", "HA###"],
    ]

    /// The forms under a prefix; nil where it is none of the Union's. Italy's has a check of its own.
    static func forms(of prefix: String) -> [String]? { all[prefix] }

    /// Whether a number has a form.
    static func matches(_ number: some StringProtocol, _ form: String) -> Bool {
        guard number.utf8.count == form.utf8.count else { return false }
        return zip(number.utf8, form.utf8).allSatisfy { character, place in
            let isDigit = (0x30...0x39).contains(character)
            let isLetter = (0x41...0x5a).contains(character)
            switch place {
            case UInt8(ascii: "#"): return isDigit
            case UInt8(ascii: "@"): return isLetter
            case UInt8(ascii: "*"): return isDigit || isLetter
            default: return character == place
            }
        }
    }
}
