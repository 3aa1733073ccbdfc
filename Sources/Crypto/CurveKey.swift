internal import COpenSSL

/// A key on the curve P-256, private or public, as the library holds it.
///
/// `@unchecked Sendable`: the pointer is set once and the key never changed; OpenSSL 3 lets threads read one
/// EVP_PKEY at a time and counts its uses atomically.
final class CurveKey: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over a key of the library; throws `invalidKey` unless it is on P-256.
    private init(owning pointer: OpaquePointer?) throws(CryptoError) {
        guard let pointer else {
            ERR_clear_error()
            throw .invalidKey
        }
        self.pointer = pointer
        var name = [CChar](repeating: 0, count: 32)
        var length = 0
        guard EVP_PKEY_get_group_name(pointer, &name, name.count, &length) == 1,
            name.prefix(length).elementsEqual("prime256v1".utf8.map { CChar($0) })
        else {
            ERR_clear_error()
            throw .invalidKey
        }
    }

    deinit {
        EVP_PKEY_free(pointer)
    }

    static func generate() throws(CryptoError) -> CurveKey {
        try CurveKey(owning: openssl_generate_p256())
    }

    convenience init(privatePEM pem: String) throws(CryptoError) {
        let bytes = Array(pem.utf8)
        guard let source = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else { throw .libraryFailed }
        defer { BIO_free(source) }
        // The call back gives no passphrase; without one the library would ask on the terminal.
        try self.init(owning: PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil))
    }

    convenience init(publicPEM pem: String) throws(CryptoError) {
        let bytes = Array(pem.utf8)
        guard let source = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else { throw .libraryFailed }
        defer { BIO_free(source) }
        try self.init(owning: PEM_read_bio_PUBKEY(source, nil, { _, _, _, _ in -1 }, nil))
    }

    /// The public key at a point, 32 bytes each; throws `invalidKey` for a point that isn't on the curve.
    convenience init(x: [UInt8], y: [UInt8]) throws(CryptoError) {
        guard x.count == 32, y.count == 32 else { throw .invalidKey }
        let point = [4] + x + y
        try self.init(owning: openssl_import_p256(point, point.count))
    }

    /// The private key as PKCS #8.
    func privatePEM() throws(CryptoError) -> String {
        guard let target = BIO_new(BIO_s_mem()) else { throw .libraryFailed }
        defer { BIO_free(target) }
        var start: UnsafeMutablePointer<CChar>?
        guard PEM_write_bio_PrivateKey(target, pointer, nil, nil, 0, nil, nil) == 1 else {
            throw .libraryFailed
        }
        let length = openssl_bio_bytes(target, &start)
        guard let start, length > 0 else { throw .libraryFailed }
        return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }

    /// A coordinate of the public point, 32 bytes.
    func coordinate(_ name: String) throws(CryptoError) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(pointer, name, &number) == 1 else { throw .libraryFailed }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: 32)
        guard BN_bn2binpad(number, &bytes, 32) == 32 else { throw .libraryFailed }
        return bytes
    }
}
