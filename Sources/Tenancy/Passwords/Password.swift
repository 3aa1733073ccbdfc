internal import Crypto
internal import Kernel
internal import Loop

/// Passwords: what is asked of a new one, and Argon2id on the threads that are kept for it.
///
/// NIST SP 800-63B, 3.1.1: length, a list of common ones, nothing about kinds of characters, no expiry.
enum Password {
    /// Shortest and longest in characters.
    static let shortest = 10
    static let longest = 1000

    /// Parts of a name or address shorter than this say nothing of a password.
    private static let shortestPart = 4

    /// The code of what is wrong with a new password, for `Field.validated`.
    static func fault(_ value: Value) -> String? {
        guard let password = value.textValue else { return nil }
        let scalars = Array(password.lowercased().unicodeScalars)
        guard password.unicodeScalars.count >= shortest else { return "password_too_short" }
        let isCommon = CommonPasswords.all.contains(password.lowercased())
        return isCommon || isRepetition(scalars) || isSequence(scalars) ? "password_too_common" : nil
    }

    /// The code of what is wrong with it for this person: one that holds the person's name or address is
    /// guessed first.
    static func fault(_ password: String, email: String, name: String) -> String? {
        let folded = password.lowercased()
        let account = email.lowercased().split(separator: "@").first.map(String.init) ?? ""
        let parts = [account] + (name.lowercased().split { !$0.isLetter }).map(String.init)
        let isPersonal = parts.contains { $0.count >= shortestPart && folded.contains($0) }
        return isPersonal ? "password_too_personal" : nil
    }

    /// A short piece over and over: `abcabcabcabc`.
    private static func isRepetition(_ scalars: [Unicode.Scalar]) -> Bool {
        (1...4).contains { period in
            scalars.indices.dropFirst(period).allSatisfy { scalars[$0] == scalars[$0 - period] }
        }
    }

    /// One character after the other: `abcdefghijk`, `9876543210`.
    private static func isSequence(_ scalars: [Unicode.Scalar]) -> Bool {
        let steps = Set(zip(scalars, scalars.dropFirst()).map { Int($1.value) - Int($0.value) })
        return steps == [1] || steps == [-1]
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
