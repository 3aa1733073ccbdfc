internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread with its own epoll, which runs the tasks, sockets and timers that were started on it.
///
/// It is a serial executor and a task executor at once: a task started with `start(_:)` never leaves the
/// thread, so what such a task reaches needs no lock. See docs/decisions/0002-loops-as-executors.md.
///
/// `@unchecked Sendable`: everything but `inbox` and `stopping` is touched only on the loop's own thread.
public final class EventLoop: SerialExecutor, TaskExecutor, @unchecked Sendable {
    /// The loop's place in its group, from 0.
    public let index: Int
    private let epoll: Int32
    private let wakeup: Int32
    private let inbox = Mutex(Inbox())
    private let stopping = Atomic<Bool>(false)
    private var queue: [UnownedJob] = []
    private var running: [UnownedJob] = []
    private var registrations = RegistrationTable()
    private var timers = TimerHeap()
    private var ticks: [() -> Void] = []
    private var lastTick: Int64 = 0
    /// Milliseconds of the monotonic clock, read once per turn of the loop.
    public private(set) var now: Int64 = Monotonic.milliseconds()

    private struct Inbox {
        var jobs: [UnownedJob] = []
        var bodies: [@Sendable () -> Void] = []
        var signalled = false
    }

    /// Makes a loop that does nothing until `run()`.
    public init(index: Int) throws(LoopError) {
        self.index = index
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeup = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard epoll >= 0, wakeup >= 0 else { throw LoopError.system("epoll_create1", errno) }
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = UInt64.max
        epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event)
    }

    deinit {
        close(epoll)
        close(wakeup)
    }

    /// The loop whose thread calls, or nil on a thread that belongs to none.
    public static var current: EventLoop? {
        guard let pointer = pthread_getspecific(CurrentLoop.key) else { return nil }
        return Unmanaged<EventLoop>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Whether the caller runs on this loop's thread.
    public var isCurrent: Bool {
        pthread_getspecific(CurrentLoop.key) == Unmanaged.passUnretained(self).toOpaque()
    }

    // MARK: Executor

    /// Takes a part of a task to run: in this turn when the caller is on the loop, else in one of the next.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            queue.append(job)
        } else {
            post { $0.jobs.append(job) }
        }
    }

    /// The loop as the runtime keeps it, unowned: tasks are no reason for a loop to live on.
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    /// Ends the process unless the caller runs on this loop's thread.
    public func checkIsolated() { precondition(isCurrent, "not on this loop's thread") }

    /// Runs `body` on the loop's thread in one of its next turns; callable from any thread.
    public func execute(_ body: @escaping @Sendable () -> Void) {
        post { $0.bodies.append(body) }
    }

    /// Starts a task that stays on this loop; callable from any thread.
    @discardableResult
    public func start(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }

    /// Starts a task that runs at once, up to its first wait. The caller is on this loop's thread.
    @discardableResult
    public func startNow(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task.immediate(executorPreference: self) { await body() }
    }

    private func post(_ change: (inout Inbox) -> Void) {
        let mustSignal = inbox.withLock { inbox in
            change(&inbox)
            defer { inbox.signalled = true }
            return !inbox.signalled
        }
        if mustSignal {
            var one: UInt64 = 1
            _ = write(wakeup, &one, 8)
        }
    }

    // MARK: Sockets

    /// Watches a file descriptor until `unwatch(_:)`; `handler` is called on this thread and kept alive.
    public func watch(_ fd: Int32, for interest: IOEvents, handler: any IOHandler) -> Registration {
        let registration = registrations.add(fd: fd, handler: handler)
        control(EPOLL_CTL_ADD, registration, interest)
        return registration
    }

    /// Changes what a registration waits for.
    public func change(_ registration: Registration, to interest: IOEvents) {
        guard registrations.contains(registration) else { return }
        control(EPOLL_CTL_MOD, registration, interest)
    }

    /// Ends a registration. Call it before the descriptor is closed; events already fetched are dropped.
    public func unwatch(_ registration: Registration) {
        guard registrations.remove(registration) else { return }
        epoll_ctl(epoll, EPOLL_CTL_DEL, registration.fd, nil)
    }

    private func control(_ operation: Int32, _ registration: Registration, _ interest: IOEvents) {
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = registration.token
        epoll_ctl(epoll, operation, registration.fd, &event)
    }

    // MARK: Time

    /// Calls `body` once, on this thread, after at least `milliseconds`.
    @discardableResult
    public func schedule(after milliseconds: Int64, _ body: @escaping () -> Void) -> TimerToken {
        timers.add(at: Monotonic.milliseconds() + max(0, milliseconds), body)
    }

    /// Forgets a timer; harmless when it has fired.
    public func cancel(_ token: TimerToken) { timers.cancel(token) }

    /// Calls `body` about once a second for as long as the loop runs: where deadlines are looked at.
    public func everySecond(_ body: @escaping () -> Void) { ticks.append(body) }

    /// Suspends the calling task, which must run on this loop, for at least `milliseconds`.
    public func sleep(milliseconds: Int64) async {
        await withUnsafeContinuation { continuation in
            schedule(after: milliseconds) { continuation.resume() }
        }
    }

    // MARK: Running

    /// Turns until `stop()`; the calling thread becomes the loop's thread.
    public func run() {
        pthread_setspecific(CurrentLoop.key, Unmanaged.passUnretained(self).toOpaque())
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        while !stopping.load(ordering: .acquiring) {
            runJobs()
            let timeout = queue.isEmpty ? nextTimeout() : 0
            let count = epoll_wait(epoll, &events, Int32(events.count), timeout)
            now = Monotonic.milliseconds()
            for position in 0..<max(0, Int(count)) { dispatch(events[position]) }
            takeInbox()
            runTimers()
        }
        pthread_setspecific(CurrentLoop.key, nil)
    }

    /// Ends `run()` soon; callable from any thread.
    public func stop() {
        stopping.store(true, ordering: .releasing)
        execute {}
    }

    private func runJobs() {
        guard !queue.isEmpty else { return }
        swap(&queue, &running)
        let serial = asUnownedSerialExecutor()
        let task = asUnownedTaskExecutor()
        for job in running { job.runSynchronously(isolatedTo: serial, taskExecutor: task) }
        running.removeAll(keepingCapacity: true)
    }

    private func dispatch(_ event: epoll_event) {
        if event.data.u64 == UInt64.max {
            var count: UInt64 = 0
            _ = read(wakeup, &count, 8)
            return
        }
        registrations.handler(for: event.data.u64)?.ready(IOEvents(rawValue: event.events))
    }

    private func takeInbox() {
        let (jobs, bodies) = inbox.withLock { inbox in
            defer { inbox = Inbox() }
            return (inbox.jobs, inbox.bodies)
        }
        queue.append(contentsOf: jobs)
        for body in bodies { body() }
    }

    private func runTimers() {
        while let body = timers.popDue(at: now) { body() }
        if now - lastTick >= 1000 {
            lastTick = now
            for tick in ticks { tick() }
        }
    }

    private func nextTimeout() -> Int32 {
        let untilTick = ticks.isEmpty ? 60_000 : max(0, lastTick + 1000 - now)
        let untilTimer = timers.next.map { max(0, $0 - now) } ?? 60_000
        return Int32(min(untilTick, untilTimer))
    }
}

/// The thread's own slot for its loop.
private enum CurrentLoop {
    static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()
}
