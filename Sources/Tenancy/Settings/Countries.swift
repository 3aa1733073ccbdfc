internal import Kernel

/// The countries of ISO 3166-1, by their two letters.
enum Countries {
    static let all: Set<String> = Set(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
        BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
        EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
        HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
        LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
        NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
        SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
        TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init))

    /// The code of what is wrong, for `Field.validated`.
    static func fault(_ value: Value) -> String? {
        guard let code = value.textValue else { return nil }
        return all.contains(code) ? nil : "unknown_country"
    }

    /// A VAT number's form: its country's letters or none, then 2 to 13 letters and digits. Whether it is one
    /// that a tax office knows is for Billing to ask.
    static func numberFault(_ value: Value) -> String? {
        guard let number = value.textValue else { return nil }
        return number.wholeMatch(of: /([A-Z]{2})?[0-9A-Z]{2,13}/) == nil ? "not_a_vat_number" : nil
    }
}
