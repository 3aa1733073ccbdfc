import Crypto
import Testing
import Wire

@Suite struct SigningKeyTests {
    /// The key and signature of RFC 7515, appendix A.3.
    private static let jwk: JSON = [
        "kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    ]
    private static let message =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb2"
        + "90Ijp0cnVlfQ"
    private static let signature =
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

    @Test func `the signature of RFC 7515 is valid and a changed one is not`() throws {
        let key = try VerifyingKey(jwk: SigningKeyTests.jwk)
        let message = Array(SigningKeyTests.message.utf8)
        let signature = try #require(Base64.decode(SigningKeyTests.signature, url: true))
        #expect(key.isValid(signature, for: message))
        #expect(!key.isValid(signature, for: message + [0x41]))
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 0x10
            #expect(!key.isValid(changed, for: message))
        }
    }

    @Test func `the thumbprint is that of RFC 7638`() throws {
        #expect(
            try VerifyingKey(jwk: SigningKeyTests.jwk).keyID == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
    }

    @Test func `what a key signs its public half accepts and another's does not`() throws {
        let key = try SigningKey.generate()
        let signature = try key.sign([1, 2, 3])
        #expect(signature.count == 64)
        #expect(key.verifyingKey.isValid(signature, for: [1, 2, 3]))
        #expect(!(try SigningKey.generate()).verifyingKey.isValid(signature, for: [1, 2, 3]))
    }

    @Test func `many signatures keep 64 bytes whatever their leading zeros`() throws {
        let key = try SigningKey.generate()
        for number in UInt8.min...UInt8.max {
            let signature = try key.sign([number])
            #expect(signature.count == 64 && key.verifyingKey.isValid(signature, for: [number]))
        }
    }

    @Test(arguments: [0, 63, 65])
    func `a signature of another length is invalid`(length: Int) throws {
        let key = try SigningKey.generate()
        #expect(!key.verifyingKey.isValid([UInt8](repeating: 1, count: length), for: []))
    }

    @Test func `a signature of zeros is invalid`() throws {
        let key = try SigningKey.generate()
        #expect(!key.verifyingKey.isValid([UInt8](repeating: 0, count: 64), for: []))
    }

    @Test func `a key comes back from its PEM and its JWK`() throws {
        let key = try SigningKey.generate()
        let pem = try key.pem
        #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        let again = try SigningKey(pem: pem)
        #expect(again.keyID == key.keyID)
        #expect(again.publicJWK == key.publicJWK)
        let published = try VerifyingKey(jwk: key.publicJWK)
        #expect(published.isValid(try again.sign([7]), for: [7]))
        #expect(key.publicJWK["d"] == nil)
    }

    @Test func `a point off the curve, another curve and another kind are refused`() {
        for (member, value) in [
            ("y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a1"), ("y", "AAAA"), ("crv", "P-384"),
            ("kty", "RSA"),
            ("x", ""), ("y", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ] {
            var object = SigningKeyTests.jwk.objectValue ?? JSONObject()
            object[member] = .string(value)
            #expect(throws: CryptoError.invalidKey) { try VerifyingKey(jwk: .object(object)) }
        }
    }

    @Test(arguments: [
        "", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", SigningKeyTests.p384,
    ])
    func `PEM of anything but a P-256 key is refused`(pem: String) {
        #expect(throws: CryptoError.invalidKey) { try SigningKey(pem: pem) }
    }

    /// Made with `openssl ecparam -name secp384r1 -genkey -noout`; used nowhere.
    private static let p384 = """
        -----BEGIN EC PRIVATE KEY-----
        MIGkAgEBBDAAEl2e4FymlnblenQ+rM1vVDToBpey2LihdWbLbUnI/Ss1dDUBinkw
        gg46vaIad7CgBwYFK4EEACKhZANiAATzxMcYyvfWLw7/DuMpYAunkFvjyBHwkqUt
        Cz8kF0ZWfe6I7Siws/wEIa0KoWFEOD7LEOHRlHimygqfb/aCRBposllcu+T4DN2k
        UUqnT4dIuRvKDjjnr2t1cKpPCZNhjXQ=
        -----END EC PRIVATE KEY-----
        """
}
