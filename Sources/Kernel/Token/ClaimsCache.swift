internal import Wire

/// Claims of tokens whose signature was checked, by the token's SHA-256: a check costs 70 µs, a look here
/// one.
///
/// Bounded by two halves: when the young one is full it becomes the old one, and what is asked for again
/// moves back.
struct ClaimsCache {
    /// The 32 bytes of a SHA-256.
    struct Digest: Hashable {
        private let words: SIMD4<UInt64>

        init(_ bytes: [UInt8]) {
            words = bytes.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
        }
    }

    private let half: Int
    private var young: [Digest: AccessClaims] = [:]
    private var old: [Digest: AccessClaims] = [:]

    /// Keeps at most twice `half` tokens.
    init(half: Int) { self.half = half }

    subscript(digest: Digest) -> AccessClaims? {
        mutating get {
            if let claims = young[digest] { return claims }
            guard let claims = old[digest] else { return nil }
            keep(claims, under: digest)
            return claims
        }
    }

    mutating func keep(_ claims: AccessClaims, under digest: Digest) {
        if young.count >= half {
            old = young
            young = [:]
        }
        young[digest] = claims
    }
}
