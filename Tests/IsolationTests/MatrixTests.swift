import Glibc
import Kernel
import TestKit
import Testing
import Wire

/// Who may call what: each route really called as each role, compared with the file that people review.
///
/// `UPDATE_GOLDEN=1` writes the file anew.
@Suite struct MatrixTests {
    private static let callers = ["anonymous"] + Twins.roles
    private static let file = "\(TestDatabase.repository)/Tests/IsolationTests/Golden/matrix.txt"

    @Test func `every route lets in the roles of the golden matrix and nobody else`() async throws {
        let twins = try await Twins.shared.value
        var lines: [String] = []
        let routes = twins.platform.runtime.registry.routes.sorted {
            ($0.path, $0.verb) < ($1.path, $1.verb)
        }
        for route in routes {
            await Task.yield()
            var outcomes: [String] = []
            for caller in Self.callers {
                let client = twins.platform.client(token: twins.a.tokens[caller])
                outcomes.append("\(caller)=\(try Self.outcome(of: route, by: client))")
            }
            let head = "\(route.verb) \(route.path) \(Self.name(route.access))"
            lines.append("\(head) \(outcomes.joined(separator: " "))")
        }
        let matrix = lines.joined(separator: "\n") + "\n"
        if getenv("UPDATE_GOLDEN") != nil { try Self.write(matrix) }
        let golden = TestFolder.text(Self.file) ?? ""
        let known = Set(golden.split(separator: "\n").map(String.init))
        #expect(lines.filter { !known.contains($0) } == [], "lines that the golden file does not have")
        #expect(known.subtracting(lines).sorted() == [], "lines that only the golden file has")
    }

    @Test func `every route that needs a permission names it where it is missing`() async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens["nothing"])
        var checked = 0
        let registry = twins.platform.runtime.registry
        for route in registry.routes {
            await Task.yield()
            guard let permission = route.access.permission,
                registry.impliedPermissions[permission] == nil
            else { continue }
            let answer = try Self.call(route, by: client)
            #expect(answer.status == 403, "\(route.route)")
            #expect(answer.code == "permission_required", "\(route.route)")
            #expect(answer.json["permission"]?.stringValue == permission, "\(route.route)")
            checked += 1
        }
        #expect(checked > 60)
    }

    /// A call that changes nothing whoever makes it: a body that no route takes, an id that names nothing.
    private static func call(_ route: RouteDefinition, by client: APIClient) throws -> APIResponse {
        let path = SampleRequests.path(of: route, naming: UUIDv7.make().description)
        let hasBody = !route.isReading
        return try client.send(
            route.verb, "/api/v1\(path)", bytes: hasBody ? Array("[]".utf8) : nil,
            headers: hasBody ? ["Content-Type": "application/json"] : [:])
    }

    private static func outcome(of route: RouteDefinition, by client: APIClient) throws -> String {
        let answer = try call(route, by: client)
        switch (answer.status, answer.code) {
        case (401, _): return "401"
        case (403, "permission_required"), (403, "feature_not_in_plan"): return "403"
        case (404, _) where route.route.parameters.isEmpty: return "404"
        default: return "allowed"
        }
    }

    private static func name(_ access: RouteAccess) -> String {
        switch access {
        case .open: "open"
        case .signedIn: "signed_in"
        case .member: "member"
        case .permission(let name): name
        case .vendor(let role): "vendor:\(role.rawValue)"
        }
    }

    private static func write(_ text: String) throws {
        let file = try #require(fopen(file, "w"))
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}
