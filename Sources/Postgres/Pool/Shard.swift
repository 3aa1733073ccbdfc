internal import Loop
internal import Synchronization

/// The pools of one loop, one a class.
final class Shard: Sendable {
    let loop: EventLoop
    private let short: ConnectionPool
    private let long: ConnectionPool
    private let bulk: ConnectionPool
    private var pools: [ConnectionPool] { [short, long, bulk] }

    init(_ configuration: DatabaseConfiguration, loop: EventLoop, threads: BlockingPool) {
        self.loop = loop
        short = ConnectionPool(.short, configuration, loop: loop, threads: threads)
        long = ConnectionPool(.long, configuration, loop: loop, threads: threads)
        bulk = ConnectionPool(.bulk, configuration, loop: loop, threads: threads)
        loop.execute { [weak self, loop] in
            loop.everySecond { [weak self] in self?.tick() }
        }
    }

    subscript(queryClass: QueryClass) -> ConnectionPool {
        switch queryClass {
        case .short: short
        case .long: long
        case .bulk: bulk
        }
    }

    /// Whether the last attempt to connect succeeded.
    var isReachable: Bool { pools.allSatisfy { $0.counters.isReachable.load(ordering: .relaxed) } }

    private func tick() {
        for pool in pools { pool.tick(now: loop.now) }
    }

    /// Opens a connection of the short class, and returns when it is there or could not be made.
    func warm() async {
        guard case .success(let connection) = await short.connection() else { return }
        short.onLoop { [short] in short.release(connection) }
    }

    /// Returns when all connections are closed.
    func stop(within milliseconds: Int64) async {
        for pool in pools {
            await withUnsafeContinuation { continuation in
                pool.onLoop { pool.stop(within: milliseconds) { continuation.resume() } }
            }
        }
    }
}
