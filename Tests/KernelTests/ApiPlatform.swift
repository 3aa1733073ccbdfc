import TestKit
import Wire

/// The server that the tests of the API's contract share; each test has a company of its own.
enum ApiPlatform {
    static let shared = Task { try await TestPlatform() }

    static func company(_ name: String = "Contract") async throws -> Company {
        try await shared.value.signUp(name)
    }
}

extension APIResponse {
    /// The ids of a page's records.
    var ids: [String] { (json["data"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue } }

    /// A member of `page`.
    func page(_ member: String) -> JSON { json["page"]?[member] ?? .null }
}
