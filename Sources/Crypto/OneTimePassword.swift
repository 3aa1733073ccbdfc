public import Wire

/// Codes of six digits that change every 30 seconds: TOTP of RFC 6238 by HMAC-SHA-1, what every authenticator
/// reads.
public struct OneTimePassword: Sendable {
    /// Seconds that a code stands for.
    public static let period: Int64 = 30
    private static let digits = 6

    /// The bytes that both sides know; RFC 4226 asks for 16 at least and advises 20.
    public let secret: [UInt8]

    /// Codes of a secret.
    public init(secret: [UInt8]) { self.secret = secret }

    /// Codes of a new secret of 20 random bytes.
    public static func random() -> OneTimePassword { OneTimePassword(secret: randomBytes(20)) }

    /// The step that a moment lies in.
    public static func step(at moment: Instant) -> Int64 { moment.milliseconds / 1000 / period }

    /// The code of a step, truncated as RFC 4226, 5.3 says.
    public func code(ofStep step: Int64) -> String {
        let digest = hmacSHA1(UInt64(bitPattern: step).bigEndianBytes, key: secret)
        let start = Int(digest[19] & 0x0f)
        let word = digest[start..<(start + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let code = String(word % 1_000_000)
        return String(repeating: "0", count: Self.digits - code.count) + code
    }

    /// The step within one of the moment's whose code this is, after `last`; nil when there is none.
    public func step(of code: String, at moment: Instant, after last: Int64) -> Int64? {
        let now = Self.step(at: moment)
        return (now - 1...now + 1).first {
            $0 > last && constantTimeEquals(Array(self.code(ofStep: $0).utf8), Array(code.utf8))
        }
    }

    /// The address that authenticators read as a QR code (the Key Uri Format). `account` and `issuer` are
    /// shown there.
    public func address(account: String, issuer: String) -> String {
        let label = "\(Self.escaped(issuer)):\(Self.escaped(account))"
        return "otpauth://totp/\(label)?secret=\(Base32.encode(secret))&issuer=\(Self.escaped(issuer))"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.period)"
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-._~".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%\(Hex.encode([byte]).uppercased())"
        }.joined()
    }
}
