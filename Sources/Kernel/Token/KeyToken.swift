internal import Crypto
public import Wire

/// An API key as it stands in the `Authorization` header: `sk_`, the organization's id and 256 random bits,
/// both as base 64 for URLs. The organization in front lets one shard answer (scale.md, 3).
public struct KeyToken: Sendable {
    /// What every key begins with.
    public static let mark = "sk_"
    private static let idLength = 22
    private static let secretLength = 43
    private static let shownLength = 6

    public let text: String
    public let organization: UUIDv7

    /// A new key of an organization.
    public static func make(for organization: UUIDv7) -> KeyToken {
        let id = Base64.encode(organization.bytes, url: true)
        return KeyToken(
            text: "\(mark)\(id)_\(Base64.encode(randomBytes(32), url: true))", organization: organization)
    }

    /// Reads a key; nil for anything that could not be one.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let start = Self.mark.utf8.count
        guard bytes.count == start + Self.idLength + 1 + Self.secretLength, text.hasPrefix(Self.mark),
            bytes[start + Self.idLength] == UInt8(ascii: "_"),
            let id = Base64.decode(
                String(decoding: bytes[start..<(start + Self.idLength)], as: UTF8.self), url: true),
            let organization = UUIDv7(bytes: id)
        else { return nil }
        self.init(text: text, organization: organization)
    }

    private init(text: String, organization: UUIDv7) {
        self.text = text
        self.organization = organization
    }

    /// The SHA-256 that the database keeps. No salt: there is nothing to guess in 256 random bits.
    public var digest: [UInt8] { sha256(Array(text.utf8)) }

    /// What may be shown of it ever after; 220 bits stay unknown.
    public var prefix: String {
        String(text.prefix(Self.mark.count + Self.idLength + 1 + Self.shownLength))
    }
}
