internal import Crypto
internal import Wire

/// A record of an entity as the docs show it: the same at each build.
struct EntityExample {
    let entity: EntityDefinition
    let text: @Sendable (String) -> String

    /// A whole record as it is answered.
    var record: JSON {
        var members = JSONObject()
        members["id"] = .string(Self.id(entity.name))
        members["type"] = .string(entity.name)
        for field in entity.fields where !field.isSecret { members[field.key] = content(field) }
        members["custom"] = [:]
        members["tags"] = []
        members["created_at"] = "2026-11-21T09:30:00.123Z"
        members["created_by"] = .string(Self.id(Member.name))
        members["updated_at"] = "2026-11-21T09:30:00.123Z"
        members["updated_by"] = .string(Self.id(Member.name))
        members["version"] = 1
        members["deleted_at"] = .null
        return .object(members)
    }

    /// What creates such a record: the fields that must be there and a few that may.
    var creation: JSON { input { field in field.isRequired || field.kind.isText || field.kind.isNumeric } }

    /// What changes one.
    var change: JSON {
        let first = entity.fields.first { $0.isWritable && !$0.isImmutable }?.key
        return input { $0.key == first }
    }

    private func input(_ isShown: (FieldDefinition) -> Bool) -> JSON {
        var members = JSONObject()
        for field in entity.fields where field.isWritable && isShown(field) {
            members[field.key] = content(field)
        }
        return .object(members)
    }

    /// Content that fits the field's kind and bounds.
    func content(_ field: FieldDefinition) -> JSON {
        if case .value(let value)? = field.defaultValue { return value.json }
        switch field.kind {
        case .text(let maximum), .longText(let maximum):
            return .string(String(text("field.\(entity.name).\(field.key)").unicodeScalars.prefix(maximum)))
        case .integer(let bounds): return .integer(min(max(1, bounds.lowerBound), bounds.upperBound))
        case .money: return 123_450
        case .currency: return "EUR"
        case .percent: return 2200
        case .boolean: return true
        case .choice(let cases): return cases.first.map { .string($0) } ?? .null
        case .date: return "2026-12-31"
        case .instant: return "2026-11-21T09:30:00.123Z"
        case .email: return "ada.rossi@example.com"
        case .phone: return "+390612345678"
        case .url: return "https://example.com"
        case .address: return ["street": "Via Roma 1", "postcode": "00184", "city": "Roma", "country": "IT"]
        case .timeWindows:
            return [["day": 1, "from": "09:00", "to": "12:30"], ["day": 1, "from": "15:00", "to": "19:00"]]
        case .reference(let target): return .string(Self.id(target))
        case .json: return []
        case .ids(let target): return [.string(Self.id(target))]
        }
    }

    /// An id that stays the same for a name (RFC 9562, version 7 in form).
    static func id(_ name: String) -> String {
        let digest = Hex.encode(sha256(Array(name.utf8)))
        let tail = Array(digest)
        return "0199a1b2-c3d4-7\(String(tail[0..<3]))-8\(String(tail[3..<6]))-\(String(tail[6..<18]))"
    }
}
