internal import CLinux
internal import Glibc
internal import Synchronization

/// A bounded set of threads for work that blocks or computes long: password hashing, file analysis, mail.
///
/// Swift's own pool has as many threads as processors and must never block.
public final class BlockingPool: Sendable {
    /// The pool has `capacity` calls waiting already.
    public struct Full: Error, Sendable {}

    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var isStopping = false
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let wakeup: Int32
    private let threads: Mutex<[Thread]> = Mutex([])
    private let taken = Atomic<Int>(0)

    /// How many calls it has taken since it began.
    public var count: Int { taken.load(ordering: .relaxed) }

    /// Starts `threads` threads; at most `capacity` calls wait.
    public init(threads count: Int = 2, capacity: Int = 1000) {
        self.capacity = capacity
        // A counting semaphore: each waiting call adds one, each read takes one.
        wakeup = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_SEMAPHORE))
        threads.withLock { threads in
            threads = (0..<count).map { _ in Thread { [weak self] in BlockingPool.work(for: self) } }
        }
    }

    /// Runs `body` on one of the threads and gives its result; throws `Full` when too many wait.
    public func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withUnsafeThrowingContinuation { continuation in
            let isTaken = state.withLock { state in
                guard state.waiting.count < capacity, !state.isStopping else { return false }
                state.waiting.append { continuation.resume(with: Result(catching: body)) }
                self.taken.add(1, ordering: .relaxed)
                return true
            }
            guard isTaken else { return continuation.resume(throwing: Full()) }
            signal(1)
        }
    }

    /// Lets the waiting calls finish, then ends the threads.
    public func stop() {
        state.withLock { $0.isStopping = true }
        // Taken out, so that a second call has nothing left to wait for.
        let threads = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        signal(UInt64(threads.count))
        for thread in threads { thread.join() }
    }

    private func signal(_ count: UInt64) {
        var count = count
        _ = write(wakeup, &count, 8)
    }

    private static func work(for pool: BlockingPool?) {
        guard let pool else { return }
        while true {
            var count: UInt64 = 0
            _ = read(pool.wakeup, &count, 8)
            let next = pool.state.withLock { state in
                state.waiting.isEmpty ? nil : state.waiting.removeFirst()
            }
            if let next {
                next()
            } else if pool.state.withLock({ $0.isStopping }) {
                return
            }
        }
    }
}
