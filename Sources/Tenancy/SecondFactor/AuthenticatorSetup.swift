internal import Crypto
internal import Kernel
internal import Wire

/// What an authenticator is set up with: the secret, its address, and the address as a QR code.
struct AuthenticatorSetup: Sendable {
    let passwords: OneTimePassword
    /// Who signs in, as authenticators show it.
    let account: String
    /// Where, as authenticators show it.
    let issuer: String

    /// Opens an authenticator on the same device.
    var address: String { passwords.address(account: account, issuer: issuer) }

    /// As answers carry it. Never logged: who has one of the three has the second factor.
    func json() throws(Problem) -> JSONObject {
        // Addresses of e-mail are ASCII and short: every one fits.
        guard let code = QRCode(address) else { throw Problem(500, "internal") }
        var json = JSONObject()
        json["secret"] = .string(Base32.encode(passwords.secret))
        json["otpauth_url"] = .string(address)
        json["qr"] = code.json
        return json
    }

    /// What `json` holds.
    static let members: [AnswerShape.FieldSummary] = [
        .init("secret", "string"), .init("otpauth_url", "string"), .init("qr", of: QRCode.members),
    ]
}
