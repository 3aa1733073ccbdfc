internal import Crypto
public import Wire

/// A place in a list, opaque and signed: made for one sort and filter, refused for another.
public struct Cursor: Sendable, Equatable {
    /// Digest of entity, sort and filter.
    let fingerprint: String
    /// The sort keys' texts of the row at the place; nil where null.
    public let keys: [String?]
    public let id: UUIDv7
    /// Whether the rows before the place are wanted.
    let isBackward: Bool

    /// Base64url of the JSON followed by 16 bytes of its HMAC-SHA-256.
    func text(signedWith key: [UInt8]) -> String {
        var writer = JSONWriter(capacity: 200)
        writer.beginArray()
        writer.string(fingerprint)
        writer.bool(isBackward)
        writer.string(id.description)
        for key in keys { key.map { writer.string($0) } ?? writer.null() }
        writer.endArray()
        let body = writer.bytes
        return Base64.encode(body + hmacSHA256(body, key: key).prefix(16), url: true)
    }

    /// Reads a cursor; nil when it was not made with this key.
    init?(_ text: String, signedWith key: [UInt8]) {
        guard text.utf8.count <= 8000, let bytes = Base64.decode(text, url: true), bytes.count > 16 else {
            return nil
        }
        let body = Array(bytes.dropLast(16))
        guard constantTimeEquals(Array(bytes.suffix(16)), Array(hmacSHA256(body, key: key).prefix(16))) else {
            return nil
        }
        guard case .array(let parts)? = try? JSON.parse(body), parts.count >= 3,
            let fingerprint = parts[0].stringValue, let isBackward = parts[1].boolValue,
            let id = parts[2].stringValue.flatMap({ UUIDv7($0) })
        else { return nil }
        self.init(
            fingerprint: fingerprint, keys: parts.dropFirst(3).map(\.stringValue), id: id,
            isBackward: isBackward)
    }

    /// The place before a list's first row.
    init(startOf fingerprint: String) {
        self.init(fingerprint: fingerprint, keys: [], id: .zero, isBackward: false)
    }

    /// Whether nothing stands before it.
    var isStart: Bool { keys.isEmpty }

    init(fingerprint: String, keys: [String?], id: UUIDv7, isBackward: Bool) {
        self.fingerprint = fingerprint
        self.keys = keys
        self.id = id
        self.isBackward = isBackward
    }

    /// The digest that ties a cursor to its list.
    static func fingerprint(_ parts: [String]) -> String {
        Hex.encode(Array(sha256(Array(parts.joined(separator: "\u{0}").utf8)).prefix(8)))
    }
}
