internal import COpenSSL
public import Wire

/// A private key for ES256: ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4).
public struct SigningKey: Sendable {
    private let key: CurveKey
    /// The public half.
    public let verifyingKey: VerifyingKey

    private init(_ key: CurveKey) throws(CryptoError) {
        self.key = key
        verifyingKey = try VerifyingKey(key)
    }

    /// A new key.
    public static func generate() throws(CryptoError) -> SigningKey {
        try SigningKey(CurveKey.generate())
    }

    /// A key from PEM, PKCS #8 or SEC 1; throws `invalidKey` for other curves, kinds and encrypted keys.
    public init(pem: String) throws(CryptoError) {
        try self.init(CurveKey(privatePEM: pem))
    }

    /// The private key as PEM of PKCS #8: a secret.
    public var pem: String {
        get throws(CryptoError) { try key.privatePEM() }
    }

    /// The thumbprint of RFC 7638, which names the key in tokens.
    public var keyID: String { verifyingKey.keyID }

    /// The public half as a JSON Web Key (RFC 7517).
    public var publicJWK: JSON { verifyingKey.publicJWK }

    /// Signs `message`: 64 bytes, r and s.
    public func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        try key.sign(message)
    }
}
