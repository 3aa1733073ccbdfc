import Crypto
import TestKit
import Wire

/// A person's authenticator: what was set up for them, and codes of it at a clock's moment.
struct Authenticator {
    let secret: String
    let recoveryCodes: [String]
    private let passwords: OneTimePassword

    /// Sets one up for the client's person and confirms it.
    static func setUp(_ client: APIClient, at now: Instant = .now()) throws -> Authenticator {
        let made = try client.send("POST", "auth/totp", ["password": .string(Company.password)])
        guard let authenticator = Authenticator(made.json) else { throw CompanyError.refused(made.text) }
        let confirmed = try client.send(
            "POST", "auth/totp/confirm", ["code": .string(authenticator.code(at: now))])
        guard confirmed.status == 204 else { throw CompanyError.refused(confirmed.text) }
        return authenticator
    }

    /// Reads what `POST /auth/totp` answered.
    init?(_ json: JSON) {
        secret = json.text("secret")
        recoveryCodes = (json["recovery_codes"]?.arrayValue ?? []).compactMap(\.stringValue)
        guard let passwords = OneTimePassword(base32: secret) else { return nil }
        self.passwords = passwords
    }

    func code(at moment: Instant) -> String { passwords.code(ofStep: OneTimePassword.step(at: moment)) }
}

extension APIClient {
    /// Signs in with a second factor, keeping nothing.
    func logIn(_ email: String, totp: String) throws -> APIResponse {
        try send(
            "POST", "auth/login",
            ["email": .string(email), "password": .string(Company.password), "totp": .string(totp)])
    }
}
