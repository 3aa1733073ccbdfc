public import Wire

/// A field's content, whatever its kind.
public enum Value: Sendable, Equatable {
    case null
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    case date(CivilDate)
    case instant(Instant)
    case id(UUIDv7)
    case json(JSON)

    /// Whether nothing is there.
    public var isNull: Bool { self == .null }

    /// The text of a text value.
    public var textValue: String? { if case .text(let text) = self { text } else { nil } }

    /// The number of an integer, money or percent value.
    public var integerValue: Int64? { if case .integer(let number) = self { number } else { nil } }

    /// The id of a reference.
    public var idValue: UUIDv7? { if case .id(let id) = self { id } else { nil } }

    /// The value as the API writes it.
    public var json: JSON {
        switch self {
        case .null: .null
        case .text(let text): .string(text)
        case .integer(let number): .number(JSONNumber(number))
        case .boolean(let flag): .bool(flag)
        case .date(let date): .string(date.description)
        case .instant(let instant): .string(instant.description)
        case .id(let id): .string(id.description)
        case .json(let json): json
        }
    }
}

/// A Swift type that a field can have.
public protocol FieldValue: Sendable {
    /// The typed form of a stored value; nil when it is of another kind.
    init?(_ value: Value)
    /// The stored form.
    var value: Value { get }
    /// What a required field that was not sent reads as in hooks; the change is refused after them.
    static var empty: Self { get }
}

extension String: FieldValue {
    public init?(_ value: Value) {
        guard case .text(let text) = value else { return nil }
        self = text
    }
    public var value: Value { .text(self) }
    public static var empty: String { "" }
}

extension Int64: FieldValue {
    public init?(_ value: Value) {
        guard case .integer(let number) = value else { return nil }
        self = number
    }
    public var value: Value { .integer(self) }
    public static var empty: Int64 { 0 }
}

extension Bool: FieldValue {
    public init?(_ value: Value) {
        guard case .boolean(let flag) = value else { return nil }
        self = flag
    }
    public var value: Value { .boolean(self) }
    public static var empty: Bool { false }
}

extension CivilDate: FieldValue {
    public init?(_ value: Value) {
        guard case .date(let date) = value else { return nil }
        self = date
    }
    public var value: Value { .date(self) }
    public static var empty: CivilDate { CivilDate(daysSinceEpoch: 0) }
}

extension Instant: FieldValue {
    public init?(_ value: Value) {
        guard case .instant(let instant) = value else { return nil }
        self = instant
    }
    public var value: Value { .instant(self) }
    public static var empty: Instant { Instant(milliseconds: 0) }
}

extension UUIDv7: FieldValue {
    public init?(_ value: Value) {
        guard case .id(let id) = value else { return nil }
        self = id
    }
    public var value: Value { .id(self) }
    public static var empty: UUIDv7 { .zero }
}

extension JSON: FieldValue {
    public init?(_ value: Kernel.Value) {
        guard case .json(let json) = value else { return nil }
        self = json
    }
    public var value: Kernel.Value { .json(self) }
    public static var empty: JSON { .null }
}

extension Optional: FieldValue where Wrapped: FieldValue {
    public init?(_ value: Value) {
        if value.isNull {
            self = Self.none
        } else {
            guard let wrapped = Wrapped(value) else { return nil }
            self = .some(wrapped)
        }
    }
    public var value: Value { self?.value ?? .null }
    public static var empty: Wrapped? { Self.none }
}

/// The id of a record of one entity: another entity's id does not fit where it is wanted.
public struct ID<Target: Entity>: FieldValue, Hashable, CustomStringConvertible {
    /// The id itself.
    public let uuid: UUIDv7
    /// Makes an id of an entity's record.
    public init(_ uuid: UUIDv7) { self.uuid = uuid }
    public init?(_ value: Value) {
        guard case .id(let uuid) = value else { return nil }
        self.uuid = uuid
    }
    public var value: Value { .id(uuid) }
    public var description: String { uuid.description }
    public static var empty: ID<Target> { ID(.zero) }
}

/// The cases of a choice field, in declared order.
public protocol Choice: FieldValue, CaseIterable, RawRepresentable, Equatable where RawValue == String {}

extension Choice {
    public init?(_ value: Value) {
        guard case .text(let text) = value else { return nil }
        self.init(rawValue: text)
    }
    public var value: Value { .text(rawValue) }
    public static var empty: Self {
        guard let first = allCases.first else { preconditionFailure("\(Self.self) has no cases") }
        return first
    }
}

/// An amount in minor units; its currency stands in the field `<name>_currency`.
public struct Money: FieldValue, Hashable {
    /// Minor units: cents of EUR.
    public let amount: Int64
    /// Makes an amount.
    public init(_ amount: Int64) { self.amount = amount }
    public init?(_ value: Value) {
        guard case .integer(let amount) = value else { return nil }
        self.amount = amount
    }
    public var value: Value { .integer(amount) }
    public static var empty: Money { Money(0) }
}
