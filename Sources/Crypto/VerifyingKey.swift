internal import COpenSSL
public import Wire

/// A public key for ES256.
public struct VerifyingKey: Sendable {
    private let key: CurveKey
    /// The thumbprint of RFC 7638: SHA-256 of the key's required members, base 64 for URLs.
    public let keyID: String
    /// The key as a JSON Web Key (RFC 7517) with `kid`, `use` and `alg`.
    public let publicJWK: JSON

    init(_ key: CurveKey) throws(CryptoError) {
        self.key = key
        let x = Base64.encode(try key.coordinate(OSSL_PKEY_PARAM_EC_PUB_X), url: true)
        let y = Base64.encode(try key.coordinate(OSSL_PKEY_PARAM_EC_PUB_Y), url: true)
        let required: JSON = ["crv": "P-256", "kty": "EC", "x": .string(x), "y": .string(y)]
        keyID = Base64.encode(sha256(required.encoded()), url: true)
        publicJWK = [
            "kty": "EC", "crv": "P-256", "x": .string(x), "y": .string(y),
            "kid": .string(keyID), "use": "sig", "alg": "ES256",
        ]
    }

    /// A key from its JSON Web Key; throws `invalidKey` for other kinds, curves and points off the curve.
    public init(jwk: JSON) throws(CryptoError) {
        guard jwk["kty"]?.stringValue == "EC", jwk["crv"]?.stringValue == "P-256",
            let x = jwk["x"]?.stringValue.flatMap({ Base64.decode($0, url: true) }),
            let y = jwk["y"]?.stringValue.flatMap({ Base64.decode($0, url: true) })
        else { throw .invalidKey }
        try self.init(CurveKey(x: x, y: y))
    }

    /// A key from PEM (`BEGIN PUBLIC KEY`).
    public init(pem: String) throws(CryptoError) {
        try self.init(CurveKey(publicPEM: pem))
    }

    /// Whether `signature`, r and s in 64 bytes, is this key's over `message`.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        key.isValid(signature, for: message)
    }
}
