import Crypto
import Testing
import Wire

@Suite struct JWTTests {
    private let key: SigningKey
    private let now = Instant(milliseconds: 1_800_000_000_000)
    private let claims: JSON = [
        "iss": "https://crm.example", "aud": "api", "sub": "u1", "iat": 1_800_000_000, "exp": 1_800_000_900,
    ]

    init() throws {
        key = try SigningKey.generate()
    }

    private func verify(_ token: String, at instant: Instant? = nil, leeway: Int64 = 0) throws(JWTError)
        -> JSON
    {
        try JWT.verify(
            token, with: [key.verifyingKey], now: instant ?? now, issuer: "https://crm.example",
            audience: "api",
            leeway: leeway)
    }

    private func changed(_ member: String, _ value: JSON?) throws -> String {
        var object = try #require(claims.objectValue)
        object[member] = value
        return try JWT.issue(.object(object), with: key)
    }

    /// A token with any header, rightly signed.
    private func token(header: JSON) throws -> String {
        let parts = [header, claims].map { Base64.encode($0.encoded(), url: true) }
        let signature = try key.sign(Array(parts.joined(separator: ".").utf8))
        return (parts + [Base64.encode(signature, url: true)]).joined(separator: ".")
    }

    @Test func `an issued token gives its claims back`() throws {
        let token = try JWT.issue(claims, with: key)
        #expect(try verify(token) == claims)
    }

    @Test func `the header names the type, the algorithm and the key`() throws {
        let head = try #require(try JWT.issue(claims, with: key).split(separator: ".").first)
        let header = try JSON.parse(#require(Base64.decode(String(head), url: true)))
        #expect(header == ["alg": "ES256", "typ": "JWT", "kid": .string(key.keyID)])
    }

    @Test func `a token changed in any character is refused`() throws {
        let token = Array(try JWT.issue(claims, with: key).utf8)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: JWTError.self) { try verify(String(decoding: changed, as: UTF8.self)) }
        }
    }

    @Test(arguments: ["none", "None", "HS256", "ES384", "RS256", ""])
    func `another algorithm is refused although the signature fits`(algorithm: String) throws {
        let token = try token(header: ["alg": .string(algorithm), "typ": "JWT", "kid": .string(key.keyID)])
        #expect(throws: JWTError.unsupportedAlgorithm) { try verify(token) }
    }

    @Test func `an unsigned token is refused`() throws {
        let header: JSON = ["alg": "none", "typ": "JWT", "kid": .string(key.keyID)]
        let unsigned =
            "\(Base64.encode(header.encoded(), url: true)).\(Base64.encode(claims.encoded(), url: true))."
        #expect(throws: JWTError.unsupportedAlgorithm) { try verify(unsigned) }
        let parts = try JWT.issue(claims, with: key).split(separator: ".")
        #expect(throws: JWTError.badSignature) { try verify("\(parts[0]).\(parts[1]).") }
    }

    @Test func `a secret made of the public key signs nothing`() throws {
        let header: JSON = ["alg": "HS256", "typ": "JWT", "kid": .string(key.keyID)]
        let signed =
            "\(Base64.encode(header.encoded(), url: true)).\(Base64.encode(claims.encoded(), url: true))"
        let code = hmacSHA256(Array(signed.utf8), key: key.publicJWK.encoded())
        #expect(throws: JWTError.unsupportedAlgorithm) {
            try verify("\(signed).\(Base64.encode(code, url: true))")
        }
    }

    @Test func `another type, critical extensions and a missing key name are refused`() throws {
        let keyID = JSON.string(key.keyID)
        #expect(throws: JWTError.malformed) { try verify(token(header: ["alg": "ES256", "kid": keyID])) }
        #expect(throws: JWTError.malformed) {
            try verify(token(header: ["alg": "ES256", "typ": "secevent+jwt", "kid": keyID]))
        }
        #expect(throws: JWTError.malformed) {
            try verify(
                token(header: ["alg": "ES256", "typ": "JWT", "kid": keyID, "crit": ["b64"], "b64": false]))
        }
        #expect(throws: JWTError.unknownKey) { try verify(token(header: ["alg": "ES256", "typ": "JWT"])) }
    }

    @Test func `a key out of use is refused and one of several accepted`() throws {
        let old = try SigningKey.generate()
        let token = try JWT.issue(claims, with: old)
        #expect(throws: JWTError.unknownKey) { try verify(token) }
        let accepted = try JWT.verify(
            token, with: [key.verifyingKey, old.verifyingKey], now: now, issuer: "https://crm.example",
            audience: "api")
        #expect(accepted["sub"] == "u1")
    }

    @Test func `a token ends at the second of its expiry`() throws {
        let token = try JWT.issue(claims, with: key)
        let expiry = Instant(milliseconds: 1_800_000_900_000)
        #expect(try verify(token, at: Instant(milliseconds: expiry.milliseconds - 1)) == claims)
        #expect(throws: JWTError.expired) { try verify(token, at: expiry) }
        #expect(try verify(token, at: expiry.adding(seconds: 29), leeway: 30) == claims)
        #expect(throws: JWTError.expired) { try verify(token, at: expiry.adding(seconds: 30), leeway: 30) }
    }

    @Test func `a token without a usable expiry is refused`() throws {
        for expiry: JSON? in [nil, "1800000900", .null, 1e300] {
            #expect(throws: JWTError.malformed) { try verify(changed("exp", expiry)) }
        }
    }

    @Test func `a token is refused before its start`() throws {
        let token = try changed("nbf", 1_800_000_010)
        #expect(throws: JWTError.notYetValid) { try verify(token) }
        #expect(try verify(token, at: now.adding(seconds: 10))["sub"] == "u1")
        #expect(try verify(token, leeway: 10)["sub"] == "u1")
    }

    @Test func `another issuer or audience is refused`() throws {
        #expect(throws: JWTError.wrongIssuer) { try verify(changed("iss", "https://crm.example/")) }
        #expect(throws: JWTError.wrongIssuer) { try verify(changed("iss", nil)) }
        for audience: JSON? in ["portal", nil, [], ["portal", "vendor"], ["api": true], 1] {
            #expect(throws: JWTError.wrongAudience) { try verify(changed("aud", audience)) }
        }
        #expect(try verify(changed("aud", ["portal", "api"]))["sub"] == "u1")
    }

    @Test(arguments: ["", ".", "..", "...", "a.b.c", "e30.e30.e30", "e30.e30", "W10.W10.AA"])
    func `text that is no token is refused`(text: String) {
        #expect(throws: JWTError.self) { try verify(text) }
    }

    @Test func `an enormous token is refused unread`() {
        #expect(throws: JWTError.malformed) { try verify(String(repeating: "a", count: 8193)) }
    }
}
