internal import COpenSSL

/// The 32 bytes of SHA-256 (FIPS 180-4) over `bytes`.
public func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let isDone = EVP_Digest(bytes, bytes.count, &digest, nil, Algorithms.sha256, nil)
    precondition(isDone == 1, "SHA-256 needs no input that could be wrong")
    return digest
}

/// The 32 bytes of HMAC-SHA-256 (RFC 2104) over `bytes`.
public func hmacSHA256(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    authenticationCode("SHA256", bytes, key: key, length: 32)
}

/// The 20 bytes of HMAC-SHA-1, only for what demands it: one-time passwords of RFC 6238.
public func hmacSHA1(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
    authenticationCode("SHA1", bytes, key: key, length: 20)
}

/// Whether both have the same bytes; the time taken depends on their lengths alone.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}

/// `count` bytes from the library's generator, good for keys and tokens. Ends the process when there is none:
/// nothing safe could follow.
public func randomBytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        guard let start = buffer.baseAddress, count > 0 else { return }
        precondition(RAND_bytes(start, Int32(count)) == 1, "no random bytes")
        filled = count
    }
}

private func authenticationCode(_ digest: String, _ bytes: [UInt8], key: [UInt8], length: Int) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: length)
    // An empty key is a key: one byte of room keeps its address from being null.
    let place = key.isEmpty ? [0] : key
    let result = EVP_Q_mac(
        nil, "HMAC", nil, digest, nil, place, key.count, bytes, bytes.count, &code, code.count, nil)
    precondition(result != nil, "HMAC needs no input that could be wrong")
    return code
}
