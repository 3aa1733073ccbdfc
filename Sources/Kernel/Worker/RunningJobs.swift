internal import Loop
internal import Synchronization
internal import Wire

/// The jobs that a worker holds at this moment.
///
/// A class, as it is what the claiming, the running and the tending of jobs share.
final class RunningJobs: Sendable {
    private struct Entry {
        let job: ClaimedJob
        var task: Task<Void, Never>?
        /// By the monotonic clock, in milliseconds.
        var leasedUntil: Int64
    }

    private let entries = Mutex<[UUIDv7: Entry]>([:])
    private let lease: Int64

    /// `lease` in seconds.
    init(lease: Int) { self.lease = Int64(lease) * 1000 }

    var count: Int { entries.withLock { $0.count } }
    var jobs: [ClaimedJob] { entries.withLock { $0.values.map(\.job) } }

    func add(_ job: ClaimedJob) {
        let until = Monotonic.milliseconds() + lease
        entries.withLock { $0[job.id] = Entry(job: job, leasedUntil: until) }
    }

    func set(_ task: Task<Void, Never>, for job: ClaimedJob) {
        entries.withLock { $0[job.id]?.task = task }
    }

    func remove(_ job: ClaimedJob) { entries.withLock { _ = $0.removeValue(forKey: job.id) } }

    /// The database has told, of the jobs that it was asked about, which are still held.
    func heard(_ held: Set<UUIDv7>, of asked: [ClaimedJob]) {
        let until = Monotonic.milliseconds() + lease
        cancel { entries in
            for job in asked where held.contains(job.id) { entries[job.id]?.leasedUntil = until }
            return asked.filter { !held.contains($0.id) }.map(\.id)
        }
    }

    /// Breaks off what may have been given to another worker by now.
    func cancelExpired() {
        let now = Monotonic.milliseconds()
        cancel { entries in entries.filter { $0.value.leasedUntil <= now }.map(\.key) }
    }

    func cancelAll() { cancel { Array($0.keys) } }

    private func cancel(_ choose: (inout [UUIDv7: Entry]) -> [UUIDv7]) {
        let tasks = entries.withLock { entries in choose(&entries).compactMap { entries[$0]?.task } }
        for task in tasks { task.cancel() }
    }
}
