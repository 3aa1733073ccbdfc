internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// A person's second factor as it stands in the database: one-time passwords, and codes for when their device
/// is lost.
struct SecondFactor: Sendable {
    /// Recovery codes that are given out at once.
    static let recoveryCodes = 10

    let person: UUIDv7
    /// False while the person has yet to send a first code.
    let isConfirmed: Bool
    /// The sealed secret: what a code is of.
    private let sealed: [UInt8]
    private let passwords: OneTimePassword
    private let lastStep: Int64

    /// The person's; nil when nothing was set up.
    static func read(of person: UUIDv7, in context: Context) async throws(Problem) -> SecondFactor? {
        let rows = try await context.read(
            """
            select f.sealed, f.is_confirmed, f.last_step, f.codes_left
            from platform.read_totp(\(person)::uuid) as f
            """)
        guard rows.count == 1, let sealed = rows.binary(0, 0) else { return nil }
        return SecondFactor(
            person: person, isConfirmed: rows.bool(0, 1) ?? false, sealed: sealed,
            passwords: try open(sealed, of: person, in: context), lastStep: rows.integer(0, 2) ?? 0)
    }

    /// Whether the person has a second factor that works.
    static func isOn(for person: UUIDv7?, in context: Context) async throws(Problem) -> Bool {
        guard let person else { return false }
        return try await read(of: person, in: context)?.isConfirmed ?? false
    }

    /// Takes a code of the moment or, where the factor is on, a recovery code; each once.
    func takes(_ text: String, in context: Context) async throws(Problem) -> Bool {
        if let code = Self.code(text) { return try await takes(code: code, in: context) }
        guard isConfirmed else { return false }
        let digest = Self.digest(ofRecoveryCode: text, in: context)
        let rows = try await context.write([
            "select platform.use_recovery_code(\(person)::uuid, \(digest)::bytea, \(context.now))"
        ])[0]
        guard rows.bool(0, 0) == true else { return false }
        try await context.personEvent("auth.recovery_code.used", of: person)
        return true
    }

    private func takes(code: String, in context: Context) async throws(Problem) -> Bool {
        guard let step = passwords.step(of: code, at: context.now, after: lastStep) else { return false }
        let rows = try await context.write([
            """
            select platform.use_totp_step(
                \(person)::uuid, \(step), \(!isConfirmed), \(context.now), \(sealed)::bytea)
            """
        ])[0]
        return rows.bool(0, 0) == true
    }

    /// The six digits of a one-time password, however they were grouped; nil where it is none.
    static func code(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "-" }
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return digits
    }

    // MARK: Secrets

    /// AES-256-GCM under a key of its own.
    private static func sealing(_ context: Context) throws(CryptoError) -> SealingKey {
        let secret = context.runtime.configuration.secretKey
        return try SealingKey(hmacSHA256(Array("totp_secrets".utf8), key: secret))
    }

    /// Seals a secret; it opens for its person alone.
    static func seal(_ passwords: OneTimePassword, of person: UUIDv7, in context: Context) throws(Problem)
        -> [UInt8]
    {
        do {
            return try sealing(context).seal(passwords.secret, context: Array(person.description.utf8))
        } catch { throw Problem.unavailable }
    }

    /// Opens what `seal` has made.
    static func open(_ sealed: [UInt8], of person: UUIDv7, in context: Context) throws(Problem)
        -> OneTimePassword
    {
        do {
            let secret = try sealing(context).open(sealed, context: Array(person.description.utf8))
            return OneTimePassword(secret: secret)
        } catch {
            // Sealed under another secret of the installation: nobody signs in without the factor for it.
            context.runtime.log.line(.error, "totp.not_opened")
            throw Problem.unavailable
        }
    }

    /// 80 random bits in four groups of four: `k3vq-…`.
    static func recoveryCode() -> String {
        let letters = Array(Base32.encode(randomBytes(10)).lowercased())
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<($0 + 4)]) }
            .joined(separator: "-")
    }

    /// What is kept of a recovery code: without the installation's secret nothing can be tried against it.
    static func digest(ofRecoveryCode code: String, in context: Context) -> [UInt8] {
        let key = hmacSHA256(Array("recovery_codes".utf8), key: context.runtime.configuration.secretKey)
        let plain = code.lowercased().filter { $0 != " " && $0 != "-" }
        return hmacSHA256(Array(plain.utf8), key: key)
    }
}
