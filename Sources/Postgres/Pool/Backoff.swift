/// How long to wait before the next attempt to connect: twice as long after each failure.
struct Backoff {
    private(set) var failures = 0
    private var next: Int64 = 0

    /// Milliseconds until an attempt may be made.
    func remaining(at now: Int64) -> Int64 { max(0, next - now) }

    mutating func failed(at now: Int64) {
        failures += 1
        let wait: Int64 = min(5000, 50 << min(failures, 10))
        // Up to a quarter earlier, so that many processes don't come back at once.
        next = now + wait - Int64.random(in: 0...(wait / 4))
    }

    mutating func succeeded() {
        failures = 0
        next = 0
    }
}
