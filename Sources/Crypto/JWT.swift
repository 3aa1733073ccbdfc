public import Wire

/// JSON Web Tokens (RFC 7519) signed with ES256 and nothing else (RFC 8725 section 3.1).
public enum JWT {
    /// Longer tokens are refused unread, in bytes.
    public static let longest = 8192

    /// Signs `claims`, an object; the header names the key.
    public static func issue(_ claims: JSON, with key: SigningKey) throws(CryptoError) -> String {
        let header: JSON = ["alg": "ES256", "typ": "JWT", "kid": .string(key.keyID)]
        let signed =
            "\(Base64.encode(header.encoded(), url: true)).\(Base64.encode(claims.encoded(), url: true))"
        return "\(signed).\(Base64.encode(try key.sign(Array(signed.utf8)), url: true))"
    }

    /// The claims of a token that one of `keys` signed for `audience`, still valid at `now`.
    ///
    /// `iss`, `aud` and `exp` must be there; `aud` may be a list; `nbf` counts if present. `leeway` are
    /// seconds that the clocks may differ by.
    public static func verify(
        _ token: String, with keys: [VerifyingKey], now: Instant, issuer: String, audience: String,
        leeway: Int64 = 0
    ) throws(JWTError) -> JSON {
        guard token.utf8.count <= longest else { throw .malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed }
        let header = try object(parts[0])
        guard header["alg"]?.stringValue == "ES256" else { throw .unsupportedAlgorithm }
        guard header["typ"]?.stringValue == "JWT", header["crit"] == nil else { throw .malformed }
        guard let keyID = header["kid"]?.stringValue, let key = keys.first(where: { $0.keyID == keyID })
        else {
            throw .unknownKey
        }
        guard let signature = Base64.decode(String(parts[2]), url: true) else { throw .malformed }
        let signed = Array(token.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
        guard key.isValid(signature, for: signed) else { throw .badSignature }
        let claims = try object(parts[1])
        try check(claims, now: now, leeway: leeway)
        guard claims["iss"]?.stringValue == issuer else { throw .wrongIssuer }
        guard isMeant(for: audience, claims["aud"]) else { throw .wrongAudience }
        return claims
    }

    private static func object(_ part: Substring) throws(JWTError) -> JSON {
        guard let bytes = Base64.decode(String(part), url: true), let value = try? JSON.parse(bytes),
            case .object = value
        else { throw .malformed }
        return value
    }

    private static func check(_ claims: JSON, now: Instant, leeway: Int64) throws(JWTError) {
        guard let expiry = milliseconds(claims["exp"]) else { throw .malformed }
        guard now < Instant(milliseconds: expiry).adding(seconds: leeway) else { throw .expired }
        guard let start = claims["nbf"] else { return }
        guard let start = milliseconds(start) else { throw .malformed }
        guard now.adding(seconds: leeway) >= Instant(milliseconds: start) else { throw .notYetValid }
    }

    /// A NumericDate of RFC 7519, which may have a fraction.
    private static func milliseconds(_ date: JSON?) -> Int64? {
        date?.numberValue?.scaled(3)
    }

    private static func isMeant(for audience: String, _ claim: JSON?) -> Bool {
        switch claim {
        case .string(let name)?: name == audience
        case .array(let names)?: names.contains(.string(audience))
        default: false
        }
    }
}
