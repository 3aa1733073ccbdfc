import Crypto
import Testing
import Wire

@Suite struct OneTimePasswordTests {
    private let passwords = OneTimePassword(secret: Array("12345678901234567890".utf8))

    @Test(
        arguments: zip(
            0...9,
            [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
                "520489",
            ]))
    func `codes by counter are those of RFC 4226, appendix D`(step: Int, code: String) {
        #expect(passwords.code(ofStep: Int64(step)) == code)
    }

    /// The last six digits of the eight that stand there.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func `codes by time are those of RFC 6238, appendix B`(second: Int64, code: String) {
        let moment = Instant(milliseconds: second * 1000)
        #expect(passwords.code(ofStep: OneTimePassword.step(at: moment)) == code)
    }

    @Test func `a code holds one step before and after its own, and not again`() {
        let moment = Instant(milliseconds: 1_234_567_890_000)
        let now = OneTimePassword.step(at: moment)
        for distance in -3...3 as ClosedRange<Int64> {
            let code = passwords.code(ofStep: now + distance)
            let found = passwords.step(of: code, at: moment, after: 0)
            #expect(found == (abs(distance) <= 1 ? now + distance : nil))
        }
        #expect(passwords.step(of: passwords.code(ofStep: now), at: moment, after: now) == nil)
        #expect(passwords.step(of: passwords.code(ofStep: now), at: moment, after: now - 1) == now)
        for wrong in ["", "12345", "1234567", "abcdef"] {
            #expect(passwords.step(of: wrong, at: moment, after: 0) == nil)
        }
    }

    @Test func `the address holds the secret, and the account without a character that could end it`() {
        let address = passwords.address(account: "ada&x=1@rossi.example", issuer: "An Issuer")
        let query =
            "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=An%20Issuer&algorithm=SHA1&digits=6&period=30"
        #expect(address == "otpauth://totp/An%20Issuer:ada%26x%3D1%40rossi.example?\(query)")
    }

    @Test func `base 32 gives the values of RFC 4648 without padding`() {
        let values = [
            "": "", "f": "MY", "fo": "MZXQ", "foo": "MZXW6", "foob": "MZXW6YQ", "fooba": "MZXW6YTB",
            "foobar": "MZXW6YTBOI",
        ]
        for (plain, text) in values { #expect(Base32.encode(Array(plain.utf8)) == text) }
    }
}
