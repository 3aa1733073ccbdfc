/// Percent-decoding (RFC 3986, 2.1) that refuses what is not text: bad escapes, invalid UTF-8, NUL.
enum PercentDecoding {
    /// The text, or nil when it is refused. `plus` makes a space of `+`, as queries and forms write it.
    static func text(_ bytes: ArraySlice<UInt8>, plus: Bool = false) -> String? {
        guard bytes.contains(where: { $0 == ASCII.percent || (plus && $0 == UInt8(ascii: "+")) }) else {
            return String(validating: bytes, as: UTF8.self)
        }
        guard let decoded = decode(bytes, plus: plus) else { return nil }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, plus: Bool) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            var byte = bytes[position]
            position += 1
            if byte == ASCII.percent {
                guard position + 1 < bytes.endIndex,
                    let high = ASCII.hexadecimal(bytes[position]),
                    let low = ASCII.hexadecimal(bytes[position + 1])
                else { return nil }
                byte = high << 4 | low
                position += 2
                if byte == 0 { return nil }
            } else if plus, byte == UInt8(ascii: "+") {
                byte = ASCII.space
            }
            decoded.append(byte)
        }
        return decoded
    }
}

/// The pairs of a query or of a form sent as application/x-www-form-urlencoded.
public enum Query {
    /// The decoded pairs in their order; nil when an escape or the UTF-8 is invalid, or NUL is among them.
    public static func pairs(_ bytes: ArraySlice<UInt8>) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = PercentDecoding.text(pair[..<equals], plus: true),
                let value = PercentDecoding.text(pair[equals...].dropFirst(), plus: true)
            else { return nil }
            pairs.append((name: name, value: value))
        }
        return pairs
    }
}
