/// Counts different values up to a limit, by their hashes: bounded memory, whatever the file.
struct DistinctTally {
    private let limit: Int
    private var hashes: Set<UInt64> = []

    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { hashes.count }

    /// Whether the value was not there before; false also when the limit is reached.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard hashes.count < limit else { return false }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hashes.insert(hash).inserted
    }
}
