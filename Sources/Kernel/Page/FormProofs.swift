internal import Crypto
internal import HTTP
internal import Wire

/// Proves that a form was sent by a page that was shown to the same browser: what the form holds belongs to a
/// cookie that no other site can read or, under TLS, set (a signed double submit).
///
/// Nothing is kept: the cookie is 16 random bytes with their HMAC, the form holds another HMAC of them.
struct FormProofs: Sendable {
    /// What belongs to one browser.
    struct Proof: Sendable {
        let field: String
        /// The field that hands the cookie over, where the browser has none.
        let cookie: (name: String, value: String)?
    }

    private static let seedLength = 16

    private let cookieKey: [UInt8]
    private let fieldKey: [UInt8]
    private let isSecure: Bool

    init(publicURL: String, secretKey: [UInt8]) {
        cookieKey = hmacSHA256(Array("form_cookie".utf8), key: secretKey)
        fieldKey = hmacSHA256(Array("form_proof".utf8), key: secretKey)
        isSecure = publicURL.hasPrefix("https://")
    }

    /// Under TLS the prefix keeps other hosts of the domain from setting it.
    private var name: String { isSecure ? "__Host-stratikey_form" : "stratikey_form" }

    /// The proof of the browser's cookie, or of a new one.
    func proof(for request: Request) -> Proof {
        if let seed = seed(in: request) { return Proof(field: field(of: seed), cookie: nil) }
        let seed = randomBytes(Self.seedLength)
        let text = Base64.encode(seed + hmacSHA256(seed, key: cookieKey), url: true)
        let attributes = "Path=/; SameSite=Lax\(isSecure ? "; Secure" : ""); HttpOnly"
        return Proof(
            field: field(of: seed), cookie: (name: "Set-Cookie", value: "\(name)=\(text); \(attributes)"))
    }

    /// Whether what a form sent belongs to the cookie that came with it.
    func holds(_ sent: String?, for request: Request) -> Bool {
        guard let sent, let seed = seed(in: request) else { return false }
        return constantTimeEquals(Array(sent.utf8), Array(field(of: seed).utf8))
    }

    private func field(of seed: [UInt8]) -> String {
        Base64.encode(hmacSHA256(seed, key: fieldKey), url: true)
    }

    private func seed(in request: Request) -> [UInt8]? {
        guard let text = Cookies.value(name, in: request.headers.all("cookie")),
            let bytes = Base64.decode(text, url: true), bytes.count == Self.seedLength + 32
        else { return nil }
        let seed = Array(bytes[..<Self.seedLength])
        let code = Array(bytes[Self.seedLength...])
        return constantTimeEquals(code, hmacSHA256(seed, key: cookieKey)) ? seed : nil
    }
}

/// The pairs of `Cookie` fields.
enum Cookies {
    /// The first value of a name.
    static func value(_ name: String, in fields: [String]) -> String? {
        for field in fields {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, String(parts[0]).trimmed == name { return String(parts[1]).trimmed }
            }
        }
        return nil
    }
}
