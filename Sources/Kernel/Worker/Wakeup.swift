internal import Loop
internal import Synchronization

/// Where one task waits for work or for a while, whichever comes first. What is told while it does not wait
/// is kept.
///
/// A class, as it is what the two sides share.
final class Wakeup: Sendable {
    private struct State {
        var told: JobSignal.Work = []
        var waiter: UnsafeContinuation<JobSignal.Work, Never>?
        /// Tells a timer of an earlier wait from the present one.
        var number = 0
    }

    private let loop: EventLoop
    private let state = Mutex(State())

    init(loop: EventLoop) { self.loop = loop }

    /// Ends the wait; callable from any thread.
    func wake(_ work: JobSignal.Work) {
        let waiter = state.withLock { state in
            guard let waiter = state.waiter.take() else {
                state.told.formUnion(work)
                return UnsafeContinuation<JobSignal.Work, Never>?.none
            }
            state.number += 1
            return waiter
        }
        waiter?.resume(returning: work)
    }

    /// What was told, or nothing after `milliseconds`; without these it waits until something is told.
    func wait(milliseconds: Int64?) async -> JobSignal.Work {
        await withUnsafeContinuation { continuation in
            let (told, number) = state.withLock { state in
                if state.told.isEmpty { state.waiter = continuation }
                defer { state.told = [] }
                return (state.told, state.number)
            }
            guard told.isEmpty else { return continuation.resume(returning: told) }
            guard let milliseconds else { return }
            loop.execute { [self] in loop.schedule(after: milliseconds) { [self] in timeOut(number) } }
        }
    }

    private func timeOut(_ number: Int) {
        let waiter = state.withLock { state in
            guard state.number == number, let waiter = state.waiter.take() else {
                return UnsafeContinuation<JobSignal.Work, Never>?.none
            }
            state.number += 1
            return waiter
        }
        waiter?.resume(returning: [])
    }
}
