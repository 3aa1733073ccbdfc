internal import Wire

/// How long a failed job rests: 5 s, doubled with each attempt up to an hour, a fifth more or less by its id,
/// so that what failed together does not come back together.
struct JobBackoff {
    let id: UUIDv7

    func seconds(afterAttempt attempt: Int) -> Double {
        let doubled = 5.0 * Double(1 << min(max(attempt - 1, 0), 20))
        return min(doubled, 3600) * (0.8 + 0.4 * fraction(attempt))
    }

    func moment(afterAttempt attempt: Int, now: Instant) -> Instant {
        Instant(milliseconds: now.milliseconds + Int64(seconds(afterAttempt: attempt) * 1000))
    }

    /// FNV-1a of the id and the attempt, in 0..<1.
    private func fraction(_ attempt: Int) -> Double {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(id) \(attempt)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Double(hash >> 11) / Double(1 << 53)
    }
}
