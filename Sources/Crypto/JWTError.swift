/// Why a token is refused.
public enum JWTError: String, Error, Sendable, CustomStringConvertible {
    /// Not three parts of base 64 with JSON objects, or a needed claim is missing.
    case malformed
    /// The header asks for anything but ES256; `none` is such a thing.
    case unsupportedAlgorithm = "unsupported_algorithm"
    /// No key has the header's `kid`.
    case unknownKey = "unknown_key"
    /// The token was changed or never signed by that key.
    case badSignature = "bad_signature"
    /// The time of `exp` is reached.
    case expired
    /// The time of `nbf` isn't reached.
    case notYetValid = "not_yet_valid"
    /// `iss` names another issuer.
    case wrongIssuer = "wrong_issuer"
    /// `aud` doesn't name who asks.
    case wrongAudience = "wrong_audience"

    /// The reason alone, nothing of the token.
    public var description: String { "token refused: \(rawValue)" }
}
