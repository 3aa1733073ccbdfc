extension UInt64 {
    /// Its 8 bytes, most significant first.
    public var bigEndianBytes: [UInt8] {
        withUnsafeBytes(of: bigEndian) { Array($0) }
    }

    /// The number that bytes write, most significant first; of more than 8 the last ones count.
    public init(bigEndianBytes bytes: some Sequence<UInt8>) {
        self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension UUIDv7 {
    /// Its 16 bytes in the order of the text.
    public var bytes: [UInt8] { high.bigEndianBytes + low.bigEndianBytes }

    /// The id of 16 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.init(
            high: UInt64(bigEndianBytes: bytes.prefix(8)), low: UInt64(bigEndianBytes: bytes.dropFirst(8)))
    }
}
