/// A VAT number, cleaned and judged.
///
/// Italy's partita IVA is checked by its check digit (D.M. 23 December 1976, annex); a number with the prefix
/// of another member state of the Union by its form, as VIES describes it; any other foreign one not at all.
struct VATNumber: Sendable {
    /// Without separators, in upper case.
    let text: String
    /// What is wrong with it.
    let fault: Fault?

    /// The code of a fault with what its message says.
    struct Fault: Sendable, Equatable {
        let code: String
        var parameters: [String: String] = [:]
    }

    /// Judges a number by its prefix, or where it has none by the country of the company's address.
    init(_ raw: String, country: BillingCountry) {
        text = CleanCode.compact(raw)
        fault = Self.fault(text, country)
    }

    private static func fault(_ text: String, _ country: BillingCountry) -> Fault? {
        let start = text.prefix(2)
        let hasPrefix = start.utf8.count == 2 && start.utf8.allSatisfy { (0x41...0x5a).contains($0) }
        guard hasPrefix else { return country.isItaly ? italian(text[...]) : foreign(text) }
        let number = text.dropFirst(2)
        if start == "IT" { return italian(number) }
        guard let forms = UnionVATForms.forms(of: String(start)) else { return foreign(text) }
        guard forms.contains(where: { UnionVATForms.matches(number, $0) }) else {
            return Fault(
                code: "vat_number_format",
                parameters: ["country": String(start), "expected": forms.joined(separator: ", ")])
        }
        return nil
    }

    private static func italian(_ number: Substring) -> Fault? {
        guard CleanCode.isDigits(number) else { return Fault(code: "vat_number_digits") }
        guard number.utf8.count == 11 else {
            return Fault(code: "vat_number_length", parameters: ["length": "\(number.utf8.count)"])
        }
        return CheckDigit.holds(number) ? nil : Fault(code: "vat_number_checksum")
    }

    private static func foreign(_ text: String) -> Fault? {
        guard CleanCode.isAlphanumeric(text), (4...20).contains(text.utf8.count) else {
            return Fault(code: "vat_number_characters")
        }
        return nil
    }
}

/// The check digit of Italian numbers of eleven: Luhn's rule, the last digit makes the sum a multiple of ten.
enum CheckDigit {
    /// Whether eleven digits, not all of them zero, agree with their last one.
    static func holds(_ digits: some StringProtocol) -> Bool {
        let numbers = digits.utf8.map { Int($0) - 0x30 }
        guard numbers.count == 11, numbers.contains(where: { $0 != 0 }) else { return false }
        let sum = numbers.enumerated().reduce(0) { sum, item in
            guard item.offset % 2 == 1 else { return sum + item.element }
            let double = item.element * 2
            return sum + (double > 9 ? double - 9 : double)
        }
        return sum % 10 == 0
    }
}
