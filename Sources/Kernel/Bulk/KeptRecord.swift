internal import Postgres
internal import Wire

/// A record that an undo had to leave as it was.
struct KeptRecord: Sendable {
    let id: UUIDv7
    let reason: String

    /// How many are told.
    static let listed = 1000
    static let outOfScope = "out_of_scope"

    /// `[{id, label, reason}]`; what is out of scope has no label.
    static func json(_ kept: [KeptRecord], in context: Context) async throws(Problem) -> JSON {
        let shown = kept.prefix(listed)
        guard !shown.isEmpty else { return .array([]) }
        let named = shown.filter { $0.reason != outOfScope }.map(\.id)
        let rows = try await context.read(
            """
            select r.id, r.label
            from kernel.records r
            where r.organization_id = \(try context.organization())::uuid and r.id = any(\(named)::uuid[])
            """)
        var labels: [UUIDv7: String] = [:]
        for row in 0..<rows.count { if let id = rows.id(row, 0) { labels[id] = rows[row, 1] } }
        return .array(
            shown.map { item in
                [
                    "id": .string(item.id.description), "label": .string(labels[item.id] ?? ""),
                    "reason": .string(item.reason),
                ]
            })
    }
}
