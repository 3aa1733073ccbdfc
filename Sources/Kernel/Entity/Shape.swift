internal import Synchronization
internal import Wire

/// A set of fields: an entity's, or an action's input. Fields are stored properties of type `Field`.
public protocol Shape: Sendable {
    init()
}

/// An action's input without fields.
public struct NoInput: Shape {
    public init() {}
}

extension Shape {
    /// The declared fields in order, a money field followed by its currency.
    public static var fields: [FieldDefinition] { ShapeCache.shared.info(of: Self.self).fields }

    static func key<Content>(of path: KeyPath<Self, Field<Content>>) -> String {
        ShapeCache.shared.key(of: path, in: Self.self)
    }
}

/// What `Mirror` found in each shape, once per process.
final class ShapeCache: Sendable {
    static let shared = ShapeCache()

    struct Info: Sendable {
        let fields: [FieldDefinition]
        let prototype: any Shape
    }

    private let infos = Mutex<[ObjectIdentifier: Info]>([:])

    func info<Declared: Shape>(of type: Declared.Type) -> Info {
        if let known = infos.withLock({ $0[ObjectIdentifier(type)] }) { return known }
        // Outside of the lock: a shape's fields may ask for those of a nested one. Two that meet find the
        // same.
        let prototype = Declared()
        let info = Info(fields: Self.fields(of: prototype), prototype: prototype)
        infos.withLock { $0[ObjectIdentifier(type)] = info }
        return info
    }

    func key<Declared: Shape, Content>(of path: KeyPath<Declared, Field<Content>>, in type: Declared.Type)
        -> String
    {
        // The prototype was made from this very type.
        guard let prototype = info(of: type).prototype as? Declared else { return "" }
        return prototype[keyPath: path].definition.key
    }

    private static func fields(of prototype: any Shape) -> [FieldDefinition] {
        Mirror(reflecting: prototype).children.flatMap { child -> [FieldDefinition] in
            guard let field = child.value as? any AnyField else { return [] }
            let definition = field.definition
            guard definition.kind == .money else { return [definition] }
            return [definition, currency(beside: definition)]
        }
    }

    private static func currency(beside money: FieldDefinition) -> FieldDefinition {
        var currency = FieldDefinition("\(money.key)_currency", .currency)
        currency.defaultValue = .organizationCurrency
        currency.isReadOnly = money.isReadOnly
        currency.computed = money.computed.map { _ in "null::text" }
        currency.visibleTo = money.visibleTo
        return currency
    }
}

/// The decoded fields of a shape, read by the shape's own properties: `input.email`.
@dynamicMemberLookup
public struct Values<Declared: Shape>: Sendable {
    /// Contents by key; a key that was not sent and has no default is missing.
    public var contents: [String: Value]

    /// Wraps decoded contents.
    public init(_ contents: [String: Value]) { self.contents = contents }

    /// The content of a field. A required field was checked when the input was decoded.
    public subscript<Content: FieldValue>(dynamicMember path: KeyPath<Declared, Field<Content>>) -> Content {
        Content(contents[Declared.key(of: path)] ?? .null) ?? .empty
    }

    /// Whether the request named the field at all.
    public func has<Content>(_ path: KeyPath<Declared, Field<Content>>) -> Bool {
        contents[Declared.key(of: path)] != nil
    }
}
