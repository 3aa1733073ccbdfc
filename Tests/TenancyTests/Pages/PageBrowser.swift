import TestKit
import Testing
import Wire

/// A browser without scripts: it keeps cookies, remembers the page that it shows, and sends its form with all that
/// is hidden there.
final class PageBrowser {
    let client: APIClient
    private(set) var cookies: [String: String] = [:]
    private(set) var page = ""

    init(_ client: APIClient) { self.client = client }

    /// Looks at a page.
    @discardableResult
    func visit(_ path: String, headers: [String: String] = [:]) throws -> APIResponse {
        try ask("GET", path, bytes: nil, headers)
    }

    /// Fills in the form of the page that is shown and sends it to its address; `nil` leaves a hidden member out.
    @discardableResult
    func submit(_ fields: [String: String?] = [:], headers: [String: String] = [:]) throws -> APIResponse {
        let action = try #require(page.firstMatch(of: /<form method="post" action="([^"]*)"/)).output.1
        var members: [String: String] = [:]
        for hidden in page.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/) {
            members[Self.plain(hidden.output.1)] = Self.plain(hidden.output.2)
        }
        for (name, value) in fields { members[name] = value }
        return try post(Self.plain(action), members, headers: headers)
    }

    /// Sends a form to an address, whatever is shown.
    @discardableResult
    func post(
        _ path: String, _ members: [String: String], headers more: [String: String] = [:]
    ) throws -> APIResponse {
        let body = members.sorted { $0.key < $1.key }.map {
            "\(Self.escaped($0.key))=\(Self.escaped($0.value))"
        }
        var headers = [
            "Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost:8080",
        ]
        headers.merge(more) { _, new in new }
        return try ask("POST", path, bytes: Array(body.joined(separator: "&").utf8), headers)
    }

    /// The value of a field that is shown.
    func value(of field: String) throws -> String? {
        let input = try Regex("<input id=\"\(field.replacing(".", with: "\\."))\"[^>]*>")
        guard let found = page.firstMatch(of: input) else { return nil }
        return page[found.range].firstMatch(of: /value="([^"]*)"/).map { Self.plain($0.output.1) } ?? ""
    }

    /// Whether a field is marked as wrong, and says why where those who don't see it hear it.
    func isFaulty(_ field: String) -> Bool {
        page.contains("id=\"\(field)-fault\"") && page.contains("\(field)-fault\" aria-invalid=\"true\"")
    }

    private func ask(_ method: String, _ path: String, bytes: [UInt8]?, _ more: [String: String]) throws
        -> APIResponse
    {
        var headers = ["Accept": "text/html"]
        if !cookies.isEmpty {
            headers["Cookie"] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                .joined(separator: "; ")
        }
        headers.merge(more) { _, new in new }
        let answer = try client.send(
            method, path, bytes: bytes, headers: headers.filter { !$0.value.isEmpty })
        for line in answer.headers.filter({ $0.name == "set-cookie" }).map(\.value) {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            let isGone = line.contains("Max-Age=0") || pair.count < 2
            cookies[String(pair[0])] = isGone ? nil : String(pair[1])
        }
        if answer.status != 303 { page = answer.text }
        return answer
    }

    /// Forgets a cookie.
    func forget(_ name: String) { cookies[name] = nil }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: String(UnicodeScalar(byte))
            default: "%" + Hex.encode([byte])
            }
        }.joined()
    }

    private static func plain(_ text: some StringProtocol) -> String {
        String(text).replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&amp;", with: "&")
    }
}

extension APIResponse {
    /// Where a 303 leads.
    var location: String? { status == 303 ? header("location") : nil }
}
