import Kernel
import Tenancy
import TestKit
import Wire

/// One server for the suite, with a plugin whose records have owners and that starts an organization with
/// one.
enum Stage {
    private static let starting = Task {
        try await TestPlatform(plugins: plugins, migrations: [ProbePlugin.migration])
    }

    static let plugins: [any Plugin] = [KernelPlugin(), TenancyPlugin(), ProbePlugin(), ProbeExtrasPlugin()]

    static var platform: TestPlatform { get async throws { try await starting.value } }

    /// A company whose admin's address is verified.
    static func company(_ name: String) async throws -> Company { try await platform.signUp(name) }

    /// An address that nobody has.
    static func address(_ name: String) -> String { "\(name)-\(UUIDv7.make())@example.com" }
}

/// What is sent to sign up.
struct Newcomer {
    var email: String
    var password = Company.password
    var name = "Ada Rossi"
    var organization: JSON = ["name": "Rossi"]

    init(_ name: String = "ada") { email = Stage.address(name) }

    var json: JSON {
        [
            "email": .string(email), "password": .string(password), "name": .string(name),
            "organization": organization,
        ]
    }
}

extension APIClient {
    /// Signs in and keeps the token.
    @discardableResult
    func logIn(_ email: String, _ password: String = Company.password) throws -> APIResponse {
        let answer = try send("POST", "auth/login", ["email": .string(email), "password": .string(password)])
        token = answer.json["access_token"]?.stringValue ?? token
        return answer
    }
}

extension JSON {
    /// The member as text, empty where it is none.
    func text(_ key: String) -> String { self[key]?.stringValue ?? "" }
    /// The entries of the list `data`.
    var data: [JSON] { self["data"]?.arrayValue ?? [] }
}
