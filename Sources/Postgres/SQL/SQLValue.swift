public import Wire

/// A Swift value that can stand in an interpolation of `SQL` and becomes a bind.
public protocol SQLValue: Sendable {
    /// The value as a parameter in text format.
    var bind: Bind { get }
}

/// A value of which an array is one bind.
public protocol SQLArrayElement: Sendable {
    /// The array as one parameter.
    static func bind(_ elements: [Self]) -> Bind
}

extension String: SQLValue, SQLArrayElement {
    /// The value in text format.
    public var bind: Bind { .text(self) }
    /// The elements as one array literal.
    public static func bind(_ elements: [String]) -> Bind {
        .text(arrayLiteral(elements.lazy.map(quotedElement)))
    }

    /// An element of an array literal, quoted by PostgreSQL's rule (manual, 8.15.2).
    private static func quotedElement(_ element: String) -> String {
        var quoted = "\""
        for scalar in element.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}

extension Int: SQLValue, SQLArrayElement {
    /// The value in text format.
    public var bind: Bind { .text(description) }
    /// The elements as one array literal.
    public static func bind(_ elements: [Int]) -> Bind {
        .text(arrayLiteral(elements.lazy.map(\.description)))
    }
}

extension Int64: SQLValue, SQLArrayElement {
    /// The value in text format.
    public var bind: Bind { .text(description) }
    /// The elements as one array literal.
    public static func bind(_ elements: [Int64]) -> Bind {
        .text(arrayLiteral(elements.lazy.map(\.description)))
    }
}

extension Double: SQLValue {
    /// The value in text format.
    public var bind: Bind { .text(description) }
}

extension Bool: SQLValue {
    /// The value in text format.
    public var bind: Bind { .text(self ? "true" : "false") }
}

extension UUIDv7: SQLValue, SQLArrayElement {
    /// The value in text format.
    public var bind: Bind { .text(description) }
    /// The elements as one array literal.
    public static func bind(_ elements: [UUIDv7]) -> Bind {
        .text(arrayLiteral(elements.lazy.map(\.description)))
    }
}

extension Instant: SQLValue {
    /// The value in text format.
    public var bind: Bind { .text(description) }
}

extension CivilDate: SQLValue {
    /// The value in text format.
    public var bind: Bind { .text(description) }
}

extension JSON: SQLValue {
    /// The value in text format.
    public var bind: Bind { .bytes(encoded()) }
}

extension Bind: SQLValue {
    /// The value in text format.
    public var bind: Bind { self }
}

extension UInt8: SQLArrayElement {
    /// Bytes are a `bytea`, not an array of numbers.
    public static func bind(_ elements: [UInt8]) -> Bind { .binary(elements) }
}

extension Array: SQLValue where Element: SQLArrayElement {
    /// The value in text format.
    public var bind: Bind { Element.bind(self) }
}

/// `{a,b}`: an array as PostgreSQL reads it from text.
private func arrayLiteral(_ elements: some Sequence<String>) -> String {
    var literal = "{"
    for (position, element) in elements.enumerated() {
        if position > 0 { literal += "," }
        literal += element
    }
    return literal + "}"
}
