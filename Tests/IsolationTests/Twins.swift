import Kernel
import Postgres
import TestKit
import Wire

/// Two companies with the same shape of data: A, whose people try, and B, of whom no byte may be seen.
///
/// Made once; B is left alone afterwards, so that every test can compare its rows with those of the
/// beginning.
struct Twins: Sendable {
    /// A company as its people know it.
    struct Twin: Sendable {
        let id: UUIDv7
        let mark: String
        let adminID: UUIDv7
        /// Access tokens by role; `nothing` is a custom role without any right.
        let tokens: [String: String]
        let records: SampleRecords

        /// Every id that names something of this company, by what it names.
        let ids: [String: [String]]
    }

    let platform: TestPlatform
    let a: Twin
    let b: Twin
    /// B's rows as they were when all was made.
    let before: [String: String]
    /// What B itself got: status by `<path>/<id>`, for records that B made.
    let controls: [String: Int]
    /// Cursors that B was given, by path.
    let cursors: [String: String]

    /// What A's people send.
    var requests: SampleRequests { SampleRequests(platform.runtime.registry, a.records, mark: a.mark) }

    static let shared = Task { try await Twins() }

    /// The roles of A that try, those without a company's rights first.
    static let roles = ["nothing"] + BuiltInRole.allCases.map(\.rawValue)

    init() async throws {
        platform = try await TestPlatform()
        let markA = "alpha-\(UUIDv7.make().description.suffix(12))"
        let markB = "canary-\(UUIDv7.make().description.suffix(12))"
        let companyA = try await platform.signUp("Co \(markA)")
        let companyB = try await platform.signUp("Co \(markB)")
        a = try await Self.twin(companyA, platform, mark: markA, roles: Self.roles)
        b = try await Self.twin(companyB, platform, mark: markB, roles: ["nothing", "sales_manager"])
        try await platform.drain()
        (controls, cursors) = try Self.look(platform, b)
        before = try platform.database.digests(of: b.id)
    }

    private static func twin(
        _ company: Company, _ platform: TestPlatform, mark: String, roles: [String]
    ) async throws -> Twin {
        try company.send("PATCH", "me", ["name": .string("Admin \(mark)")])
        var tokens = ["org_admin": company.admin.token ?? ""]
        let nothing = try company.makeRole("Nothing \(mark)", [:])
        for role in roles where role != "org_admin" {
            let name = "\(role) \(mark)"
            let person =
                role == "nothing"
                ? try await company.join(name, roleID: nothing) : try await company.join(name, role: role)
            tokens[role] = person.client.token
        }
        let registry = platform.runtime.registry
        let records = try SampleRecords.fill(company, registry, mark: mark)
        let client = platform.client(token: tokens["org_admin"])
        var ids = records.ids
        for entity in registry.entities where entity.operations.contains(.list) {
            let data = try client.send("GET", "\(entity.path)?limit=200").json["data"]?.arrayValue ?? []
            ids[entity.name] = data.compactMap { $0["id"]?.stringValue }
        }
        ids["organization"] = [company.id.description]
        ids["session"] = try column(
            platform, "select id from platform.sessions where organization_id = \(company.id)::uuid")
        ids["job"] = try column(
            platform, "select id from platform.jobs where organization_id = \(company.id)::uuid")
        return Twin(
            id: company.id, mark: mark, adminID: company.adminID, tokens: tokens, records: records, ids: ids)
    }

    private static func column(_ platform: TestPlatform, _ sql: SQL) throws -> [String] {
        let rows = try platform.database.admin(sql)
        return (0..<rows.count).compactMap { rows[$0, 0] }
    }

    /// B looks at its own: what the attempts of A are compared with.
    private static func look(_ platform: TestPlatform, _ b: Twin) throws -> ([String: Int], [String: String])
    {
        let client = platform.client(token: b.tokens["org_admin"])
        var controls: [String: Int] = [:]
        var cursors: [String: String] = [:]
        for route in platform.runtime.registry.routes where route.isReading {
            let path = route.path
            let isList = route.route.parameters.isEmpty
            if !isList, route.route.parameters != ["id"] { continue }
            guard let target = isList ? path : Self.target(of: route, in: platform, b, path) else { continue }
            let answer = try client.send("GET", "/api/v1\(target)")
            if route.operation == .get { controls[path] = answer.text.contains(b.mark) ? answer.status : -1 }
            let limited = try client.send("GET", "/api/v1\(target)?limit=1")
            cursors[path] = limited.json["page"]?["next"]?.stringValue
        }
        return (controls, cursors)
    }

    private static func target(
        of route: RouteDefinition, in platform: TestPlatform, _ b: Twin, _ path: String
    ) -> String? {
        let first = path.split(separator: "/").first.map(String.init) ?? ""
        guard let entity = platform.runtime.registry.entity(path: first) else { return nil }
        let own =
            (b.ids[entity.name] ?? []).first { b.records.bodies[$0] != nil } ?? b.ids[entity.name]?.first
        return own.map { path.replacing("{id}", with: $0) }
    }
}
