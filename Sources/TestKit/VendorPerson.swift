internal import Crypto
public import Kernel
internal import Tenancy
public import Wire

/// One of the vendor's people on a server under test, signed in with a second factor.
public struct VendorPerson: Sendable {
    public let email: String
    public let password: String
    /// In base 32, as authenticators are told it.
    public let secret: String
    private let port: Int
    private let access: String
    /// The next pair of tokens is had by it.
    public let refreshToken: String

    /// A client that sends the person's access token.
    public var client: APIClient { APIClient(port: port, token: access) }

    /// Makes a person as the operator's command does, and sets the second factor up at the platform's moment.
    public static func make(
        _ role: VendorRole = .superAdmin, on platform: TestPlatform
    ) async throws -> VendorPerson {
        let email = "vendor-\(UUIDv7.make())@vendor.example"
        let password = "quite unlikely words"
        let runtime = platform.runtime
        try await platform.onLoop {
            try await VendorPeople(Context.command("vendor create", runtime: runtime)).create(
                VendorPeople.Person(email: email, name: "Vera Venturi", role: role.rawValue),
                password: password, isOneTime: false)
        }
        let client = platform.client()
        let begun = try client.send(
            "POST", "vendor/auth/login", ["email": .string(email), "password": .string(password)])
        let token = begun.json["enrolment_token"] ?? .null
        let made = try client.send("POST", "vendor/auth/totp", ["enrolment_token": token])
        guard let secret = made.json["secret"]?.stringValue,
            let code = code(of: secret, at: runtime.clock.now())
        else { throw CompanyError.refused("\(begun.text) \(made.text)") }
        let signedIn = try client.send(
            "POST", "vendor/auth/totp/confirm", ["enrolment_token": token, "code": .string(code)])
        guard let access = signedIn.json["access_token"]?.stringValue,
            let refresh = signedIn.json["refresh_token"]?.stringValue
        else { throw CompanyError.refused(signedIn.text) }
        return VendorPerson(
            email: email, password: password, secret: secret, port: platform.port, access: access,
            refreshToken: refresh)
    }

    /// The code that an authenticator shows for a secret; nil when it is no base 32.
    public static func code(of secret: String, at moment: Instant) -> String? {
        OneTimePassword(base32: secret)?.code(ofStep: OneTimePassword.step(at: moment))
    }
}
