import TestKit
import Testing
import Wire

/// The server that imports' tests share, one after the other, so that each one's jobs are over before it
/// looks.
@Suite(.serialized) enum ImportTests {
    static let platform = Task { try await TestPlatform() }
}

/// A person who imports files over HTTP.
struct ImportDesk {
    let company: Company
    let client: APIClient

    init(_ name: String) async throws {
        company = try await ImportTests.platform.value.signUp(name)
        client = company.admin
    }

    init(_ company: Company, as client: APIClient) {
        self.company = company
        self.client = client
    }

    /// A copy of the sales manager's role, in which these permissions have other scopes.
    func managerRole(_ scopes: [String: String] = [:]) throws -> (json: JSON, grants: [JSON]) {
        let standard = try company.role("sales_manager")
        let role = try client.send("POST", "roles/\(standard)/copies", ["name": "Importers"])
        #expect(role.status == 201, "\(role.text)")
        let grants = (role.json["grants"]?.arrayValue ?? []).map { grant -> JSON in
            guard let permission = grant["permission"]?.stringValue, let scope = scopes[permission] else {
                return grant
            }
            return ["permission": .string(permission), "scope": .string(scope)]
        }
        let changed = try client.send("PATCH", "roles/\(role.json.id)", ["grants": .array(grants)])
        #expect(changed.status == 200, "\(changed.text)")
        return (role.json, grants)
    }

    /// A manager who imports, with a role of their own.
    func manager(_ role: String) async throws -> ImportDesk {
        ImportDesk(company, as: try await company.join("Mario Manager", roleID: role).client)
    }

    /// A manager for whom these permissions have other scopes.
    func manager(scopes: [String: String]) async throws -> ImportDesk {
        try await manager(managerRole(scopes).json.id)
    }

    /// Uploads a file; the answer's JSON.
    func upload(_ text: String, entity: String = "directory.account", name: String = "file.csv") throws
        -> JSON
    {
        try upload(Array(text.utf8), entity: entity, name: name)
    }

    func upload(_ bytes: [UInt8], entity: String = "directory.account", name: String = "file.csv") throws
        -> JSON
    {
        let answer = try client.upload("imports", fields: ["entity": entity], file: bytes, named: name)
        #expect(answer.status == 201, "\(answer.text)")
        return answer.json
    }

    /// Maps columns to fields of the same position, by `column: field`.
    func map(
        _ id: String, _ columns: [(String, String)], key: String? = nil, onMatch: String = "create",
        more: [String: JSON] = [:]
    ) throws -> APIResponse {
        var items: [JSON] = []
        for (column, field) in columns {
            var item: JSONObject = more[column]?.objectValue ?? JSONObject()
            item["column"] = .string(column)
            item["field"] = .string(field)
            items.append(.object(item))
        }
        var mapping = JSONObject()
        if let key { mapping["key"] = .string(key) }
        mapping["on_match"] = .string(onMatch)
        mapping["columns"] = .array(items)
        return try client.send("PUT", "imports/\(id)/mapping", .object(mapping))
    }

    /// Starts a step, lets the jobs run, and gives the import.
    func step(_ step: String, _ id: String) async throws -> JSON {
        let started = try client.send("POST", "imports/\(id)/\(step)")
        #expect(started.status == 202, "\(started.text)")
        try await ImportTests.platform.value.drain()
        return try show(id)
    }

    func show(_ id: String) throws -> JSON {
        let answer = try client.send("GET", "imports/\(id)")
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    /// Uploads, maps by the file's own headers and runs.
    func load(
        _ text: String, entity: String = "directory.account", _ columns: [(String, String)],
        key: String? = nil,
        onMatch: String = "create", more: [String: JSON] = [:]
    ) async throws -> JSON {
        let id = try upload(text, entity: entity).id
        let mapped = try map(id, columns, key: key, onMatch: onMatch, more: more)
        #expect(mapped.status == 200, "\(mapped.text)")
        return try await step("run", id)
    }

    /// All of an entity's records, oldest first.
    func records(_ path: String = "accounts", _ query: String = "") throws -> [JSON] {
        try client.send("GET", "\(path)?limit=200&sort=id\(query)").json["data"]?.arrayValue ?? []
    }

    func total(_ path: String = "accounts", _ query: String = "") throws -> Int64 {
        try client.send("GET", "\(path)?limit=1&count=exact\(query)").json["page"]?["total"]?.integerValue
            ?? -1
    }
}

extension JSON {
    var id: String { self["id"]?.stringValue ?? "" }
    var status: String { self["status"]?.stringValue ?? "" }

    /// `create update skip error`.
    var tally: [Int64] {
        ["create", "update", "skip", "error"].map { self["counts"]?[$0]?.integerValue ?? -1 }
    }

    /// `line:column:code` of the first errors.
    var findings: [String] {
        (self["errors"]?.arrayValue ?? []).map { error in
            let line = error["line"]?.integerValue ?? 0
            return "\(line):\(error["column"]?.stringValue ?? ""):\(error["code"]?.stringValue ?? "")"
        }
    }

    func column(_ name: String) -> JSON {
        (self["columns"]?.arrayValue ?? []).first { $0["column"]?.stringValue == name } ?? .null
    }
}
