import Kernel
import Postgres
import TestKit
import Wire

/// Sends what no client should, and notes every answer that is not as api.md says.
///
/// A class, as it owns a connection and a list that grows.
final class HostileCaller {
    let platform: TestPlatform
    let client: APIClient
    let requests: SampleRequests
    private(set) var count = 0
    /// The faults found, each kind once, with the request that showed it first.
    private(set) var faults: [String] = []
    private var found: Set<String> = []
    /// How many answers had a status.
    private(set) var statuses: [Int: Int] = [:]
    private let email: String
    /// Of one of the vendor's people, for the routes of that realm.
    private let vendorToken: String

    private static let shared = Task { try await TestPlatform() }

    /// The admin of a company of its own, with records of every entity.
    init() async throws {
        platform = try await Self.shared.value
        try Self.forgetGuesses(platform)
        let company = try await platform.signUp("Hostile")
        email = company.email
        let vendor = try await VendorPerson.make(on: platform)
        vendorToken = vendor.client.token ?? ""
        client = platform.client(token: company.admin.token)
        let registry = platform.runtime.registry
        requests = SampleRequests(
            registry, try SampleRecords.fill(company, registry, mark: "hostile"), mark: "hostile")
    }

    var routes: [RouteDefinition] { platform.runtime.registry.routes }

    func isHealthy() throws -> Bool {
        client.token = nil
        try Self.forgetGuesses(platform)
        try signIn()
        return try client.send("GET", "me").status == 200
    }

    /// Guesses make this address wait: what is sent next would not be looked at.
    private static func forgetGuesses(_ platform: TestPlatform) throws {
        try platform.database.admin("delete from platform.sign_in_attempts")
    }

    private func signIn() throws {
        let answer = try client.send(
            "POST", "auth/login", ["email": .string(email), "password": .string(Company.password)])
        guard let token = answer.json["access_token"]?.stringValue else {
            throw CompanyError.refused(answer.text)
        }
        client.token = token
    }

    /// The body that the route takes, with other JSON in the place of one member, well-formed or not.
    func body(of route: RouteDefinition, _ key: String, _ json: String) -> [UInt8] {
        let standard = requests.body(for: route)?.objectValue?.entries ?? []
        // Two ways to name records, or to say what becomes of them, exclude each other.
        let others = ["filter": "ids", "q": "ids", "delete": "set"]
        let rival = route.operation == .bulk ? others[key] : nil
        let kept = standard.filter { $0.key != key && $0.key != rival }.map {
            "\(JSON.string($0.key).text):\($0.value.text)"
        }
        return Array("{\((kept + ["\(JSON.string(key).text):\(json)"]).joined(separator: ","))}".utf8)
    }

    /// The names that a query of the route may have.
    func parameters(of route: RouteDefinition) -> [String] {
        guard route.entity != nil else {
            return route.input.map(\.key).filter { !route.route.parameters.contains($0) }
        }
        return [
            "limit", "cursor", "sort", "include", "fields", "filter", "q", "page", "group_by", "measures",
            "count", "format",
            "member_id", "deleted", "order", "id",
        ]
    }

    /// The filters of a list, each field with each of its operators.
    func filters(of route: RouteDefinition) -> [String] {
        guard route.operation == .list,
            let entity = route.entity.flatMap({ platform.runtime.registry.entity($0) })
        else { return [] }
        return entity.fields.flatMap { field in
            FilterOperator.allowed(for: field.kind).map { "\(field.key)[\($0.rawValue)]" }
        }
    }

    /// Sends one request about an own record (or what stands for its id) and looks at the answer.
    func send(
        _ route: RouteDefinition, id: String? = nil, query: String? = nil, header: String? = nil,
        body: [UInt8]? = nil,
        _ name: String
    ) throws {
        let bytes = body ?? (route.isReading || route.verb == "DELETE" ? [] : Array("[]".utf8))
        // An own record is not deleted: the next request wants it.
        let own = route.verb == "DELETE" ? nil : requests.ownID(for: route)
        let path = SampleRequests.path(of: route, naming: id ?? own ?? UUIDv7.make().description)
        let target = "\(route.verb) /api/v1\(path)\(query.map { "?\($0)" } ?? "") HTTP/1.1"
        count += 1
        if count.isMultiple(of: 25) { try Self.forgetGuesses(platform) }
        do {
            let token = token(for: route)
            var answer = try client.exchange(
                head(target, header, bytes.count, token) + bytes, method: route.verb)
            let isVendor = route.access.vendorRole != nil
            if answer.status == 401, !isVendor, header?.hasPrefix("Authorization:") != true {
                // What was sent before ended the session, as it should.
                try signIn()
                answer = try client.exchange(
                    head(target, header, bytes.count, client.token ?? "") + bytes, method: route.verb)
            }
            statuses[answer.status, default: 0] += 1
            if let fault = answer.formFault { note("\(route.verb) \(route.path) \(fault)", name) }
        } catch {
            note("\(route.verb) \(route.path) no answer: \(error)", name)
        }
    }

    /// The one of the route's realm; log-out there is left to a tenant, as a code opens one session only.
    private func token(for route: RouteDefinition) -> String {
        let isVendor = route.access.vendorRole != nil && route.path != "/vendor/auth/logout"
        return isVendor ? vendorToken : client.token ?? ""
    }

    private func head(_ target: String, _ header: String?, _ length: Int, _ token: String) -> [UInt8] {
        var head = "\(target)\r\n"
        let standard =
            [
                "Host: localhost", "Authorization: Bearer \(token)",
                "Content-Type: application/json",
            ] + (length == 0 ? [] : ["Content-Length: \(length)"])
        for line in standard where header?.prefix(while: { $0 != ":" }) != line.prefix(while: { $0 != ":" }) {
            head += "\(line)\r\n"
        }
        if let header { head += "\(header)\r\n" }
        return Array("\(head)\r\n".utf8)
    }

    private func note(_ fault: String, _ name: String) {
        if found.insert(fault).inserted { faults.append("\(fault), as by \(name.prefix(120))") }
    }
}
