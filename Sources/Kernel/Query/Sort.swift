internal import Postgres
internal import Wire

/// The order of a list: up to three fields, the id always last.
struct Sort: Sendable {
    struct Key: Sendable {
        let field: FieldDefinition
        let isDescending: Bool

        /// Characters that are compared: a cursor holds them, and has to fit into a request's head.
        private static let longest = 200

        /// What is compared and kept in cursors, over the alias `t`.
        var expression: String {
            let column = Columns.expression(field, "t")
            switch field.kind {
            case .choice(let cases):
                let list = cases.map { "'\($0)'" }.joined(separator: ",")
                return "array_position(array[\(list)], \(column))"
            case .text(let maximum) where maximum <= Self.longest: return "\(column) collate \"und-x-icu\""
            case .email, .phone: return "\(column) collate \"und-x-icu\""
            case .text, .longText, .url: return "left(\(column), \(Self.longest)) collate \"und-x-icu\""
            case .address, .timeWindows, .json, .ids: return "left(\(column)::text, \(Self.longest))"
            default: return column
            }
        }

        /// The type that a cursor's text is cast back to.
        var type: String {
            switch field.kind {
            case .choice: "integer"
            case .address, .timeWindows, .json, .ids: "text"
            default: field.kind.columnType
            }
        }

        /// The bound key of a cursor.
        func bound(_ text: String) -> SQL {
            let collation = field.kind.isText ? " collate \"und-x-icu\"" : ""
            return "\(text)::\(unsafeSQL: type)\(unsafeSQL: collation)"
        }

        var isNullable: Bool {
            field.computed != nil || !field.isRequired || field.key.hasSuffix("_by")
                || field.key == "deleted_at"
        }
    }

    /// The fields before the id; empty means by id alone.
    let keys: [Key]
    /// The id follows the last key's direction.
    let isIDDescending: Bool

    /// Newest first.
    static let standard = Sort(keys: [], isIDDescending: true)

    /// Reads `sort=-amount,title` and `sort=amount&order=desc`.
    init(_ text: String, order: String?, parser: FilterParser) throws(Problem) {
        var keys: [Key] = []
        var idDescending: Bool?
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else {
            throw Problem.badQuery("sort", "too_many", ["maximum": "3"])
        }
        for part in parts {
            let name = part.hasPrefix("-") || part.hasPrefix("+") ? part.dropFirst() : part
            let isDescending = part.hasPrefix("-") || order == "desc"
            if name == "id" {
                idDescending = isDescending
                break
            }
            let field = try parser.readable(String(name), parameter: "sort")
            keys.append(Key(field: field, isDescending: isDescending))
        }
        self.keys = keys
        isIDDescending = idDescending ?? keys.last?.isDescending ?? true
    }

    private init(keys: [Key], isIDDescending: Bool) {
        self.keys = keys
        self.isIDDescending = isIDDescending
    }

    /// Whether an index led by the organization gives this order.
    var isServed: Bool {
        guard let key = keys.first else { return true }
        return keys.count == 1 && key.field.computed == nil && key.field.isIndexed
            && key.isDescending == isIDDescending
    }

    /// As it is written in a request, for cursors.
    var canonical: String {
        (keys.map { ($0.isDescending ? "-" : "") + $0.field.key } + [isIDDescending ? "-id" : "id"]).joined(
            separator: ",")
    }
}
