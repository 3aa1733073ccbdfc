/// A tax code (codice fiscale), cleaned and judged.
///
/// Of people: sixteen characters by D.M. 12 March 1974 and 23 December 1976; digits may be replaced by
/// letters where two people would share a code (omocodia). Of companies: eleven digits with the check digit
/// of VAT numbers. A foreign company's is not checked.
struct TaxCode: Sendable {
    /// Without separators, in upper case.
    let text: String
    /// The code of what is wrong with it.
    let fault: String?

    /// Judges a code for a company whose address is in this country.
    init(_ raw: String, country: BillingCountry) {
        text = CleanCode.compact(raw)
        fault = Self.fault(text, country)
    }

    private static func fault(_ text: String, _ country: BillingCountry) -> String? {
        guard country.isItaly else {
            return CleanCode.isAlphanumeric(text) && text.utf8.count <= 20 ? nil : "tax_code_characters"
        }
        guard CleanCode.isAlphanumeric(text) else { return "tax_code_characters" }
        switch text.utf8.count {
        case 11:
            guard CleanCode.isDigits(text) else { return "tax_code_format" }
            return CheckDigit.holds(text) ? nil : "tax_code_checksum"
        case 16: return personal(Array(text.utf8))
        default: return "tax_code_length"
        }
    }

    /// Places that hold digits, unless replaced by a letter.
    private static let digitPlaces = [6, 7, 9, 10, 12, 13, 14]
    /// What stands for 0 to 9 in a code of omocodia.
    private static let replacements = Array("LMNPQRSTUV".utf8)
    private static let months = Set("ABCDEHLMPRST".utf8)

    private static func personal(_ code: [UInt8]) -> String? {
        var plain = code
        for place in digitPlaces {
            if (0x30...0x39).contains(code[place]) { continue }
            guard let digit = replacements.firstIndex(of: code[place]) else { return "tax_code_format" }
            plain[place] = UInt8(0x30 + digit)
        }
        let letters = [0, 1, 2, 3, 4, 5, 8, 11, 15]
        guard letters.allSatisfy({ (0x41...0x5a).contains(code[$0]) }), months.contains(code[8]) else {
            return "tax_code_format"
        }
        let day = Int(plain[9] - 0x30) * 10 + Int(plain[10] - 0x30)
        guard (1...31).contains(day) || (41...71).contains(day) else { return "tax_code_format" }
        return checkLetter(code.dropLast()) == code[15] ? nil : "tax_code_checksum"
    }

    /// Values of the characters at odd places, counted from one: `0…9` and `A…Z` share the first ten.
    private static let oddValues = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]

    /// The letter that fifteen characters call for.
    static func checkLetter(_ characters: some Sequence<UInt8>) -> UInt8 {
        var sum = 0
        for (place, character) in characters.enumerated() {
            let value = Int(character) - (character < 0x41 ? 0x30 : 0x41)
            guard oddValues.indices.contains(value) else { return 0 }
            sum += place % 2 == 0 ? oddValues[value] : value
        }
        return UInt8(0x41 + sum % 26)
    }
}
