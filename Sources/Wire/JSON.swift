/// One JSON value as RFC 8259 has it: numbers keep their text, objects their order.
public enum JSON: Sendable, Equatable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, exact, as its text.
    case number(JSONNumber)
    /// A string; read ones hold no U+0000.
    case string(String)
    /// An array.
    case array([JSON])
    /// An object in the order of its members.
    case object(JSONObject)

    /// A whole number.
    public static func integer(_ value: some BinaryInteger) -> JSON {
        .number(JSONNumber(value))
    }

    /// The member called `key`, or nil when it is missing or this is no object.
    public subscript(key: String) -> JSON? {
        objectValue?[key]
    }

    /// The text, if this is a string.
    public var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The whole number, if this is a number without a fraction that fits; `1e3` and `12.0` count.
    public var integerValue: Int64? {
        guard case .number(let number) = self else { return nil }
        return number.integer
    }

    /// The number, if this is one.
    public var numberValue: JSONNumber? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// The truth value, if this is one.
    public var boolValue: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, if this is an array.
    public var arrayValue: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members, if this is an object.
    public var objectValue: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        guard case .null = self else { return false }
        return true
    }
}
