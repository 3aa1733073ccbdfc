/// How many digits a currency's minor unit takes (ISO 4217).
enum Currency {
    private static let others: [String: Int] = [
        "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3, "BIF": 0, "CLP": 0, "DJF": 0,
        "GNF": 0,
        "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0,
        "XAF": 0,
        "XOF": 0, "XPF": 0,
    ]

    static func digits(of code: String) -> Int { others[code] ?? 2 }
}
