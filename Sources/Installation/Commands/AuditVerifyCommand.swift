internal import Glibc
internal import Kernel
internal import Postgres
internal import Wire

/// Proves that nobody changed, added or removed what was audited.
public enum AuditVerifyCommand: Command {
    public static let name = "audit verify"
    public static let summary = "prove that the audit is whole"
    public static let options: Set<String> = ["organization", "heads", "against"]
    public static let flags: Set<String> = []
    public static let help = """
        Recomputes each organization's chain over its audit and names the first broken link. Exits 1 when one
        is broken. Rows of the last minute or two are not linked yet.

          --organization SLUG  this organization alone
          --heads FILE         write each chain's head: kept elsewhere, it proves that no chain was made anew
          --against FILE       compare with heads that were written before
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let lease = try ClusterLease(try Settings.current())
        defer { lease.close() }
        let chains = try AuditChains(MaintenanceConnection(lease.adminConnection))
        let organizations = try chains.organizations(slug: arguments["organization"])
        if organizations.isEmpty, let slug = arguments["organization"] {
            throw CommandFault("there is no organization \(slug)")
        }
        var faults = try organizations.compactMap { try chains.fault(of: $0) }
        if let path = arguments["against"] {
            let isWhole = arguments["organization"] == nil
            faults += try chains.faults(against: path, organizations, isWhole: isWhole)
        }
        for fault in faults { Terminal.say("broken  \(fault)") }
        if let path = arguments["heads"] { try chains.writeHeads(of: organizations, to: path) }
        Terminal.say("\(organizations.count) chains looked at, \(faults.count) faults.")
        return faults.isEmpty ? 0 : 1
    }
}

/// The chains of the audit, read by the owner of the tables.
private struct AuditChains {
    struct Organization {
        let id: String
        let slug: String
        let length: Int64
        let head: String
    }

    private static let reasons = [
        "link": "does not follow from the one before it", "count": "covers another number of rows now",
        "changes": "covers changes that were altered", "rows": "covers rows that were altered",
    ]

    private let database: MaintenanceConnection

    init(_ database: MaintenanceConnection) { self.database = database }

    func organizations(slug: String?) throws -> [Organization] {
        let rows = try database.query(
            """
            select o.id, o.slug, coalesce(l.sequence, 0), encode(l.digest, 'hex')
            from platform.organizations as o
            left join lateral (
                select k.sequence, k.digest
                from kernel.audit_links as k
                where k.organization_id = o.id
                order by k.sequence desc
                limit 1) as l on true
            where \(slug)::text is null or o.slug = \(slug)
            order by o.slug
            """)
        return (0..<rows.count).map { row in
            Organization(
                id: rows[row, 0] ?? "", slug: rows[row, 1] ?? "", length: rows.integer(row, 2) ?? 0,
                head: rows[row, 3] ?? "")
        }
    }

    func fault(of organization: Organization) throws -> String? {
        let rows = try database.query(
            """
            select f.sequence, f.from_at, f.to_at, f.reason
            from kernel.audit_fault(\(organization.id)::uuid) as f
            """)
        guard rows.count > 0 else { return nil }
        let reason = rows[0, 3].flatMap { Self.reasons[$0] } ?? "is damaged"
        let place = "link \(rows[0, 0] ?? "?") (\(rows[0, 1] ?? "?") to \(rows[0, 2] ?? "?"))"
        return "\(organization.slug): \(place) \(reason)"
    }

    /// One line a chain: organization, links, digest of the last.
    func writeHeads(of organizations: [Organization], to path: String) throws {
        let lines = organizations.filter { $0.length > 0 }.map { "\($0.id) \($0.length) \($0.head)\n" }
        guard let file = fopen(path, "w") else { throw CommandFault("can't write \(path)") }
        let isWritten = fputs(lines.joined(), file) >= 0
        // What is written may be told to be lost only here.
        guard fclose(file) == 0, isWritten else { throw CommandFault("can't write \(path)") }
    }

    /// `isWhole` where all organizations were asked for: each head then needs its organization.
    func faults(
        against path: String, _ organizations: [Organization], isWhole: Bool
    ) throws -> [String] {
        let slugs = Dictionary(
            organizations.map { ($0.id, $0.slug) }, uniquingKeysWith: { first, _ in first })
        var faults: [String] = []
        for line in try lines(of: path) {
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 3, let sequence = Int64(parts[1]) else {
                throw CommandFault("\(path) holds no heads")
            }
            guard let slug = slugs[parts[0]] else {
                if isWhole { faults.append("\(parts[0]): the organization is gone with its chain") }
                continue
            }
            let rows = try database.query(
                """
                select encode(l.digest, 'hex')
                from kernel.audit_links as l
                where l.organization_id = \(parts[0])::uuid and l.sequence = \(sequence)
                """)
            guard rows.count == 1, rows[0, 0] == parts[2] else {
                faults.append("\(slug): link \(sequence) is not the one that was written down")
                continue
            }
        }
        return faults
    }

    private func lines(of path: String) throws -> [String] {
        guard let file = fopen(path, "r") else { throw CommandFault("can't read \(path)") }
        defer { fclose(file) }
        var lines: [String] = []
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), file) != nil {
            lines.append(
                String(
                    decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
                ))
        }
        return lines
    }
}
