import Testing
import Wire

@Suite struct EncodingTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the base 64 vectors of RFC 4648 hold`(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        let unpadded = encoded.filter { $0 != "=" }
        #expect(Base64.encode(Array(plain.utf8), url: true) == unpadded)
        #expect(Base64.decode(unpadded, url: true) == Array(plain.utf8))
    }

    @Test func `each alphabet has its own last two digits`() {
        #expect(Base64.encode([0xFB, 0xFF]) == "+/8=")
        #expect(Base64.encode([0xFB, 0xFF], url: true) == "-_8")
        #expect(Base64.decode("-_8=") == nil)
        #expect(Base64.decode("+/8", url: true) == nil)
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "=", "====", "Z===", "Zh==", "Zm9=", "Zm 9", "Zm9v\n", "Zg==Zg==",
    ])
    func `sloppy base 64 is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Zg==", "Z", "Zh", "Zm9", "Zé"])
    func `sloppy base 64 for URLs is refused`(text: String) {
        #expect(Base64.decode(text, url: true) == nil)
    }

    @Test func `hexadecimal digits are written small and read in both cases`() {
        #expect(Hex.encode([0x00, 0x9F, 0xFF]) == "009fff")
        #expect(Hex.decode("009fFF") == [0x00, 0x9F, 0xFF])
        #expect(Hex.decode("0") == nil)
        #expect(Hex.decode("0g") == nil)
    }

    @Test func `every scalar's UTF-8 is valid, alone and between ASCII`() {
        var text = ""
        for value in stride(from: UInt32(0), through: 0x10FFFF, by: 17) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            text.unicodeScalars.append(scalar)
            text += "ascii"
        }
        #expect(UTF8Text.isValid(Array(text.utf8)))
        #expect(String(validating: Array(text.utf8)) == text)
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xE2, 0x82],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
            [0xE2, 0x28, 0xA1],
            [0xF0, 0x9F, 0x98, 0x61],
        ] as [[UInt8]])
    func `broken UTF-8 is refused wherever it stands`(bytes: [UInt8]) {
        for padding in 0..<9 {
            let ascii = [UInt8](repeating: 0x61, count: padding)
            #expect(!UTF8Text.isValid(ascii + bytes))
            #expect(!UTF8Text.isValid((ascii + bytes + ascii)[...]))
            #expect(String(validating: ascii + bytes) == nil)
        }
    }
}
