internal import Loop
internal import Synchronization

/// What a process has done since its start, counted by the thread that did it and added up when asked.
///
/// A class, as all threads of the process share it.
public final class Metrics: Sendable {
    /// What requests are told apart by: few values each, none of them from outside.
    struct RequestKey: Hashable, Comparable {
        private static let methods: Set<String> = [
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
        ]

        /// One of those that are known, or `other`.
        let method: String
        /// The route's declared path, or `-` where none was found.
        let route: String
        let status: Int

        init(method: String, route: String, status: Int) {
            self.method = Self.methods.contains(method) ? method : "other"
            self.route = route
            self.status = status
        }

        static func < (left: RequestKey, right: RequestKey) -> Bool {
            (left.route, left.method, left.status) < (right.route, right.method, right.status)
        }
    }

    struct JobKey: Hashable, Comparable {
        let kind: String
        let outcome: String

        static func < (left: JobKey, right: JobKey) -> Bool {
            (left.kind, left.outcome) < (right.kind, right.outcome)
        }
    }

    /// The counts of one thread.
    struct Tally: Sendable {
        var requests: [RequestKey: Histogram] = [:]
        var jobs: [JobKey: Histogram] = [:]
        var slowBatches: [String: Int64] = [:]
    }

    /// A lock for each thread, which is never waited for but while somebody adds up.
    private final class Share: Sendable {
        let tally = Mutex(Tally())
    }

    private let shares: [Share]

    init(loops: Int) {
        // The last is for threads that belong to no loop.
        shares = (0...loops).map { _ in Share() }
    }

    private var share: Share {
        guard let index = EventLoop.current?.index, index < shares.count - 1 else {
            return shares[shares.count - 1]
        }
        return shares[index]
    }

    func request(_ key: RequestKey, microseconds: Int64) {
        share.tally.withLock { $0.requests[key, default: Histogram()].record(microseconds: microseconds) }
    }

    func job(_ key: JobKey, microseconds: Int64) {
        share.tally.withLock { $0.jobs[key, default: Histogram()].record(microseconds: microseconds) }
    }

    func slowBatch(_ queryClass: String) {
        share.tally.withLock { $0.slowBatches[queryClass, default: 0] += 1 }
    }

    /// All threads' counts.
    func sum() -> Tally {
        var sum = Tally()
        for share in shares {
            let tally = share.tally.withLock { $0 }
            for (key, histogram) in tally.requests { sum.requests[key, default: Histogram()].add(histogram) }
            for (key, histogram) in tally.jobs { sum.jobs[key, default: Histogram()].add(histogram) }
            for (key, count) in tally.slowBatches { sum.slowBatches[key, default: 0] += count }
        }
        return sum
    }
}
