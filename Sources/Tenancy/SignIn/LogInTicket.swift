internal import Crypto
internal import Kernel
internal import Wire

/// Says for five minutes that somebody's password was right: what the page of the second step sends along, so
/// that no page holds a password.
///
/// It opens nothing without a code. A new password voids it, and the realms' tickets differ.
struct LogInTicket: Sendable {
    /// Seconds.
    private static let lifetime: Int64 = 300
    private static let head = 40

    /// The address that was signed in with.
    let email: String
    private let issuedAt: Instant
    private let code: [UInt8]

    /// A ticket of whoever has just proved the password with that hash.
    static func make(_ email: String, hash: String, realm: Attempts.Realm, in context: Context) -> String {
        let code = Self.code(email, hash, realm, context.now, in: context)
        let moment = UInt64(bitPattern: context.now.milliseconds).bigEndianBytes
        return Base64.encode(moment + code + Array(email.utf8), url: true)
    }

    /// Reads one, which need not hold.
    init?(_ text: String) {
        guard text.utf8.count <= 1000, let bytes = Base64.decode(text, url: true), bytes.count > Self.head,
            let email = String(validating: bytes[Self.head...], as: UTF8.self)
        else { return nil }
        self.email = email
        issuedAt = Instant(milliseconds: Int64(bitPattern: UInt64(bigEndianBytes: Array(bytes[..<8]))))
        code = Array(bytes[8..<Self.head])
    }

    /// Whether it holds for the account with that hash.
    func holds(hash: String?, realm: Attempts.Realm, in context: Context) -> Bool {
        guard let hash, issuedAt <= context.now, context.now < issuedAt.adding(seconds: Self.lifetime) else {
            return false
        }
        return constantTimeEquals(code, Self.code(email, hash, realm, issuedAt, in: context))
    }

    /// Each part behind its length, so that none runs into the next.
    private static func code(
        _ email: String, _ hash: String, _ realm: Attempts.Realm, _ moment: Instant, in context: Context
    ) -> [UInt8] {
        let secret = context.runtime.configuration.secretKey
        let key = hmacSHA256(Array("log_in_tickets".utf8), key: secret)
        let told = [realm.rawValue, email, hash, "\(moment.milliseconds)"].map { "\($0.utf8.count):\($0)" }
        return hmacSHA256(Array(told.joined().utf8), key: key)
    }
}
