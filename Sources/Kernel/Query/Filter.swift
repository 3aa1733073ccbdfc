internal import Wire

/// A condition on an entity's records, checked against its declaration and the caller's rights.
indirect enum Filter: Sendable {
    case all([Filter])
    case any([Filter])
    case condition(Condition)

    /// One field, one operator.
    struct Condition: Sendable {
        let field: FieldDefinition
        let comparison: Comparison
    }

    enum Comparison: Sendable {
        case equal(Value)
        case notEqual(Value)
        case less(Value)
        case lessOrEqual(Value)
        case greater(Value)
        case greaterOrEqual(Value)
        case oneOf([Value])
        case noneOf([Value])
        case isNull(Bool)
        case contains(String)
        case startsWith(String)
        case within(Period)
        /// A member of this team or of one below.
        case inTeam(UUIDv7)
    }

    /// Every condition, whatever its place.
    var conditions: [Condition] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.conditions)
        case .condition(let condition): [condition]
        }
    }

    /// Whether an index led by the organization serves it.
    var isServed: Bool {
        switch self {
        case .all(let parts): parts.allSatisfy(\.isServed)
        case .any: false
        case .condition(let condition): condition.isServed
        }
    }
}

extension Filter.Condition {
    var isServed: Bool {
        guard field.computed == nil, field.isIndexed || field.isUnique || field.key == "id" else {
            return false
        }
        switch comparison {
        case .equal, .oneOf, .less, .lessOrEqual, .greater, .greaterOrEqual, .within, .startsWith, .inTeam:
            return true
        case .isNull, .notEqual, .noneOf, .contains: return false
        }
    }
}

/// The operators of lists, by api.md.
public enum FilterOperator: String, Sendable, CaseIterable {
    case eq, ne, lt, lte, gt, gte
    case oneOf = "in"
    case noneOf = "not_in"
    case null, contains
    case startsWith = "starts_with"
    case within
    /// Of people: those of a team and of the teams below.
    case inTeam = "in_team"

    /// What a kind of field can be asked.
    public static func allowed(for kind: FieldKind) -> [FilterOperator] {
        switch kind {
        case .text, .longText, .email, .phone, .url:
            [.eq, .ne, .oneOf, .noneOf, .null, .contains, .startsWith]
        case .integer, .money, .percent: [.eq, .ne, .lt, .lte, .gt, .gte, .oneOf, .noneOf, .null]
        case .date, .instant: [.eq, .ne, .lt, .lte, .gt, .gte, .oneOf, .noneOf, .null, .within]
        case .boolean: [.eq, .ne, .null]
        case .reference(Member.name): [.eq, .ne, .oneOf, .noneOf, .null, .inTeam]
        case .choice, .currency, .reference: [.eq, .ne, .oneOf, .noneOf, .null]
        case .address, .timeWindows: [.null]
        case .json, .ids: []
        }
    }
}

/// A span of time relative to now.
enum Period: Sendable, Equatable {
    /// The last (or, negative, the next) so many seconds.
    case seconds(Int64)
    /// A civil unit in the organization's zone, so many units from the present one.
    case civil(unit: String, offset: Int)

    /// Reads `30d`, `12h`, `2w`, `next_30d`, `today`, `this_month`, `last_quarter`.
    init?(_ text: String) {
        let named: [String: (String, Int)] = [
            "today": ("day", 0), "yesterday": ("day", -1), "tomorrow": ("day", 1),
        ]
        if let (unit, offset) = named[text] {
            self = .civil(unit: unit, offset: offset)
            return
        }
        let parts = text.split(separator: "_", maxSplits: 1)
        if parts.count == 2, let offset = ["this": 0, "last": -1, "next": 1][parts[0]] {
            if ["day", "week", "month", "quarter", "year"].contains(parts[1]) {
                self = .civil(unit: String(parts[1]), offset: offset)
                return
            }
            guard offset != 0, let seconds = Self.seconds(parts[1]) else { return nil }
            self = .seconds(offset < 0 ? seconds : -seconds)
            return
        }
        guard let seconds = Self.seconds(text[...]) else { return nil }
        self = .seconds(seconds)
    }

    private static func seconds(_ text: Substring) -> Int64? {
        guard let unit = text.last, text.utf8.count <= 6, let number = Int64(text.dropLast()), number > 0
        else { return nil }
        let lengths: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        return lengths[unit].map { $0 * number }
    }
}
