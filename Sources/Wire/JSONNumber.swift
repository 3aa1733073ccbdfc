/// A JSON number, kept as its text so that nothing is rounded.
///
/// Equality compares texts: `1` and `1.0` differ.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The number as RFC 8259 writes it.
    public let text: String

    /// A whole number.
    public init(_ value: some BinaryInteger) {
        text = String(value)
    }

    /// The shortest text that reads back as `value`; nil for infinities and NaN.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// A number from its text; nil unless RFC 8259 allows it.
    public init?(text: String) {
        let bytes = Array(text.utf8)
        guard bytes.withUnsafeBufferPointer({ JSONNumber.end(in: $0, from: 0) }) == bytes.count else {
            return nil
        }
        self.text = text
    }

    init(checked text: String) {
        self.text = text
    }

    /// The exact whole value, or nil when there is a fraction or it doesn't fit; `1e3` and `12.0` are whole.
    public var integer: Int64? {
        scaled(0)
    }

    /// The nearest Double, or nil beyond its range.
    public var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The exact value × 10^`digits`, or nil when that is not whole or doesn't fit: `scaled(2)` of 12.5 is
    /// 1250.
    public func scaled(_ digits: Int) -> Int64? {
        DecimalText(text).scaled(digits)
    }

    /// The text.
    public var description: String { text }

    /// Where the number that starts at `start` ends, or nil when none does.
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var position = start
        func digits() -> Bool {
            let first = position
            while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
            return position > first
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position += 1
        } else if !digits() {
            return nil
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard digits() else { return nil }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            guard digits() else { return nil }
        }
        return position
    }
}
