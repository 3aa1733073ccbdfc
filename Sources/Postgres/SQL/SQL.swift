/// One statement: text with `$1…` in the places of its values, and the values.
///
/// Interpolated values become binds; other text needs a label that says what it is.
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The statement, with `$1…` for the binds.
    public let text: String
    /// The values of `$1…`, in order.
    public let binds: [Bind]

    /// A statement whose text has been put together before; `$n` stands for `binds[n - 1]`.
    public init(text: String, binds: [Bind] = []) {
        self.text = text
        self.binds = binds
    }

    /// A statement without values.
    public init(stringLiteral value: String) { self.init(text: value) }

    /// A statement with the interpolated values as binds.
    public init(stringInterpolation: StringInterpolation) {
        self.init(text: stringInterpolation.text, binds: stringInterpolation.binds)
    }

    /// Collects text and binds of an interpolation.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var binds: [Bind] = []

        /// Makes room for about as much as the compiler has counted.
        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 3 * interpolationCount)
            binds.reserveCapacity(interpolationCount)
        }

        /// Text of the program itself.
        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// A value: becomes the next bind.
        public mutating func appendInterpolation<Value: SQLValue>(_ value: Value?) {
            binds.append(value?.bind ?? .null)
            text += "$\(binds.count)"
        }

        /// Text that goes into the statement as it is; never anything that came from outside.
        public mutating func appendInterpolation(unsafeSQL raw: String) { text += raw }

        /// Another statement or a part of one; its binds are renumbered.
        public mutating func appendInterpolation(sql part: SQL) {
            if binds.isEmpty || part.binds.isEmpty {
                text += part.text
            } else {
                text += Placeholders.shifted(part.text, by: binds.count)
            }
            binds += part.binds
        }

        /// The name of a table, column or schema, quoted.
        public mutating func appendInterpolation(identifier: String) {
            text +=
                "\""
                + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(
                    separator: "\"\"")
            text += "\""
        }
    }

    /// One statement after the other, binds renumbered.
    public static func + (left: SQL, right: SQL) -> SQL { "\(sql: left)\(sql: right)" }

    /// Appends a part, its binds renumbered.
    public static func += (left: inout SQL, right: SQL) { left = left + right }
}

extension Sequence<SQL> {
    /// The parts in order with `separator` between them, binds renumbered.
    public func joined(separator: String) -> SQL {
        var joined = SQL.StringInterpolation(literalCapacity: 64, interpolationCount: 8)
        for (position, part) in enumerated() {
            if position > 0 { joined.appendLiteral(separator) }
            joined.appendInterpolation(sql: part)
        }
        return SQL(stringInterpolation: joined)
    }
}
