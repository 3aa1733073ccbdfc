internal import Crypto
internal import Wire

/// Opaque secrets that are handed out once; the database keeps their SHA-256.
enum Token {
    /// 256 random bits as base 64 for URLs.
    static func random() -> String { Base64.encode(randomBytes(32), url: true) }

    /// What is kept of a token.
    static func digest(_ text: String) -> [UInt8] { sha256(Array(text.utf8)) }
}
