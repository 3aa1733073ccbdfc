/// One parameter of a statement. All travel in text format; the server infers the type, so callers cast.
public enum Bind: Sendable, Hashable {
    /// SQL's null.
    case null
    /// Text, without NUL.
    case text(String)
    /// UTF-8 text that is bytes already, such as encoded JSON, without NUL.
    case bytes([UInt8])
    /// Any bytes, for a `bytea`; sent as its hexadecimal text.
    case binary([UInt8])

    /// Whether the value holds a NUL, which no PostgreSQL text can and C would cut at.
    var containsNUL: Bool {
        switch self {
        case .null, .binary: return false
        case .bytes(let bytes): return bytes.contains(0)
        case .text(let text):
            return text.utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? text.utf8.contains(0)
        }
    }
}
