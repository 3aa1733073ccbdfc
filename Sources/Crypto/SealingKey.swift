internal import COpenSSL

/// A secret key for AES-256-GCM (NIST SP 800-38D).
///
/// A sealed box is 12 bytes of random nonce, the ciphertext and 16 bytes of tag. One key may seal 2³² boxes.
public struct SealingKey: Sendable {
    /// Bytes that a box is longer than its content.
    public static let overhead = nonceLength + tagLength
    private static let nonceLength = 12
    private static let tagLength = 16

    private let bytes: [UInt8]

    /// A key of 32 bytes; throws `invalidKey` for any other length.
    public init(_ bytes: [UInt8]) throws(CryptoError) {
        guard bytes.count == 32 else { throw .invalidKey }
        self.bytes = bytes
    }

    /// Encrypts `content`; `context`, such as the row and column, is authenticated and must be given again to
    /// open.
    public func seal(_ content: [UInt8], context: [UInt8] = []) throws(CryptoError) -> [UInt8] {
        let nonce = randomBytes(SealingKey.nonceLength)
        let cipher = try Cipher(key: bytes, nonce: nonce, isSealing: true)
        try cipher.authenticate(context)
        let sealed = try cipher.update(content)
        return nonce + sealed + (try cipher.tag(SealingKey.tagLength))
    }

    /// Decrypts a box; throws `notAuthentic` when the box, the key or the context isn't the one sealed.
    public func open(_ box: [UInt8], context: [UInt8] = []) throws(CryptoError) -> [UInt8] {
        guard box.count >= SealingKey.overhead else { throw .notAuthentic }
        let nonce = Array(box.prefix(SealingKey.nonceLength))
        let tag = Array(box.suffix(SealingKey.tagLength))
        let cipher = try Cipher(key: bytes, nonce: nonce, isSealing: false)
        try cipher.authenticate(context)
        let content = try cipher.update(
            Array(box[SealingKey.nonceLength..<(box.count - SealingKey.tagLength)]))
        guard cipher.matches(tag) else { throw .notAuthentic }
        return content
    }
}
