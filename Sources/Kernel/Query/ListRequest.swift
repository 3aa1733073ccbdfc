internal import Crypto
internal import Wire

/// What a list was asked for: filter, order, place and size, all checked.
struct ListRequest: Sendable {
    enum Count: String, Sendable { case exact, estimate }
    enum Place: Sendable {
        case start
        case cursor(Cursor)
        /// From 1; pages need a total.
        case page(Int)
    }

    let entity: EntityDefinition
    let filter: Filter
    /// The words of `q`.
    let search: String?
    let sort: Sort
    let place: Place
    let limit: Int
    let count: Count?
    let include: [FieldDefinition]
    /// Only these members, where the list was asked for `fields`.
    let only: Set<String>?
    /// Whether the bin is listed.
    let isDeleted: Bool
    /// Ties cursors to this sort and filter.
    let fingerprint: String
    /// Parameters that a route beside the list understands, as they came.
    let extra: [String: String]

    static let standardLimit = 50
    static let largestLimit = 200
    /// How deep `page=` reaches, in rows.
    static let deepestPage = 10_000

    /// Reads a query; `extra` names parameters that are the route's own, `fields` among them where the route
    /// reads it in its own way.
    init(
        _ query: [(name: String, value: String)], entity: EntityDefinition, registry: Registry, grant: Grant,
        cursorKey: [UInt8], extra names: Set<String> = []
    ) throws(Problem) {
        let parser = FilterParser(entity: entity, grant: grant)
        var own: [String: String] = [:]
        var filters: [Filter] = []
        var canonical: [String] = []
        for (name, value) in query {
            if Self.parameters.contains(name) || names.contains(name) {
                guard own[name] == nil else { throw Problem.badQuery(name, "repeated_parameter") }
                own[name] = value
                continue
            }
            filters.append(try parser.condition(parameter: name, value: value))
            canonical.append("\(name)=\(value)")
        }
        if let json = own["filter"] { filters.append(try parser.filter(json: json)) }
        guard filters.count <= FilterParser.most else {
            throw Problem.badQuery("filter", "too_many", ["maximum": "\(FilterParser.most)"])
        }
        self.entity = entity
        filter = .all(filters)
        search = try Self.search(own["q"])
        sort = try Self.sort(own, parser: parser)
        limit = try Self.limit(own["limit"])
        count = try Self.count(own["count"])
        isDeleted = try Self.flag(own["deleted"], "deleted")
        include = try Self.include(own["include"], entity: entity, grant: grant)
        only = names.contains("fields") ? nil : try Self.fields(own["fields"], entity: entity, parser: parser)
        fingerprint = Cursor.fingerprint(
            [entity.name, sort.canonical, own["filter"] ?? "", own["q"] ?? "", own["deleted"] ?? ""]
                + canonical.sorted())
        place = try Self.place(own, limit: limit, fingerprint: fingerprint, cursorKey: cursorKey)
        extra = own.filter { names.contains($0.key) }
    }

    /// The names that lists keep for themselves.
    static let parameters: Set<String> = [
        "limit", "cursor", "sort", "order", "count", "include", "fields", "filter", "q", "page", "deleted",
    ]

    private static func search(_ text: String?) throws(Problem) -> String? {
        guard let text, !text.trimmed.isEmpty else { return nil }
        guard text.unicodeScalars.count <= 200 else {
            throw Problem.badQuery("q", "too_long", ["maximum": "200"])
        }
        return text
    }

    private static func sort(_ own: [String: String], parser: FilterParser) throws(Problem) -> Sort {
        if let order = own["order"], order != "asc", order != "desc" {
            throw Problem.badQuery("order", "not_a_choice", expected: "asc, desc")
        }
        guard let text = own["sort"] else {
            guard own["order"] == nil else { throw Problem.badQuery("order", "needs_sort") }
            return .standard
        }
        return try Sort(text, order: own["order"], parser: parser)
    }

    static func limit(_ text: String?, most: Int = largestLimit) throws(Problem) -> Int {
        guard let text else { return standardLimit }
        guard let limit = Int(text), (1...most).contains(limit) else {
            throw Problem.badQuery("limit", "out_of_range", expected: "1...\(most)")
        }
        return limit
    }

    private static func count(_ text: String?) throws(Problem) -> Count? {
        guard let text else { return nil }
        guard let count = Count(rawValue: text) else {
            throw Problem.badQuery("count", "not_a_choice", expected: "exact, estimate")
        }
        return count
    }

    static func flag(_ text: String?, _ name: String) throws(Problem) -> Bool {
        guard let text else { return false }
        guard text == "true" || text == "false" else {
            throw Problem.badQuery(name, "wrong_type", ["expected": "boolean"], expected: "true, false")
        }
        return text == "true"
    }

    static func include(_ text: String?, entity: EntityDefinition, grant: Grant) throws(Problem)
        -> [FieldDefinition]
    {
        guard let text else { return [] }
        var fields: [FieldDefinition] = []
        let candidates = entity.fields + EntityDefinition.standardFields
        for name in text.split(separator: ",") {
            let found = candidates.first {
                $0.includeName == String(name) || ($0.target != nil && $0.key == String(name))
            }
            guard let field = found, field.includeName != nil else {
                let known = candidates.compactMap(\.includeName).joined(separator: ", ")
                throw Problem.badQuery("include", "unknown_include", expected: known)
            }
            guard grant.sees(field, of: entity) else {
                throw Problem.permissionRequired(field.visibleTo ?? "\(entity.readPermission):\(field.key)")
            }
            if !fields.contains(where: { $0.key == field.key }) { fields.append(field) }
        }
        return fields
    }

    static func fields(_ text: String?, entity: EntityDefinition, parser: FilterParser) throws(Problem)
        -> Set<String>?
    {
        guard let text else { return nil }
        let names = try names(text)
        for name in names where !["id", "type", "custom", "tags"].contains(name) {
            _ = try parser.readable(name, parameter: "fields")
        }
        return Set(names)
    }

    /// The names in `fields` in the order sent, each once.
    static func names(_ text: String) throws(Problem) -> [String] {
        var known: Set<String> = []
        let names = text.split(separator: ",").map(String.init).filter { known.insert($0).inserted }
        guard !names.isEmpty else { throw Problem.badQuery("fields", "required") }
        return names
    }

    private static func place(
        _ own: [String: String], limit: Int, fingerprint: String, cursorKey: [UInt8]
    ) throws(Problem) -> Place {
        if let text = own["cursor"] {
            guard own["page"] == nil else { throw Problem.badQuery("page", "page_and_cursor") }
            guard let cursor = Cursor(text, signedWith: cursorKey), cursor.fingerprint == fingerprint else {
                throw Problem.badQuery("cursor", "bad_cursor")
            }
            return cursor.isStart ? .start : .cursor(cursor)
        }
        guard let text = own["page"] else { return .start }
        guard let page = Int(text), page >= 1, page <= deepestPage, page * limit <= deepestPage + limit else {
            throw Problem.badQuery("page", "too_deep", ["maximum": "\(deepestPage)"], expected: ">= 1")
        }
        return .page(page)
    }
}
