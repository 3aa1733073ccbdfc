/// Why a cryptographic step failed; never says anything of keys or contents.
public enum CryptoError: String, Error, Sendable, CustomStringConvertible {
    /// The key has the wrong form, length or curve.
    case invalidKey = "invalid_key"
    /// The content was changed, or sealed with another key or for another place.
    case notAuthentic = "not_authentic"
    /// The library refused a step that can't fail with good input, such as for want of memory.
    case libraryFailed = "library_failed"

    /// The reason alone.
    public var description: String { "cryptography failed: \(rawValue)" }
}
