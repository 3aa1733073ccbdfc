internal import COpenSSL

/// Algorithms fetched once: OpenSSL 3 looks each up by name otherwise, which costs more than a short digest.
enum Algorithms {
    // Never changed or freed after they are fetched; OpenSSL counts their uses atomically.
    nonisolated(unsafe) static let sha256 = EVP_MD_fetch(nil, "SHA256", nil)
    // Likewise.
    nonisolated(unsafe) static let aes256GCM = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
}
