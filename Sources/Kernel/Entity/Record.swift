public import Wire

/// A record's contents without its Swift type.
public struct RecordState: Sendable {
    public let id: UUIDv7
    public var version: Int
    /// Contents by key, the standard fields included.
    public var contents: [String: Value]

    init(id: UUIDv7, version: Int, contents: [String: Value]) {
        self.id = id
        self.version = version
        self.contents = contents
    }

    /// About how many bytes the contents hold that have no fixed size.
    var textSize: Int {
        contents.values.reduce(0) { size, value in
            switch value {
            case .text(let text): size + text.utf8.count
            case .json(let json): size + json.encoded().count
            default: size
            }
        }
    }
}

/// A record as it stood when it was read, with its fields by the entity's own properties: `visit.status`.
@dynamicMemberLookup
public struct Record<Subject: Entity>: Sendable {
    /// The untyped contents.
    public let state: RecordState

    init(_ state: RecordState) { self.state = state }

    /// The record's id.
    public var id: ID<Subject> { ID(state.id) }

    /// The version that `ETag` shows.
    public var version: Int { state.version }

    /// A field's content; in a change under way a required field that was not sent reads as empty.
    public subscript<Content: FieldValue>(dynamicMember path: KeyPath<Subject, Field<Content>>) -> Content {
        Content(state.contents[Subject.key(of: path)] ?? .null) ?? .empty
    }
}

/// Fields to write, by the entity's own properties.
public struct Assignment<Subject: Entity>: Sendable {
    let key: String
    let value: Value

    /// Sets a field: `.set(\.status, .done)`.
    public static func set<Content: FieldValue>(
        _ path: KeyPath<Subject, Field<Content>>, _ content: Content
    ) -> Assignment {
        Assignment(key: Subject.key(of: path), value: content.value)
    }

    /// Sets a money field's currency.
    public static func currency<Content: FieldValue>(
        of path: KeyPath<Subject, Field<Content>>, _ code: String
    ) -> Assignment {
        Assignment(key: "\(Subject.key(of: path))_currency", value: .text(code))
    }
}
