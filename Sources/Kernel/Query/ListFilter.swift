public import Postgres
internal import Wire

/// Conditions on an entity's list, twice: the SQL that counts rows, and the query that opens the same rows.
public struct ListFilter: Sendable {
    /// A parameter of the list: `stage_kind` and `won`, `closed_at[gte]` and `2017-01-01`, `filter` and JSON.
    public typealias Pair = (name: String, value: String)

    /// The parameters, encoded as they stand behind the question mark.
    public let query: String
    private let filter: Filter
    private let timeZone: String
    private let now: Instant

    init(_ pairs: [Pair], entity: EntityDefinition, in context: Context) throws(Problem) {
        let parser = FilterParser(entity: entity, grant: context.principal.grant)
        var parts: [Filter] = []
        for (name, value) in pairs {
            parts.append(
                name == "filter"
                    ? try parser.filter(json: value) : try parser.condition(parameter: name, value: value))
        }
        filter = .all(parts)
        timeZone = context.principal.preferences.timeZone
        now = context.now
        query = pairs.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    /// The conditions over a table alias, without the caller's reach.
    public func condition(_ alias: String) -> SQL {
        FilterCompiler(alias: alias, timeZone: timeZone, now: now).sql(filter)
    }

    /// Percent-encodes all but what RFC 3986 leaves unreserved.
    private static func encoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: bytes.append(byte)
            default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}

extension Context {
    /// Checks a list's conditions as its route would; 403 for a field that the caller may not read.
    public func filter<Subject: Entity>(_ type: Subject.Type, _ pairs: [ListFilter.Pair]) throws(Problem)
        -> ListFilter
    {
        try ListFilter(pairs, entity: try definition(type), in: self)
    }

    /// The condition over a table alias that a record is live and the caller may read it; 403 where none may
    /// be read.
    public func reach<Subject: Entity>(_ type: Subject.Type, _ alias: String) throws(Problem) -> SQL {
        let scope = try authorizer.reading(try definition(type))
        return "\(sql: scope.condition(alias)) and \(unsafeSQL: alias).deleted_at is null"
    }

    /// What the record with the id that `id` gives is called, as a scalar subquery; null out of reach.
    public func label<Subject: Entity>(of type: Subject.Type, _ id: String) -> SQL {
        label(of: type.name, id)
    }

    /// The same by the entity's name.
    func label(of name: String, _ id: String) -> SQL {
        guard let entity = runtime.registry.entity(name), let scope = authorizer.readingIfAny(entity) else {
            return "null::text"
        }
        return """
            (select \(unsafeSQL: entity.label) from \(unsafeSQL: entity.table) r
            where \(sql: scope.condition("r")) and r.id = \(unsafeSQL: id))
            """
    }
}
