internal import CArgon2

/// Password hashes by Argon2id (RFC 9106) at OWASP's parameters: 19 MiB, 2 passes, 1 lane.
///
/// Each call computes for tens of milliseconds and must not run on an event loop.
public enum Argon2id {
    /// What a password is to a stored hash.
    public enum Verdict: Sendable {
        /// It is the one hashed.
        case valid
        /// It is the one hashed, with weaker parameters than today's: hash it again.
        case validNeedsUpgrade
        /// It is another, or the hash isn't one of Argon2id.
        case invalid
    }

    static let current = Argon2Parameters(memory: 19_456, passes: 2, lanes: 1, saltLength: 16, hashLength: 32)

    /// A new hash of `password` in the PHC string format, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
    public static func hash(_ password: String) throws(CryptoError) -> String {
        let parameters = current
        let salt = randomBytes(parameters.saltLength)
        let bytes = Array(password.utf8)
        let capacity = argon2_encodedlen(
            parameters.passes, parameters.memory, parameters.lanes, UInt32(salt.count),
            UInt32(parameters.hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: capacity)
        let code = argon2id_hash_encoded(
            parameters.passes, parameters.memory, parameters.lanes, bytes, bytes.count, salt, salt.count,
            parameters.hashLength, &encoded, encoded.count)
        guard code == ARGON2_OK.rawValue else { throw .libraryFailed }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Compares `password` with a stored hash, in time that doesn't depend on where they differ.
    public static func verify(_ password: String, _ phc: String) -> Verdict {
        guard let parameters = Argon2Parameters(phc: phc), parameters.isAffordable else { return .invalid }
        let bytes = Array(password.utf8)
        guard argon2id_verify(phc, bytes, bytes.count) == ARGON2_OK.rawValue else { return .invalid }
        return parameters.isWeaker(than: current) ? .validNeedsUpgrade : .valid
    }
}
