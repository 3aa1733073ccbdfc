internal import Kernel
public import Wire

/// A company on a server under test, with its people.
public final class Company {
    /// The first admin's client.
    public let admin: APIClient
    public let id: UUIDv7
    public let adminID: UUIDv7
    /// The admin's address and the password of all its people.
    public let email: String
    public static let password = "a long enough passphrase"
    private let platform: TestPlatform

    init(_ platform: TestPlatform, admin: APIClient, id: UUIDv7, adminID: UUIDv7, email: String) {
        self.platform = platform
        self.admin = admin
        self.id = id
        self.adminID = adminID
        self.email = email
    }

    /// Sends a request as the admin.
    @discardableResult
    public func send(
        _ method: String, _ path: String, _ body: JSON? = nil, headers: [String: String] = [:]
    ) throws -> APIResponse {
        try admin.send(method, path, body, headers: headers)
    }

    /// The id of a built-in role.
    public func role(_ key: String) throws -> String {
        let roles = try send("GET", "roles?limit=200").json["data"]?.arrayValue ?? []
        guard let id = roles.first(where: { $0["key"]?.stringValue == key })?["id"]?.stringValue else {
            throw CompanyError.missing("role \(key)")
        }
        return id
    }

    /// Invites a person, accepts as them, and gives their client with their id. `role` is a built-in role's
    /// key.
    public func join(_ name: String, role: String, teams: [String] = []) async throws -> (
        client: APIClient, id: UUIDv7
    ) {
        try await join(name, roleID: try self.role(role), teams: teams)
    }

    /// The same with a role of the company's own.
    public func join(
        _ name: String, roleID: String, teams: [String] = []
    ) async throws -> (client: APIClient, id: UUIDv7) {
        let email = "\(name.lowercased().replacing(" ", with: "."))@\(id).example"
        let invited = try send(
            "POST", "invitations",
            [
                "email": .string(email), "role_id": .string(roleID),
                "team_ids": .array(teams.map { .string($0) }),
            ])
        guard invited.status == 201 else { throw CompanyError.refused(invited.text) }
        try await platform.drain()
        let token = try platform.token(in: "invitation", to: email)
        let client = platform.client()
        let accepted = try client.send(
            "POST", "invitations/accept",
            ["token": .string(token), "name": .string(name), "password": .string(Self.password)])
        guard let access = accepted.json["access_token"]?.stringValue,
            let user = accepted.json["user"]?["id"]?.stringValue.flatMap({ UUIDv7($0) })
        else { throw CompanyError.refused(accepted.text) }
        client.token = access
        return (client: client, id: user)
    }

    /// Makes a custom role of these permissions with their scopes, and gives its id.
    public func makeRole(_ name: String, _ grants: [String: String]) throws -> String {
        let rights = grants.sorted { $0.key < $1.key }.map { grant -> JSON in
            ["permission": .string(grant.key), "scope": .string(grant.value)]
        }
        return try make("roles", ["name": .string(name), "grants": .array(rights)])
    }

    /// Makes a record as the admin, and gives its id.
    public func make(_ path: String, _ body: JSON) throws -> String {
        let made = try send("POST", path, body)
        guard made.status == 201, let id = made.json["id"]?.stringValue else {
            throw CompanyError.refused(made.text)
        }
        return id
    }
}

/// What kept a fixture from being made.
public enum CompanyError: Error, Sendable {
    case refused(String)
    case missing(String)
}

extension TestPlatform {
    /// Signs a company up and verifies its first admin's address.
    public func signUp(_ name: String, currency: String = "EUR", locale: String = "en") async throws
        -> Company
    {
        let client = client()
        let email = "admin@\(name.lowercased().replacing(" ", with: "-"))-\(UUIDv7.make()).example"
        let answer = try client.send(
            "POST", "auth/signup",
            [
                "email": .string(email), "password": .string(Company.password), "name": "Ada Rossi",
                "organization": [
                    "name": .string(name), "currency": .string(currency), "locale": .string(locale),
                ],
            ])
        guard answer.status == 201, let token = answer.json["access_token"]?.stringValue,
            let id = answer.json["organization"]?["id"]?.stringValue.flatMap({ UUIDv7($0) }),
            let user = answer.json["user"]?["id"]?.stringValue.flatMap({ UUIDv7($0) })
        else { throw CompanyError.refused(answer.text) }
        client.token = token
        try await drain()
        let verified = try client.send(
            "POST", "auth/verify", ["token": .string(try self.token(in: "verify", to: email))])
        guard verified.status == 204 else { throw CompanyError.refused(verified.text) }
        return Company(self, admin: client, id: id, adminID: user, email: email)
    }

    /// The token in the link of the newest mail to an address.
    public func token(in kind: String, to address: String) throws -> String {
        guard let mail = mail(to: address) else { throw CompanyError.missing("mail to \(address)") }
        // Quoted-printable breaks long lines with `=` and writes `=` itself as `=3D`.
        let text = mail.replacing("=\r\n", with: "").replacing("=\n", with: "").replacing("=3D", with: "=")
        guard let start = text.firstRange(of: "token=") else {
            throw CompanyError.missing("a token in the mail")
        }
        return String(text[start.upperBound...].prefix { $0.isLetter || $0.isNumber || "-_.~".contains($0) })
    }
}
