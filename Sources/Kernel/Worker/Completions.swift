internal import Loop
internal import Postgres
internal import Synchronization
internal import Wire

/// Ends jobs that are done: those that end while one statement is under way share the next.
///
/// A class, as it is what the jobs' tasks share.
final class Completions: Sendable {
    /// What became of a completion.
    enum Answer: Sendable { case completed, lost, unreachable }

    private struct State {
        var waiting: [(job: ClaimedJob, continuation: UnsafeContinuation<Answer, Never>)] = []
        var isSending = false
    }

    private let queue: JobQueue
    private let loop: EventLoop
    private let state = Mutex(State())

    init(queue: JobQueue, loop: EventLoop) {
        self.queue = queue
        self.loop = loop
    }

    func complete(_ job: ClaimedJob) async -> Answer {
        await withUnsafeContinuation { continuation in
            let mustStart = state.withLock { state in
                state.waiting.append((job: job, continuation: continuation))
                defer { state.isSending = true }
                return !state.isSending
            }
            if mustStart { loop.start { [self] in await sendAll() } }
        }
    }

    private func sendAll() async {
        while true {
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                if state.waiting.isEmpty { state.isSending = false }
                return state.waiting
            }
            guard !waiting.isEmpty else { return }
            let completed = await insist(waiting.map(\.job))
            for entry in waiting {
                let answer: Answer =
                    completed.map { $0.contains(entry.job.id) ? .completed : .lost } ?? .unreachable
                entry.continuation.resume(returning: answer)
            }
        }
    }

    /// A database that is away for a moment must not have the work done twice.
    private func insist(_ jobs: [ClaimedJob]) async -> Set<UUIDv7>? {
        for wait in [100, 400, 1600, 6400, 0] as [Int64] {
            do { return try await queue.complete(jobs) } catch {
                if wait > 0 { await loop.sleep(milliseconds: wait) }
            }
        }
        return nil
    }
}
