internal import Crypto
internal import Postgres
internal import Wire

/// What the plugins suggest for the built-in roles, as the database keeps count of it: each organization is
/// offered each suggestion once.
public struct RoleOffers: Sendable {
    /// The role of each item.
    public let roles: [String]
    /// A permission, or `!<entity>.<field>` for a hidden field.
    public let items: [String]
    /// The scope of each grant, `hidden` for a hidden field.
    public let scopes: [String]

    /// All that a registry's plugins suggest; Org Admin holds everything without naming it.
    public init(_ registry: Registry) {
        var offers: [(role: String, item: String, scope: String)] = registry.roleGrants
            .filter { $0.role != .orgAdmin && $0.scope != .none }
            .map { (role: $0.role.rawValue, item: $0.permission, scope: $0.scope.rawValue) }
        for entity in registry.entities {
            for grant in entity.grants {
                guard let field = grant.hiddenField else { continue }
                offers.append((role: grant.role.rawValue, item: "!\(entity.name).\(field)", scope: "hidden"))
            }
        }
        roles = offers.map(\.role)
        items = offers.map(\.item)
        scopes = offers.map(\.scope)
    }

    /// What each organization is recorded to have been offered.
    public var offered: [String] { zip(roles, items).map { "\($0) \($1)" } }

    /// Tells two sets of suggestions apart.
    public var digest: String {
        Hex.encode(sha256(Array(offered.sorted().joined(separator: "\n").utf8)))
    }

    /// Adds to every organization's roles what it was never offered; a hundred organizations a transaction.
    func extend(in database: Database) async throws(SQLError) {
        var settings = SessionSettings([
            (name: "app.organization_id", value: ""), (name: "app.actor_kind", value: "system"),
        ])
        // Processes that start at once stand in line.
        settings.lockTimeout = 10_000
        settings.statementTimeout = 60_000
        while true {
            let rows = try await database.write(
                settings,
                [
                    """
                    select platform.offer_grants(
                        \(roles)::text[], \(items)::text[], \(scopes)::text[], \(digest))
                    """
                ])[0]
            guard rows.integer(0, 0) ?? 0 > 0 else { return }
        }
    }
}
