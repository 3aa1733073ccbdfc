import Kernel
import Synchronization
import Wire

/// The machine's clock, set forward by hand.
final class StreamClock: WallClock {
    private let lead = Mutex<Int64>(0)

    func now() -> Instant { Instant.now().adding(seconds: lead.withLock { $0 }) }

    func advance(seconds: Int64) { lead.withLock { $0 += seconds } }
}
