/// An id of 128 bits, made as RFC 9562's version 7: it begins with the time, so that new ones sort last.
///
/// Text of any other version is taken too; nothing here trusts the version.
public struct UUIDv7: Sendable, Hashable, Comparable {
    /// The first 8 bytes, most significant first.
    public let high: UInt64
    /// The last 8 bytes, most significant first.
    public let low: UInt64

    /// The nil UUID: all bits 0.
    public static let zero = UUIDv7(high: 0, low: 0)

    /// An id from its two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id with 74 random bits; not a secret.
    public static func make(at instant: Instant = .now()) -> UUIDv7 {
        let (first, second) = RandomWords.shared.pair()
        let time = UInt64(bitPattern: max(0, instant.milliseconds)) & 0xFFFF_FFFF_FFFF
        return UUIDv7(
            high: time << 16 | 0x7000 | first & 0x0FFF,
            low: 0x8000_0000_0000_0000 | second & 0x3FFF_FFFF_FFFF_FFFF)
    }

    /// The version's number, 0 to 15.
    public var version: Int {
        Int(high >> 12 & 0x0F)
    }

    /// When a version 7 id was made; nil for the others.
    public var instant: Instant? {
        version == 7 ? Instant(milliseconds: Int64(high >> 16)) : nil
    }

    /// Orders by the bytes, as PostgreSQL does.
    public static func < (left: UUIDv7, right: UUIDv7) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
