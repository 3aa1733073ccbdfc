public import Kernel
internal import Synchronization
public import Wire

/// A clock that a test sets: it stands, or goes with the machine's, and is set forward by hand.
public final class HandClock: WallClock {
    /// Where it stands; nil when it goes.
    private let start: Instant?
    private let lead = Mutex<Int64>(0)

    /// A clock that stands at an instant, by default at now.
    public convenience init(_ start: Instant = .now()) { self.init(standing: start) }

    private init(standing start: Instant?) { self.start = start }

    /// A clock that goes with the machine's, for what databases and threads do in their own time.
    public static func going() -> HandClock { HandClock(standing: nil) }

    /// An hour ago: what is put off by this clock is due by the database's.
    public static var late: HandClock { HandClock(Instant.now().adding(seconds: -3600)) }

    public func now() -> Instant { (start ?? .now()).adding(seconds: lead.withLock { $0 }) }

    /// Sets it forward.
    public func advance(seconds: Int64) { lead.withLock { $0 += seconds } }
}
