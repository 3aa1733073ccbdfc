internal import Loop
internal import Synchronization
internal import Wire

/// The jobs that a worker holds at this moment, by their claims: after a stall it may have claimed one of its
/// own again, while the first run still ends.
///
/// A class, as it is what the claiming, the running and the tending of jobs share.
final class RunningJobs: Sendable {
    private struct Entry {
        let job: ClaimedJob
        var task: Task<Void, Never>?
        /// Until only its outcome is left to be told.
        var isAtWork = true
        /// By the monotonic clock, in milliseconds.
        var leasedUntil: Int64
    }

    private let entries = Mutex<[ClaimedJob.Key: Entry]>([:])
    private let lease: Int64

    /// `lease` in seconds.
    init(lease: Int) { self.lease = Int64(lease) * 1000 }

    var count: Int { entries.withLock { $0.count } }
    /// How many more may be claimed, where so many work at once: those whose outcome is under way to the database make
    /// room for as many others.
    func room(of concurrency: Int) -> Int {
        entries.withLock { entries in
            min(concurrency - entries.values.count(where: \.isAtWork), 2 * concurrency - entries.count)
        }
    }
    var jobs: [ClaimedJob] { entries.withLock { $0.values.map(\.job) } }

    /// `asked` is when the claim was sent, by the monotonic clock: the database counts from later on.
    func add(_ job: ClaimedJob, asked: Int64) {
        entries.withLock { $0[job.key] = Entry(job: job, leasedUntil: asked + lease) }
    }

    func set(_ task: Task<Void, Never>, for job: ClaimedJob) {
        entries.withLock { $0[job.key]?.task = task }
    }

    func endWork(of job: ClaimedJob) { entries.withLock { $0[job.key]?.isAtWork = false } }

    func remove(_ job: ClaimedJob) { entries.withLock { _ = $0.removeValue(forKey: job.key) } }

    /// The database has told, of the jobs that it was asked about at a moment, which are still held.
    func heard(_ held: Set<ClaimedJob.Key>, of jobs: [ClaimedJob], asked: Int64) {
        cancel { entries in
            for key in held { entries[key]?.leasedUntil = asked + lease }
            return jobs.map(\.key).filter { !held.contains($0) }
        }
    }

    /// Breaks off what may have been given to another worker by now.
    func cancelExpired() {
        let now = Monotonic.milliseconds()
        cancel { entries in entries.filter { $0.value.leasedUntil <= now }.map(\.key) }
    }

    func cancelAll() { cancel { Array($0.keys) } }

    private func cancel(_ choose: (inout [ClaimedJob.Key: Entry]) -> [ClaimedJob.Key]) {
        let tasks = entries.withLock { entries in choose(&entries).compactMap { entries[$0]?.task } }
        for task in tasks { task.cancel() }
    }
}
