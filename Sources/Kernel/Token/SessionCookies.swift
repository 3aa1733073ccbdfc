internal import Crypto
public import Wire

/// How an opened or renewed session is handed over.
public enum SessionHandover: Sendable, Equatable {
    /// As tokens in the body, for programs.
    case tokens
    /// As a cookie that no script can read, for browsers.
    case cookie
}

/// What a browser's session cookie says: which session, acting where, and since when it holds.
struct SessionCookie: Sendable, Equatable {
    let session: UUIDv7
    let organization: UUIDv7?
    let issuedAt: Instant
    var realm = TokenAudience.api
}

/// Makes and reads the cookies of browser sessions, and the tokens that prove a request is no other site's.
///
/// The cookie is signed, not kept: whether the session lives is asked of the database as for access tokens.
/// Another organization is another cookie, so that a tab of before is noticed. Each realm has names and keys of
/// its own: a cookie of one opens nothing in the other.
public struct SessionCookies: Sendable {
    /// Seconds without a request after which a browser's session ends, as a refresh token does.
    public static let idleLifetime: Int64 = 43_200
    /// Seconds after which a session ends however often it was renewed: 30 days.
    public static let longestSession: Int64 = 2_592_000
    /// The same in the vendor's realm, where much is open: a day.
    public static let longestVendorSession: Int64 = 86_400
    /// Seconds after which a cookie in use is renewed.
    static let renewal: Int64 = 300

    private let key: [UInt8]
    private let proofKey: [UInt8]
    private let isSecure: Bool
    private let realm: TokenAudience

    init(publicURL: String, secretKey: [UInt8], realm: TokenAudience = .api) {
        let prefix = realm == .vendor ? "vendor_" : ""
        key = hmacSHA256(Array("\(prefix)session_cookie".utf8), key: secretKey)
        proofKey = hmacSHA256(Array("\(prefix)csrf_token".utf8), key: secretKey)
        self.realm = realm
        isSecure = publicURL.hasPrefix("https://")
    }

    /// Under TLS the prefix keeps other hosts of the domain from setting it (RFC 6265bis, 4.1.3.2).
    var name: String { "\(prefix)_session" }
    /// Beside it, readable by scripts: what `X-CSRF-Token` has to say.
    var proofName: String { "\(prefix)_csrf" }

    private var prefix: String {
        "\(isSecure ? "__Host-" : "")stratikey\(realm == .vendor ? "_vendor" : "")"
    }

    /// The fields that hand a session to the browser, or hand it over anew.
    public func headers(session: UUIDv7, organization: UUIDv7?, now: Instant) -> [(String, String)] {
        let cookie = SessionCookie(session: session, organization: organization, issuedAt: now)
        return fields(text(of: cookie), proof(of: session), for: Self.idleLifetime)
    }

    /// The fields that take it back.
    public var clearing: [(String, String)] { fields("", "", for: 0) }

    /// What `X-CSRF-Token` has to say in this session.
    public func proof(of session: UUIDv7) -> String {
        Base64.encode(hmacSHA256(session.bytes, key: proofKey), url: true)
    }

    /// Whether it says so.
    func isProof(_ text: String, of session: UUIDv7) -> Bool {
        constantTimeEquals(Array(text.utf8), Array(proof(of: session).utf8))
    }

    /// What the `Cookie` fields of a request hold; nil without a cookie that we signed.
    func read(_ fields: [String]) -> SessionCookie? {
        for field in fields {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, String(parts[0]).trimmed == name else { continue }
                if let cookie = cookie(String(parts[1]).trimmed) { return cookie }
            }
        }
        return nil
    }

    private func fields(_ session: String, _ proof: String, for seconds: Int64) -> [(String, String)] {
        let attributes = "Path=/; Max-Age=\(seconds); SameSite=Lax\(isSecure ? "; Secure" : "")"
        return [
            ("Set-Cookie", "\(name)=\(session); \(attributes); HttpOnly"),
            ("Set-Cookie", "\(proofName)=\(proof); \(attributes)"),
        ]
    }

    private func text(of cookie: SessionCookie) -> String {
        var bytes = cookie.session.bytes + (cookie.organization ?? .zero).bytes
        bytes += UInt64(bitPattern: cookie.issuedAt.milliseconds).bigEndianBytes
        return Base64.encode(bytes + hmacSHA256(bytes, key: key), url: true)
    }

    private func cookie(_ text: String) -> SessionCookie? {
        guard text.utf8.count == 96, let bytes = Base64.decode(text, url: true), bytes.count == 72 else {
            return nil
        }
        let signed = Array(bytes[..<40])
        guard constantTimeEquals(Array(bytes[40...]), hmacSHA256(signed, key: key)),
            let session = UUIDv7(bytes: signed[..<16]), let organization = UUIDv7(bytes: signed[16..<32])
        else { return nil }
        let issued = Int64(bitPattern: UInt64(bigEndianBytes: signed[32...]))
        return SessionCookie(
            session: session, organization: organization == .zero ? nil : organization,
            issuedAt: Instant(milliseconds: issued), realm: realm)
    }
}
