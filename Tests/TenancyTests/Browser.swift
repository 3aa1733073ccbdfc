import TestKit
import Wire

/// A browser as far as cookies go: it keeps them, sends them, and its pages send what they read of them.
final class Browser {
    let client: APIClient
    private(set) var cookies: [String: String] = [:]
    /// What a page sends; a tab keeps its own.
    var organization: String?
    /// Lines of the last answer's Set-Cookie.
    private(set) var setCookies: [String] = []

    init(_ client: APIClient) { self.client = client }

    var proof: String { cookies["stratikey_csrf"] ?? "" }

    @discardableResult
    func send(
        _ method: String, _ path: String, _ body: JSON? = nil, headers more: [String: String] = [:]
    ) throws -> APIResponse {
        var headers: [String: String] = [:]
        if !cookies.isEmpty {
            headers["Cookie"] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                .joined(separator: "; ")
        }
        if method != "GET", !proof.isEmpty { headers["X-CSRF-Token"] = proof }
        headers["X-Organization-ID"] = organization
        headers.merge(more) { _, new in new }
        headers = headers.filter { !$0.value.isEmpty }
        let answer = try client.send(method, path, body, headers: headers)
        keep(answer)
        return answer
    }

    /// Signs in as a page does.
    @discardableResult
    func logIn(_ email: String) throws -> APIResponse {
        let answer = try send(
            "POST", "auth/login", ["email": .string(email), "password": .string(Company.password)],
            headers: ["X-Session": "cookie"])
        organization = answer.json["organization_id"]?.stringValue
        return answer
    }

    private func keep(_ answer: APIResponse) {
        setCookies = answer.headers.filter { $0.name == "set-cookie" }.map(\.value)
        for line in setCookies {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            let isGone = line.contains("Max-Age=0")
            cookies[String(pair[0])] = isGone || pair.count < 2 ? nil : String(pair[1])
        }
    }
}
