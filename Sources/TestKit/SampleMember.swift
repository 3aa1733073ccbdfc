public import Kernel

/// A member of a request's body: a field of an entity or an action, or one that a standard route has of its
/// own.
public struct SampleMember: Sendable {
    public let key: String
    public let kind: FieldKind
    /// Whether it is refused where it is sent, whatever it holds.
    public let isFixed: Bool

    init(_ key: String, _ kind: FieldKind) {
        self.key = key
        self.kind = kind
        isFixed = false
    }

    init(_ field: FieldDefinition, isFixed: Bool = false) {
        key = field.key
        kind = field.kind
        self.isFixed = isFixed
    }
}
