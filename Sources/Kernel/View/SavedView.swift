public import Wire

/// How somebody looks at an entity's records: kept for oneself, or shared with everybody in the organization.
///
/// Whoever reads a shared view sees the records by their own rights: it holds a query, and no record.
public struct SavedView: Entity {
    public static let name = "kernel.saved_view"
    public static let path = "saved-views"
    public static let permissionNoun = "kernel.view"
    public static let ownership = Ownership.personal(field: "owner_id", audience: "audience_id")
    public static let operations = Operation.all.subtracting([.import])
    public static let views: [View<SavedView>] = [
        .list(\.name, \.entity, \.form, \.sharing, \.owner, sort: "name")
    ]
    /// Held by those who make and change views for everybody.
    static let sharePermission = "kernel.view.share"
    /// Bytes of `columns` as JSON.
    private static let largestColumns = 16_384

    public let name = Field.text("name", max: 100).searchable()
    /// The name of an entity that the installation knows.
    public let entity = Field.text("entity", max: 100).indexed()
    public let form = Field.choice("form", default: Form.list)
    /// The query string of the view's address: filters, sort, words.
    public let query = Field.text("query", max: 8000).optional
    /// What is shown of each record, as the client keeps it.
    public let columns = Field.json("columns").validated(Self.columnsFault).optional
    public let sharing = Field.choice("sharing", default: Sharing.private)
    /// Its place among the entity's views.
    public let position = Field.integer("position", in: 0...1_000_000).default(0)
    public let owner = Field<ID<Member>>.owner().readOnly()

    /// What it looks like.
    public enum Form: String, Choice { case list, board, calendar, timeline, gantt, map, chart }

    /// Who sees it.
    public enum Sharing: String, Choice { case `private`, shared }

    public init() {}

    private static func columnsFault(_ value: Value) -> String? {
        guard case .json(let columns) = value else { return nil }
        guard columns.encoded().count <= largestColumns else { return "columns_too_large" }
        return isStorable(columns) ? nil : "invalid_value"
    }

    /// Whether it comes back as it is: PostgreSQL writes exponents out, which can be longer than anybody reads.
    private static func isStorable(_ json: JSON) -> Bool {
        switch json {
        case .null, .bool, .string: true
        case .number:
            json.text.utf8.count <= 20 && !json.text.lowercased().contains("e")
        case .array(let items): items.allSatisfy { isStorable($0) }
        case .object(let object): object.entries.allSatisfy { isStorable($0.value) }
        }
    }
}
