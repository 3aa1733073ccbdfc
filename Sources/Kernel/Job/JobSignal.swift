internal import Loop
internal import Postgres
internal import Synchronization

/// Tells every process of the cluster, after a commit, that there is work: at most one NOTIFY in 20 ms.
///
/// A NOTIFY in the transaction itself would serialise commits (data.md). Workers poll each second besides, so
/// one that is lost costs a second.
final class JobSignal: Sendable {
    /// What there is to do.
    struct Work: OptionSet, Sendable {
        let rawValue: Int
        /// Jobs wait in the queue.
        static let jobs = Work(rawValue: 1)
        /// Events wait in the outbox.
        static let events = Work(rawValue: 2)
        /// A job has ended, so that its worker has room.
        static let room = Work(rawValue: 4)
    }

    /// Its notices' payload is `jobs` or `events`.
    static let channel = "platform_jobs"
    static let distance: Int64 = 20

    private struct State {
        var pending: Work = []
        var isScheduled = false
        var lastSent: Int64 = 0
        /// Transactions that have enqueued and not ended.
        var enqueued: Set<ObjectIdentifier> = []
    }

    private let database: Database
    private let loop: EventLoop
    private let state = Mutex(State())

    init(database: Database, loops: LoopGroup) {
        self.database = database
        loop = loops.loops[0]
    }

    /// There is work, committed already.
    func raise(_ work: Work) {
        let mustSchedule = state.withLock { state in
            state.pending.formUnion(work)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard mustSchedule else { return }
        loop.execute { [self] in
            let wait = state.withLock { $0.lastSent + Self.distance - Monotonic.milliseconds() }
            loop.schedule(after: wait) { [self] in send() }
        }
    }

    /// A job was enqueued in a transaction that is still open.
    func note(jobsIn transaction: Transaction) {
        state.withLock { _ = $0.enqueued.insert(ObjectIdentifier(transaction)) }
    }

    /// The transaction has ended; what it enqueued, and its events, are there if it was committed.
    func ended(_ transaction: Transaction, isCommitted: Bool, hasEvents: Bool) {
        let hasJobs = state.withLock { $0.enqueued.remove(ObjectIdentifier(transaction)) != nil }
        guard isCommitted else { return }
        let work: Work = [hasJobs ? .jobs : [], hasEvents ? .events : []]
        if !work.isEmpty { raise(work) }
    }

    /// What a notice tells.
    static func work(of payload: String) -> Work {
        switch payload {
        case "jobs": .jobs
        case "events": .events
        default: [.jobs, .events]
        }
    }

    private func send() {
        let work = state.withLock { state in
            defer {
                state.pending = []
                state.isScheduled = false
                state.lastSent = Monotonic.milliseconds()
            }
            return state.pending
        }
        let payload = work == .jobs ? "jobs" : work == .events ? "events" : "all"
        loop.start { [database] in
            _ = try? await database.write(
                SessionSettings(), ["select pg_catalog.pg_notify(\(Self.channel), \(payload))"])
        }
    }
}
