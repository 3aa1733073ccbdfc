internal import COpenSSL

extension CurveKey {
    /// The signature as RFC 7518 section 3.4 wants it: r and s, 32 bytes each.
    func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .libraryFailed }
        defer { EVP_MD_CTX_free(context) }
        var encoded = [UInt8](repeating: 0, count: 80)
        var length = encoded.count
        guard EVP_DigestSignInit(context, nil, Algorithms.sha256, nil, pointer) == 1,
            EVP_DigestSign(context, &encoded, &length, message, message.count) == 1
        else {
            ERR_clear_error()
            throw .libraryFailed
        }
        return try CurveKey.plain(encoded.prefix(length))
    }

    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == 64, let encoded = CurveKey.encoded(signature),
            let context = EVP_MD_CTX_new()
        else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, Algorithms.sha256, nil, pointer) == 1
            && EVP_DigestVerify(context, encoded, encoded.count, message, message.count) == 1
    }

    /// r and s out of the library's DER.
    private static func plain(_ encoded: ArraySlice<UInt8>) throws(CryptoError) -> [UInt8] {
        let signature = encoded.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &start, buffer.count)
        }
        guard let signature else { throw .libraryFailed }
        defer { ECDSA_SIG_free(signature) }
        var plain = [UInt8](repeating: 0, count: 64)
        let isDone = plain.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return BN_bn2binpad(ECDSA_SIG_get0_r(signature), start, 32) == 32
                && BN_bn2binpad(ECDSA_SIG_get0_s(signature), start + 32, 32) == 32
        }
        guard isDone else { throw .libraryFailed }
        return plain
    }

    /// The library's DER out of r and s.
    private static func encoded(_ plain: [UInt8]) -> [UInt8]? {
        guard let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let r = BN_bin2bn(plain, 32, nil)
        let s = plain.withUnsafeBufferPointer { BN_bin2bn($0.baseAddress.map { $0 + 32 }, 32, nil) }
        guard r != nil, s != nil, ECDSA_SIG_set0(signature, r, s) == 1 else {
            BN_free(r)
            BN_free(s)
            return nil
        }
        var encoded = [UInt8](repeating: 0, count: 80)
        let length = encoded.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            return i2d_ECDSA_SIG(signature, &start)
        }
        return length > 0 ? Array(encoded.prefix(Int(length))) : nil
    }
}
