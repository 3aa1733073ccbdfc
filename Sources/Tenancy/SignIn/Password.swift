internal import Crypto
internal import Kernel
internal import Loop

/// Passwords: what is asked of a new one, and Argon2id on the threads that are kept for it.
enum Password {
    /// Shortest and longest in characters: NIST SP 800-63B asks for 8 at least and for room for 64.
    static let shortest = 8
    static let longest = 256

    /// What attackers try first, from published lists; refused whatever the case.
    private static let common: Set<String> = [
        "password", "password1", "password12", "password123", "password1234", "passw0rd", "p@ssw0rd",
        "p@ssword",
        "12345678", "123456789", "1234567890", "12341234", "11111111", "00000000", "87654321", "123123123",
        "qwertyui", "qwertyuiop", "qwerty123", "qwerty12345", "1q2w3e4r", "1q2w3e4r5t", "asdfghjkl",
        "zxcvbnm123",
        "iloveyou", "sunshine", "princess", "football", "baseball", "superman", "trustno1", "welcome1",
        "welcome123",
        "letmein1", "letmein123", "changeme", "changeme123", "admin123", "administrator", "abcd1234",
        "abc12345",
        "juventus", "francesco", "alessandro", "andrea123", "ciaociao", "amoremio", "giuseppe", "napoli1926",
    ]

    /// The code of what is wrong with a new password, for `Field.validated`.
    static func fault(_ value: Value) -> String? {
        guard let password = value.textValue else { return nil }
        guard password.unicodeScalars.count >= shortest else { return "password_too_short" }
        let isOneCharacter = Set(password.unicodeScalars).count == 1
        return isOneCharacter || common.contains(password.lowercased()) ? "password_too_common" : nil
    }

    /// A hash to keep. Never called inside a transaction: it takes tens of milliseconds.
    static func hash(_ password: String, in context: Context) async throws(Problem) -> String {
        do { return try await context.runtime.hashing.run { try Argon2id.hash(password) } } catch {
            throw Problem.unavailable
        }
    }

    /// Compares with a kept hash; with none, the same work is done against one that nothing fits.
    static func verify(_ password: String, _ hash: String?, in context: Context) async throws(Problem)
        -> Argon2id.Verdict
    {
        do {
            return try await context.runtime.hashing.run {
                guard let hash else {
                    _ = Argon2id.verify(password, unknown)
                    return .invalid
                }
                return Argon2id.verify(password, hash)
            }
        } catch {
            throw Problem.unavailable
        }
    }

    /// Made once, of bytes that nobody knows. Empty if there was no memory for it: then nothing fits either.
    private static let unknown = (try? Argon2id.hash(Token.random())) ?? ""
}
