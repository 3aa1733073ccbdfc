internal import Synchronization

/// How the connections of one class are doing, over all loops.
public struct PoolStatistics: Sendable, Equatable {
    /// What the connections are for.
    public let queryClass: QueryClass
    /// Connections that are open.
    public var open = 0
    /// Batches that are under way.
    public var underWay = 0
    /// Calls that wait for a connection.
    public var waiting = 0
    /// Batches sent since the start: each is one round trip.
    public var sent = 0
    /// Connections opened since the start.
    public var opened = 0
    /// Connections lost and attempts failed since the start.
    public var lost = 0
    /// Calls refused since the start: the line was full, or waiting took too long.
    public var refused = 0
}

/// The figures of one pool, written by its loop and read by any thread.
final class PoolCounters: Sendable {
    let open = Atomic<Int>(0)
    let underWay = Atomic<Int>(0)
    let waiting = Atomic<Int>(0)
    let sent = Atomic<Int>(0)
    let opened = Atomic<Int>(0)
    let lost = Atomic<Int>(0)
    let refused = Atomic<Int>(0)
    /// Whether the last attempt to connect succeeded.
    let isReachable = Atomic<Bool>(true)

    func add(to statistics: inout PoolStatistics) {
        statistics.open += open.load(ordering: .relaxed)
        statistics.underWay += underWay.load(ordering: .relaxed)
        statistics.waiting += waiting.load(ordering: .relaxed)
        statistics.sent += sent.load(ordering: .relaxed)
        statistics.opened += opened.load(ordering: .relaxed)
        statistics.lost += lost.load(ordering: .relaxed)
        statistics.refused += refused.load(ordering: .relaxed)
    }
}
