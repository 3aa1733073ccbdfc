/// How often something took how long. Bounds are those of most dashboards, from half a millisecond to 30 s.
struct Histogram: Sendable {
    /// Upper bounds in microseconds; what took longer is counted in `count` alone.
    static let bounds: [Int64] = [
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
        10_000_000,
        30_000_000,
    ]

    /// Of each bound, how many were within it and beyond the one before.
    private(set) var counts = [Int64](repeating: 0, count: bounds.count)
    private(set) var count: Int64 = 0
    /// In microseconds.
    private(set) var sum: Int64 = 0

    mutating func record(microseconds: Int64) {
        count += 1
        sum += microseconds
        guard let place = Self.bounds.firstIndex(where: { microseconds <= $0 }) else { return }
        counts[place] += 1
    }

    mutating func add(_ other: Histogram) {
        for place in counts.indices { counts[place] += other.counts[place] }
        count += other.count
        sum += other.sum
    }
}
