public import Wire

extension Rows {
    /// A cell as a whole number; nil when null or not one.
    public func integer(_ row: Int, _ column: Int) -> Int64? {
        withBytes(row, column) { bytes in
            var magnitude: UInt64 = 0
            let isNegative = bytes.first == UInt8(ascii: "-")
            let digits = isNegative ? bytes.dropFirst() : bytes[...]
            guard !digits.isEmpty, digits.count <= 19 else { return nil }
            for byte in digits {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                magnitude = magnitude * 10 + UInt64(byte - 0x30)
            }
            if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
            return Int64(exactly: magnitude)
        }
    }

    /// A cell as a truth value; nil when null or none.
    public func bool(_ row: Int, _ column: Int) -> Bool? {
        withBytes(row, column) { bytes in
            guard bytes.count == 1 else { return nil }
            return bytes[0] == UInt8(ascii: "t") ? true : bytes[0] == UInt8(ascii: "f") ? false : nil
        }
    }

    /// A cell as an id; nil when null or none.
    public func id(_ row: Int, _ column: Int) -> UUIDv7? { self[row, column].flatMap { UUIDv7($0) } }

    /// A cell as a day (`YYYY-MM-DD`); nil when null or none.
    public func date(_ row: Int, _ column: Int) -> CivilDate? { self[row, column].flatMap { CivilDate($0) } }

    /// A cell as an instant, printed by PostgreSQL (`2026-11-21 09:30:00.123+00`) or by RFC 3339.
    public func instant(_ row: Int, _ column: Int) -> Instant? {
        guard var text = self[row, column] else { return nil }
        if let space = text.firstIndex(of: " ") {
            text.replaceSubrange(space...space, with: "T")
            let suffix = text.utf8.suffix(3)
            if let sign = suffix.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
                text += ":00"
            }
        }
        return Instant(text)
    }

    /// A cell as JSON; nil when null or not JSON.
    public func json(_ row: Int, _ column: Int) -> JSON? {
        guard !isNull(row, column) else { return nil }
        return try? JSON.parse(withBytes(row, column) { Array($0) })
    }

    /// A `bytea` cell, decoded from its hexadecimal text; nil when null or none.
    public func binary(_ row: Int, _ column: Int) -> [UInt8]? {
        guard let text = self[row, column], text.hasPrefix("\\x") else { return nil }
        return Hex.decode(String(text.dropFirst(2)))
    }
}
