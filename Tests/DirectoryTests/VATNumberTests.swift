import Testing

@testable import Directory

struct VATNumberTests {
    private let italy = BillingCountry(nil)

    @Test(arguments: ["01234567897", "IT01234567897", "it 012.345.678-97", "00743110157", "07643520567"])
    func `an Italian number with the right check digit is taken`(_ text: String) {
        #expect(VATNumber(text, country: italy).fault == nil)
    }

    @Test func `separators go and letters become capitals`() {
        #expect(VATNumber(" it 012.345/678-97 ", country: italy).text == "IT01234567897")
    }

    @Test(arguments: [
        ("01234567890", "vat_number_checksum"), ("10234567897", "vat_number_checksum"),
        ("00000000000", "vat_number_checksum"), ("0123456789", "vat_number_length"),
        ("IT012345678970", "vat_number_length"), ("0123456789A", "vat_number_digits"),
        ("IT", "vat_number_digits"),
    ])
    func `what is wrong with an Italian number is said`(_ text: String, _ code: String) {
        #expect(VATNumber(text, country: italy).fault?.code == code)
    }

    @Test(arguments: [
        "DE123456789", "FR40303265045", "ATU12345678", "NL123456789B01", "ESB12345678", "IE1234567FA",
        "EL123456789",
        "RO12", "XIGD123",
    ])
    func `a number of another member state is taken by its form`(_ text: String) {
        #expect(VATNumber(text, country: italy).fault == nil)
    }

    @Test(arguments: ["DE12345678", "AT12345678", "NL123456789X01", "FR4030326504", "RO1"])
    func `a number that has not the form of its member state is refused with the form`(_ text: String) {
        let fault = VATNumber(text, country: italy).fault
        #expect(fault?.code == "vat_number_format")
        #expect(fault?.parameters["country"] == String(text.prefix(2)))
        #expect(fault?.parameters["expected"]?.isEmpty == false)
    }

    @Test func `a number from outside of the Union is not checked`() {
        #expect(VATNumber("CHE-116.281.710", country: italy).fault == nil)
        #expect(VATNumber("GB 000 0000 00", country: italy).fault == nil)
    }

    @Test func `a number without prefix is judged by the country of the address`() {
        #expect(VATNumber("01234567890", country: BillingCountry("Switzerland")).fault == nil)
        #expect(
            VATNumber("01234567890", country: BillingCountry(" Italia ")).fault?.code == "vat_number_checksum"
        )
        #expect(VATNumber("a!b", country: BillingCountry("US")).fault?.code == "vat_number_characters")
    }

    @Test func `the prefix of Italy is checked wherever the company is`() {
        #expect(
            VATNumber("IT01234567890", country: BillingCountry("DE")).fault?.code == "vat_number_checksum")
    }
}
