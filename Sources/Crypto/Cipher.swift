internal import COpenSSL

/// One run of AES-256-GCM. A class because the library's context must be freed once.
final class Cipher {
    private let context: OpaquePointer

    init(key: [UInt8], nonce: [UInt8], isSealing: Bool) throws(CryptoError) {
        guard let context = EVP_CIPHER_CTX_new() else { throw .libraryFailed }
        self.context = context
        guard EVP_CipherInit_ex2(context, Algorithms.aes256GCM, key, nonce, isSealing ? 1 : 0, nil) == 1
        else {
            throw .libraryFailed
        }
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    func authenticate(_ bytes: [UInt8]) throws(CryptoError) {
        var length: Int32 = 0
        guard !bytes.isEmpty else { return }
        guard let count = Int32(exactly: bytes.count),
            EVP_CipherUpdate(context, nil, &length, bytes, count) == 1
        else { throw .libraryFailed }
    }

    func update(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        guard let count = Int32(exactly: bytes.count) else { throw .libraryFailed }
        var output = [UInt8](repeating: 0, count: bytes.count)
        var length: Int32 = 0
        guard EVP_CipherUpdate(context, &output, &length, bytes, count) == 1, length == count else {
            throw .libraryFailed
        }
        return output
    }

    /// Ends the sealing.
    func tag(_ length: Int) throws(CryptoError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: length)
        guard finish(), EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(length), &tag) == 1 else {
            throw .libraryFailed
        }
        return tag
    }

    /// Ends the opening: whether the content is what was sealed.
    func matches(_ tag: [UInt8]) -> Bool {
        var tag = tag
        let isSet = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
        defer { ERR_clear_error() }
        return isSet && finish()
    }

    private func finish() -> Bool {
        // GCM writes nothing at the end; the room is what the interface asks for.
        var rest = [UInt8](repeating: 0, count: 16)
        var length: Int32 = 0
        return EVP_CipherFinal_ex(context, &rest, &length) == 1
    }
}
