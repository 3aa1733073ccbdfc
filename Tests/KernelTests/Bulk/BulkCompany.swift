import Kernel
import Postgres
import TestKit
import Wire

/// A company whose records are changed many at a time.
struct BulkCompany {
    let platform: TestPlatform
    let company: Company

    init(_ name: String) async throws {
        platform = try await ApiPlatform.shared.value
        company = try await platform.signUp(name)
    }

    /// Accounts with these names; their ids.
    func accounts(_ names: [String], industry: String = "Steel") throws -> [String] {
        try names.map { try company.make("accounts", ["name": .string($0), "industry": .string(industry)]) }
    }

    /// So many accounts at once, by SQL.
    func fill(_ count: Int) throws {
        _ = try platform.database.admin(
            """
            insert into directory.accounts (organization_id, id, name, industry, owner_id)
            select \(company.id)::uuid, kernel.new_id(), 'Mass ' || lpad(n::text, 6, '0'), 'Wood',
                \(company.adminID)::uuid
            from generate_series(1, \(count)::integer) as n
            """)
    }

    /// Sends a change of many, works it off, and gives what the API then says of it.
    func change(_ path: String, _ body: JSON, by client: APIClient? = nil) async throws -> JSON {
        let sent = try (client ?? company.admin).send("POST", "\(path)/bulk", body)
        guard sent.status == 202, let id = sent.json["job"]?.stringValue else {
            throw CompanyError.refused(sent.text)
        }
        try await platform.drain()
        return try (client ?? company.admin).send("GET", "bulk/\(id)").json
    }

    /// Takes a change back and gives what the API then says of it.
    func undo(_ change: JSON) async throws -> JSON {
        let link = String((change["undo"]?.stringValue ?? "").dropFirst("/api/v1/".count))
        let sent = try company.send("POST", link)
        guard sent.status == 202 else { throw CompanyError.refused(sent.text) }
        try await platform.drain()
        return try company.send("GET", String(link.dropLast("/undo".count))).json
    }

    /// A field of each record, or its status where it is not to be had.
    func field(_ name: String, of path: String, _ ids: [String]) throws -> [JSON] {
        try ids.map { id in
            let answer = try company.send("GET", "\(path)/\(id)")
            return answer.status == 200 ? answer.json[name] ?? .null : .integer(answer.status)
        }
    }
}
