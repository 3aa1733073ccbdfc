import Kernel
import Synchronization
import Wire

/// A clock that goes on by hand, from now.
final class SettableClock: WallClock {
    private let instant = Mutex(Instant.now())

    func now() -> Instant { instant.withLock { $0 } }

    func advance(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}
