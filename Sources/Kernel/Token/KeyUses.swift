internal import Synchronization
internal import Wire

/// When this process last wrote down that a key was used or refused: once a minute is enough.
///
/// A class, as it is what the loops share.
final class KeyUses: Sendable {
    private static let most = 10_000
    private static let rest: Int64 = 60_000
    private let written = Mutex<[ClaimsCache.Digest: Int64]>([:])

    /// Whether it is time to write; from then on it is not for a minute.
    func isDue(_ key: ClaimsCache.Digest, at now: Int64) -> Bool {
        written.withLock { written in
            if let last = written[key], now - last < Self.rest, now >= last { return false }
            if written.count >= Self.most { written.removeAll(keepingCapacity: true) }
            written[key] = now
            return true
        }
    }
}
