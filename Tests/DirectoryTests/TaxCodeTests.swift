import Testing

@testable import Directory

struct TaxCodeTests {
    private let italy = BillingCountry("IT")

    @Test(arguments: ["RSSMRA85T10A562S", "rss mra 85t10 a562s", "BNCNNA80A41H501R"])
    func `a person's code with the right check letter is taken`(_ text: String) {
        #expect(TaxCode(text, country: italy).fault == nil)
    }

    @Test func `digits may be replaced by the letters of omocodia`() {
        let replaced = "RSSMRA85T10A56NH"
        #expect(TaxCode.checkLetter(replaced.utf8.prefix(15)) == UInt8(ascii: "H"))
        #expect(TaxCode(replaced, country: italy).fault == nil)
        #expect(TaxCode("RSSMRAURT10A562S", country: italy).fault == "tax_code_checksum")
        #expect(TaxCode("RSSMRA8AT10A562S", country: italy).fault == "tax_code_format")
    }

    @Test(arguments: [
        ("RSSMRA85T10A562T", "tax_code_checksum"), ("RSSMRA85T10A562", "tax_code_length"),
        ("RSSMRA85F10A562S", "tax_code_format"), ("RSSMRA85T40A562S", "tax_code_format"),
        ("RSSMRA85T10A56ÀS", "tax_code_characters"), ("1SSMRA85T10A562S", "tax_code_format"),
    ])
    func `what is wrong with a person's code is said`(_ text: String, _ code: String) {
        #expect(TaxCode(text, country: italy).fault == code)
    }

    @Test func `a company's code has eleven digits and their check digit`() {
        #expect(TaxCode("01234567897", country: italy).fault == nil)
        #expect(TaxCode("01234567890", country: italy).fault == "tax_code_checksum")
        #expect(TaxCode("0123456789A", country: italy).fault == "tax_code_format")
    }

    @Test func `a foreign code is not checked`() {
        #expect(TaxCode("X-123", country: BillingCountry("Österreich")).fault == nil)
    }
}
