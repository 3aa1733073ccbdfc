/// The country that a company's numbers are judged by.
struct BillingCountry: Sendable, Equatable {
    /// Whether Italy's rules hold: also where no country is told.
    let isItaly: Bool

    private static let italy: Set<String> = [
        "", "it", "ita", "italia", "italy", "italien", "italie", "repubblica italiana",
    ]

    /// Reads the country of an address, as a code or a name.
    init(_ country: String?) {
        isItaly = Self.italy.contains(CleanCode.spaced(country ?? ""))
    }
}

/// Codes as people type them, made one.
enum CleanCode {
    /// Upper case, without spaces, points, dashes and slashes.
    static func compact(_ text: String) -> String {
        String(text.uppercased().filter { !$0.isWhitespace && $0 != "." && $0 != "-" && $0 != "/" })
    }

    /// Lower case, with single spaces between words and none around.
    static func spaced(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether all are ASCII digits.
    static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether all are ASCII letters or digits.
    static func isAlphanumeric(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0 & 0xdf) }
    }
}
